package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.paper.Papers.ALL;
import static yikao.paper.Papers.NONE;
import static yikao.paper.Papers.UNIFORM;
import static yikao.paper.Papers.any;
import static yikao.paper.Papers.blueprint;
import static yikao.paper.Papers.question;
import static yikao.question.QuestionType.JUDGE;
import static yikao.question.QuestionType.MULTIPLE;
import static yikao.question.QuestionType.SINGLE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import yikao.question.Choice;
import yikao.question.Pool;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;

class ReshuffleTest {
  private static final int PAPERS = 2_000;

  private final Pool pool = pool();
  private final Blueprint blueprint = blueprint(any(SINGLE, 6), any(JUDGE, 4), any(MULTIPLE, 3));
  private final Paper drawn = Draw.of(blueprint, pool).paper(UNIFORM, 1, NONE);
  private final List<Question> questions =
      drawn.slots().stream().map(slot -> question(pool, slot)).toList();

  private static Pool pool() {
    var questions = new ArrayList<Question>();
    for (var i = 0; i < 20; i++) {
      var last = List.of(new Choice("z", "以上都对", true));
      questions.add(
          Questions.single(
              "single-%02d".formatted(i),
              Stream.concat(Questions.free("a", "b", "c").stream(), last.stream()).toList(),
              "a"));
      questions.add(Questions.of(JUDGE, "judge-%02d".formatted(i), "area", 1));
      questions.add(Questions.of(MULTIPLE, "multiple-%02d".formatted(i), "area", 1));
    }
    return Questions.pool(questions);
  }

  private Set<Integer> versions(Paper paper, int section) {
    var versions = new HashSet<Integer>();
    paper.slots().stream()
        .filter(slot -> slot.section() == section)
        .forEach(slot -> versions.add(slot.version()));
    return versions;
  }

  @Test
  void of_anySeed_hasTheSameQuestionsInEachSection_andFixedChoicesStay() {
    var orders = new HashSet<Paper>();
    for (var seed = 0; seed < PAPERS; seed++) {
      var paper = Reshuffle.of(drawn, questions, seed, ALL);
      orders.add(paper);
      assertThat(paper.slots()).hasSameSizeAs(drawn.slots());
      for (var section = 0; section < 3; section++) {
        assertThat(versions(paper, section)).isEqualTo(versions(drawn, section));
      }
      for (var slot : paper.slots()) {
        assertKeepsFixed(question(pool, slot), slot.order());
      }
    }
    assertThat(orders).hasSizeGreaterThan(PAPERS * 9 / 10);
  }

  private static void assertKeepsFixed(Question question, List<Integer> order) {
    assertThat(new HashSet<>(order)).hasSize(question.choices().size());
    for (var i = 0; i < order.size(); i++) {
      if (question.type() == QuestionType.JUDGE || question.choices().get(i).fixed()) {
        assertThat(order.get(i)).isEqualTo(i);
      }
    }
  }

  @Test
  void of_theSameSeed_isTheSamePaper_andUnshuffledIsAsItWasDrawn() {
    assertThat(Reshuffle.of(drawn, questions, 5, ALL))
        .isEqualTo(Reshuffle.of(drawn, questions, 5, ALL));
    assertThat(Reshuffle.of(drawn, questions, 5, NONE)).isEqualTo(drawn);
  }

  @Test
  void of_manySeeds_everyQuestionIsFirstEquallyOften() {
    var first = new int[6];
    var places = drawn.slots().stream().map(Paper.Slot::version).toList();
    for (var seed = 0; seed < PAPERS; seed++) {
      var paper = Reshuffle.of(drawn, questions, 31L * seed, ALL);
      first[places.indexOf(paper.slot(1).version())]++;
    }
    assertThat(Arrays.stream(first).boxed())
        .as("of " + PAPERS)
        .allMatch(n -> n > PAPERS / 9 && n < PAPERS / 4);
  }
}
