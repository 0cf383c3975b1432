package yikao.questionnaire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.web.Form;

/**
 * The form in which a draft is edited: as it is stored, or as it was typed. Fields are named as the
 * API names them.
 *
 * @param isChanged whether it was typed and is not stored
 * @param wrong what is wrong with a field
 */
public record EditForm(
    String title,
    String purpose,
    boolean anonymous,
    boolean digits,
    List<Field> questions,
    boolean isChanged,
    Map<String, String> wrong) {
  private static final String FROM = "1";
  private static final String TO = "5";
  private static final String LIMIT = "500";

  /** A question, with the texts of its fields; those of other kinds are empty. */
  public record Field(
      QuestionKind kind,
      String text,
      boolean required,
      String choices,
      String from,
      String to,
      String low,
      String high,
      String limit) {
    static Field fresh(QuestionKind kind) {
      return new Field(kind, "", kind != QuestionKind.TEXT, "", FROM, TO, "", "", LIMIT);
    }

    private static Field of(SheetQuestion q) {
      return new Field(
          q.kind(),
          q.text(),
          q.required(),
          String.join("\n", q.choices()),
          text(q.from()),
          text(q.to()),
          q.lowWords(),
          q.highWords(),
          text(q.limit()));
    }

    private static String text(@Nullable Integer number) {
      return number == null ? "" : number.toString();
    }

    private Asking.Given given() {
      var isScale = kind == QuestionKind.SCALE;
      return new Asking.Given(
          kind,
          text,
          required,
          kind.hasChoices() ? lines(choices) : null,
          isScale ? number(from) : null,
          isScale ? number(to) : null,
          isScale ? low : null,
          isScale ? high : null,
          kind == QuestionKind.TEXT ? number(limit) : null);
    }

    private static List<String> lines(String text) {
      return Arrays.stream(text.split("\\R", -1)).filter(line -> !line.isBlank()).toList();
    }

    private static @Nullable Integer number(String written) {
      try {
        return Integer.valueOf(written.strip());
      } catch (NumberFormatException _) {
        return null;
      }
    }
  }

  static EditForm of(Asking content) {
    return new EditForm(
        content.title(),
        content.purpose(),
        content.anonymous(),
        content.asksDigits(),
        content.questions().stream().map(Field::of).toList(),
        false,
        Map.of());
  }

  /** What was sent; no more questions than a questionnaire may have, and one. */
  static EditForm of(Form form) {
    var questions = new ArrayList<Field>();
    for (var i = 0; i <= Asking.MOST_QUESTIONS; i++) {
      var at = name(i);
      QuestionKind.of(form.one(at + "kind"))
          .ifPresent(kind ->
              questions.add(
                  new Field(
                      kind,
                      form.one(at + "text"),
                      form.one(at + "required").equals("true"),
                      form.one(at + "choices"),
                      form.one(at + "from"),
                      form.one(at + "to"),
                      form.one(at + "low"),
                      form.one(at + "high"),
                      form.one(at + "limit"))));
    }
    return new EditForm(
        form.one("title"),
        form.one("purpose"),
        form.one("anonymous").equals("true"),
        form.one("digits").equals("true"),
        questions,
        true,
        Map.of());
  }

  /** How the fields of a question are named, but for their own names. */
  public static String name(int index) {
    return "questions[%d].".formatted(index);
  }

  /** What is wrong with a field; empty: nothing. */
  public String wrong(String field) {
    return wrong.getOrDefault(field, "");
  }

  EditForm with(Map<String, String> wrongs) {
    return new EditForm(title, purpose, anonymous, digits, questions, isChanged, wrongs);
  }

  private EditForm with(List<Field> others) {
    return new EditForm(title, purpose, anonymous, digits, others, isChanged, wrong);
  }

  Asking content() {
    return Asking.read(
        title, purpose, anonymous, digits, questions.stream().map(Field::given).toList());
  }

  /**
   * The same after a button for questions was pressed.
   *
   * @param pressed what it says: {@code add-scale}, {@code remove-2}, {@code up-2}
   * @return absent where it is no such button
   */
  Optional<EditForm> pressed(String pressed) {
    var dash = pressed.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    var what = pressed.substring(dash + 1);
    var others = new ArrayList<>(questions);
    switch (pressed.substring(0, dash)) {
      case "add" -> QuestionKind.of(what).ifPresent(kind -> others.add(Field.fresh(kind)));
      case "remove" -> index(what).ifPresent(i -> others.remove((int) i));
      case "up" ->
          index(what).filter(i -> i > 0).ifPresent(i -> others.add(i - 1, others.remove((int) i)));
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(with(others));
  }

  private Optional<Integer> index(String written) {
    return Optional.ofNullable(Field.number(written)).filter(i -> i >= 0 && i < questions.size());
  }
}
