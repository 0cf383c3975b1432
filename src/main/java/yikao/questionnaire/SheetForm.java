package yikao.questionnaire;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import yikao.questionnaire.Answers.Answer;
import yikao.web.Form;

/**
 * What a form of a sheet has: for each question what was chosen or written.
 *
 * @param chosen by question
 * @param texts by question
 */
record SheetForm(
    String name,
    String branch,
    String digits,
    Map<Integer, Set<Integer>> chosen,
    Map<Integer, String> texts) {
  private static final Pattern ANSWER = Pattern.compile("answers\\[(\\d+)](\\..*)?");

  static final SheetForm EMPTY = new SheetForm("", "", "", Map.of(), Map.of());

  /** The name of the field of a question. */
  static String name(int number) {
    return "a" + number;
  }

  static SheetForm of(Form form, List<SheetQuestion> questions) {
    var chosen = new HashMap<Integer, Set<Integer>>();
    var texts = new HashMap<Integer, String>();
    for (var number = 1; number <= questions.size(); number++) {
      var field = name(number);
      if (questions.get(number - 1).kind() == QuestionKind.TEXT) {
        texts.put(number, form.one(field));
      } else {
        var values = new HashSet<Integer>();
        form.all(field).stream().map(SheetForm::value).forEach(values::add);
        chosen.put(number, values);
      }
    }
    return new SheetForm(
        form.one("name"), form.one("branch"), form.one("digits").strip(), chosen, texts);
  }

  /** What is no number stands for a choice that there is not. */
  private static int value(String written) {
    try {
      return Integer.parseInt(written);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /** What was handed in before. */
  static SheetForm of(List<Answer> answers) {
    var chosen = new HashMap<Integer, Set<Integer>>();
    var texts = new HashMap<Integer, String>();
    for (var answer : answers) {
      answer
          .choice()
          .ifPresent(c -> chosen.computeIfAbsent(answer.question(), _ -> new HashSet<>()).add(c));
      answer.text().ifPresent(text -> texts.put(answer.question(), text));
    }
    return new SheetForm("", "", "", chosen, texts);
  }

  /** The answers, one to each question, in their order. */
  List<Answers.Given> given(List<SheetQuestion> questions) {
    return IntStream.rangeClosed(1, questions.size())
        .mapToObj(number -> given(number, questions.get(number - 1)))
        .toList();
  }

  private Answers.Given given(int number, SheetQuestion question) {
    var values = chosen.getOrDefault(number, Set.of()).stream().sorted().toList();
    return switch (question.kind()) {
      case SINGLE, MULTIPLE -> new Answers.Given(number, values, null, null);
      case SCALE -> new Answers.Given(number, null, first(values), null);
      case TEXT -> new Answers.Given(number, null, null, texts.getOrDefault(number, ""));
    };
  }

  private static @Nullable Integer first(List<Integer> values) {
    return values.isEmpty() ? null : values.getFirst();
  }

  /** What a field of a problem is called in the form. */
  static String field(String field) {
    var answer = ANSWER.matcher(field);
    return answer.matches()
        ? name(Integer.parseInt(answer.group(1)) + 1)
        : field.replaceFirst("^participant\\.", "");
  }
}
