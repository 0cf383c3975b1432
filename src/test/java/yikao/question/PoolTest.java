package yikao.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PoolTest {

  @Test
  void pool_empty_hasEmptyCells() {
    var pool = new Pool(7, List.of());
    assertThat(pool.revision()).isEqualTo(7);
    assertThat(pool.size()).isZero();
    assertThat(pool.areas(QuestionType.SINGLE)).isEmpty();
    assertThat(pool.cell(QuestionType.SINGLE, "a", 3).size()).isZero();
    assertThat(pool.version(1)).isEmpty();
  }

  @Test
  void areas_ofAType_onlyThoseThatHaveIt() {
    var pool =
        Questions.pool(
            List.of(
                Questions.of(QuestionType.SINGLE, "1", "c", 1),
                Questions.of(QuestionType.SINGLE, "2", "a", 1),
                Questions.of(QuestionType.SINGLE, "3", "a", 5),
                Questions.of(QuestionType.JUDGE, "4", "b", 1)));
    assertThat(pool.areas(QuestionType.SINGLE)).containsExactly("a", "c");
    assertThat(pool.areas(QuestionType.JUDGE)).containsExactly("b");
    assertThat(pool.areas(QuestionType.ESSAY)).isEmpty();
  }

  @Test
  void cells_ofRandomPools_areWhatACountFinds() {
    var random = new SplittableRandom(2);
    for (var n = 0; n < 200; n++) {
      var questions = random(random);
      var pool = Questions.pool(questions);
      assertThat(pool.size()).isEqualTo(questions.size());
      for (var type : QuestionType.values()) {
        assertThat(pool.all(type)).allMatch(q -> q.question().type() == type);
        for (var area : List.of("a", "b", "c", "none")) {
          for (var difficulty = 1; difficulty <= Pool.DIFFICULTIES; difficulty++) {
            assertCell(pool, questions, type, area, difficulty);
          }
        }
      }
    }
  }

  private static void assertCell(
      Pool pool, List<Question> questions, QuestionType type, String area, int difficulty) {
    var range = pool.cell(type, area, difficulty);
    var found = new ArrayList<Question>();
    for (var place = range.from(); place < range.to(); place++) {
      var question = pool.all(type).get(place);
      found.add(question.question());
      assertThat(pool.versionAt(type, place)).isEqualTo(question.version());
      assertThat(pool.choicesAt(type, place).count())
          .isEqualTo(question.question().choices().size());
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            questions.stream()
                .filter(q -> q.type() == type)
                .filter(q -> q.area().equals(area))
                .filter(q -> q.difficulty() == difficulty)
                .toList());
  }

  @Test
  void pool_sameQuestionsInAnotherOrder_samePlaces() {
    var questions = new ArrayList<QuestionVersion>();
    for (var i = 0; i < 40; i++) {
      questions.add(
          new QuestionVersion(
              i, Questions.of(QuestionType.SINGLE, "q" + i, "area" + i % 3, 1 + i % 5)));
    }
    var pool = new Pool(1, questions);
    var other = new Pool(1, questions.reversed());
    assertThat(other.all(QuestionType.SINGLE)).isEqualTo(pool.all(QuestionType.SINGLE));
  }

  @Test
  void version_ofAQuestion_findsIt() {
    var question = Questions.of(QuestionType.BLANK, "q", "a", 2);
    var pool = new Pool(1, List.of(new QuestionVersion(41, question)));
    assertThat(pool.version(41)).contains(new QuestionVersion(41, question));
    assertThat(pool.version(40)).isEmpty();
  }

  private static List<Question> random(SplittableRandom random) {
    var questions = new ArrayList<Question>();
    var size = random.nextInt(60);
    for (var i = 0; i < size; i++) {
      var type = QuestionType.values()[random.nextInt(QuestionType.values().length)];
      var area = List.of("a", "b", "c").get(random.nextInt(3));
      questions.add(Questions.of(type, "q" + i, area, 1 + random.nextInt(5)));
    }
    return questions;
  }
}
