package yikao.api;

import io.micronaut.json.tree.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
      case Key.OfChoices key -> "\"choices\":" + quoted(shown(shown, key.choices()));
      case Key.OfBlanks key ->
          "\"text\":" + quoted(key.blanks().stream().map(b -> b.getFirst()).toList());
      case Key.OfEssay _ -> "\"text\":[\"我的回答\"]";
    };
  }

  /** The fields of a wrong response to a question with choices. */
  public String wrong(JsonNode shown) {
    return "\"choices\":" + quoted(shown(shown, Set.of(wrongChoice(question(shown)))));
  }

  /** The identifier in the bank of the choice that a wrong response makes. */
  public static String wrongChoice(Question question) {
    return question.choices().stream()
        .filter(c -> !question.isRight(c))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** What an attempt calls the choices that the bank calls so. */
  private List<String> shown(JsonNode shown, Set<String> ids) {
    var texts = ids.stream().map(id -> question(shown).choice(id).orElseThrow().text()).toList();
    var choices = shown.get("choices");
    return IntStream.range(0, choices.size())
        .mapToObj(choices::get)
        .filter(c -> texts.contains(c.get("text").getStringValue()))
        .map(c -> c.get("id").getStringValue())
        .toList();
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
