package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import yikao.question.Citation;
import yikao.question.Folding;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;

/** Questions as they are stored. */
class StoredQuestionTest {
  private static final ObjectMapper JSON =
      ObjectMapper.create(Map.of("micronaut.serde.serialization.inclusion", "non_null"));

  private static Question blank(boolean anyOrder, String... enemies) {
    return new Question(
        "q-1",
        QuestionType.BLANK,
        "charter",
        2,
        "____和____",
        List.of(),
        new Key.OfBlanks(List.of(List.of("甲", "一"), List.of("~")), Set.of(Folding.WIDTH), anyOrder),
        "如此。",
        new Citation("doc", "章程", "2022年", "第一条", "甲和乙"),
        Set.of(enemies));
  }

  /** Another form would be another digest: a new version of every question of every bank. */
  @Test
  void questionWithoutWhatIsNew_isStoredAsEver() throws IOException {
    assertThat(JSON.writeValueAsString(StoredQuestion.of(blank(false))))
        .isEqualTo(
            "{\"type\":\"BLANK\",\"area\":\"charter\",\"difficulty\":2,\"stem\":\"____和____\","
                + "\"choices\":[],\"key\":[[\"甲\",\"一\"],[\"~\"]],\"foldings\":[\"WIDTH\"],"
                + "\"explanation\":\"如此。\",\"citation\":{\"document\":\"doc\",\"title\":\"章程\","
                + "\"version\":\"2022年\",\"locator\":\"第一条\",\"words\":\"甲和乙\"}}");
  }

  @Test
  void everyQuestion_isTheSameAfterItWasStored() throws IOException {
    for (var type : QuestionType.values()) {
      assertStored(Questions.of(type, "q-1", "charter", 3));
    }
    assertStored(blank(false));
    assertStored(blank(true));
    assertStored(blank(true, "q-2", "q-3"));
  }

  private static void assertStored(Question question) throws IOException {
    var text = JSON.writeValueAsString(StoredQuestion.of(question));
    assertThat(JSON.readValue(text, StoredQuestion.class).question(question.id()))
        .isEqualTo(question);
  }
}
