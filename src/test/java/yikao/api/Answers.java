package yikao.api;

import io.micronaut.json.tree.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import yikao.bank.Bank;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;

/** What is right, for tests that answer as somebody who knows. */
public final class Answers {
  private final Map<String, Question> byStem = new HashMap<>();

  public Answers(Bank bank) {
    Arrays.stream(QuestionType.values())
        .flatMap(type -> bank.pool().all(type).stream())
        .forEach(v -> byStem.put(v.question().stem(), v.question()));
  }

  public Question question(JsonNode shown) {
    return byStem.get(shown.get("stem").getStringValue());
  }

  /** The fields of a right response to a question as it was shown. */
  public String right(JsonNode shown) {
    return switch (question(shown).key()) {
      case Key.OfChoices key -> "\"choices\":" + quoted(key.choices());
      case Key.OfBlanks key ->
          "\"text\":" + quoted(key.blanks().stream().map(b -> b.getFirst()).toList());
      case Key.OfEssay _ -> "\"text\":[\"我的回答\"]";
    };
  }

  /** The fields of a wrong response to a question with choices. */
  public String wrong(JsonNode shown) {
    var question = question(shown);
    var key = ((Key.OfChoices) question.key()).choices();
    var wrong =
        question.choices().stream().filter(c -> !key.contains(c.id())).findFirst().orElseThrow();
    return "\"choices\":[\"%s\"]".formatted(wrong.id());
  }

  /** A submission that answers everything right. */
  public String allRight(JsonNode attempt) {
    var questions = attempt.get("questions");
    var all = new StringBuilder();
    for (var i = 0; i < questions.size(); i++) {
      all.append(i == 0 ? "" : ",")
          .append("{\"number\":%d,\"sequence\":1,%s}".formatted(i + 1, right(questions.get(i))));
    }
    return "{\"responses\":[" + all + "]}";
  }

  private static String quoted(Collection<String> texts) {
    return texts.stream().map(t -> '"' + t + '"').collect(Collectors.joining(",", "[", "]"));
  }
}
