package yikao.questionnaire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import yikao.text.WrittenText;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.ShownText;

/**
 * What a questionnaire asks.
 *
 * @param purpose what it is for; may be empty
 * @param asksDigits whether everybody proves by the last digits of the phone who it is
 * @param questions may be none until it is opened
 */
record Asking(
    String title,
    String purpose,
    boolean anonymous,
    boolean asksDigits,
    List<SheetQuestion> questions) {
  static final int MOST_TITLE = 100;
  static final int MOST_PURPOSE = 1_000;
  static final int MOST_QUESTIONS = 50;
  static final int MOST_STEM = 300;
  static final int MOST_CHOICES = 20;
  static final int MOST_CHOICE = 100;
  static final int MOST_WORDS = 20;
  static final int MOST_ANSWER = 1_000;
  private static final int MOST_SCALE = 10;

  /** A question as it was given; absent what was not. */
  record Given(
      @Nullable QuestionKind kind,
      @Nullable String text,
      @Nullable Boolean required,
      @Nullable List<String> choices,
      @Nullable Integer from,
      @Nullable Integer to,
      @Nullable String low,
      @Nullable String high,
      @Nullable Integer limit) {}

  /**
   * Reads what was given.
   *
   * @throws Problem with each field that is wrong
   */
  static Asking read(
      @Nullable String title,
      @Nullable String purpose,
      boolean anonymous,
      boolean asksDigits,
      List<Given> questions) {
    var reading = new Reading();
    var content =
        new Asking(
            reading.shown("title", title, 1, MOST_TITLE, false),
            reading.shown("purpose", purpose, 0, MOST_PURPOSE, true),
            anonymous,
            asksDigits,
            reading.questions(questions));
    if (!reading.errors.isEmpty()) {
      throw Problem.invalidBody(reading.errors);
    }
    return content;
  }

  /** What is wrong is gathered, so that all of it is told at once. */
  private static final class Reading {
    private final List<FieldError> errors = new ArrayList<>();

    String shown(String field, @Nullable String given, int least, int most, boolean lines) {
      var text = given == null ? "" : given;
      ShownText.wrong(field, text, least, most, lines).ifPresent(errors::add);
      return WrittenText.tidy(text);
    }

    int number(String field, @Nullable Integer given, int least, int most) {
      if (given == null) {
        errors.add(FieldError.of(field, "missing"));
      } else if (given < least || given > most) {
        errors.add(FieldError.of(field, "range", least, most));
      }
      return given == null ? least : given;
    }

    List<SheetQuestion> questions(List<Given> given) {
      if (given.size() > MOST_QUESTIONS) {
        errors.add(FieldError.of("questions", "size", 0, MOST_QUESTIONS));
        return List.of();
      }
      var questions = new ArrayList<SheetQuestion>();
      for (var i = 0; i < given.size(); i++) {
        question("questions[%d].".formatted(i), given.get(i), questions);
      }
      return List.copyOf(questions);
    }

    private void question(String at, Given given, List<SheetQuestion> into) {
      if (given.kind() == null) {
        errors.add(FieldError.of(at + "kind", "missing"));
        return;
      }
      var kind = given.kind();
      foreign(at, given, kind);
      var text = shown(at + "text", given.text(), 1, MOST_STEM, false);
      var required = Boolean.TRUE.equals(given.required());
      into.add(
          switch (kind) {
            case SINGLE, MULTIPLE ->
                SheetQuestion.choosing(kind, text, required, choices(at, given));
            case SCALE -> scale(at, given, text, required);
            case TEXT ->
                SheetQuestion.text(
                    text, required, number(at + "limit", given.limit(), 1, MOST_ANSWER));
          });
    }

    /** What belongs to a question of another kind is a slip. */
    private void foreign(String at, Given given, QuestionKind kind) {
      foreign(at + "choices", given.choices(), kind.hasChoices());
      foreign(at + "from", given.from(), kind == QuestionKind.SCALE);
      foreign(at + "to", given.to(), kind == QuestionKind.SCALE);
      foreign(at + "low", given.low(), kind == QuestionKind.SCALE);
      foreign(at + "high", given.high(), kind == QuestionKind.SCALE);
      foreign(at + "limit", given.limit(), kind == QuestionKind.TEXT);
    }

    private void foreign(String field, @Nullable Object given, boolean isOwn) {
      if (given != null && !isOwn) {
        errors.add(FieldError.of(field, "questionnaire.other-kind"));
      }
    }

    private List<String> choices(String at, Given given) {
      var choices = given.choices() == null ? List.<String>of() : given.choices();
      if (choices.size() < 2 || choices.size() > MOST_CHOICES) {
        errors.add(FieldError.of(at + "choices", "size", 2, MOST_CHOICES));
        return List.of();
      }
      var read = new ArrayList<String>();
      var seen = new HashSet<String>();
      for (var i = 0; i < choices.size(); i++) {
        var field = at + "choices[%d]".formatted(i);
        var choice = shown(field, choices.get(i), 1, MOST_CHOICE, false);
        if (!seen.add(choice)) {
          errors.add(FieldError.of(field, "questionnaire.same-choice", choice));
        }
        read.add(choice);
      }
      return read;
    }

    private SheetQuestion scale(String at, Given given, String text, boolean required) {
      var from = number(at + "from", given.from(), 0, 1);
      return SheetQuestion.scale(
          text,
          required,
          from,
          number(at + "to", given.to(), from + 1, MOST_SCALE),
          shown(at + "low", given.low(), 0, MOST_WORDS, false),
          shown(at + "high", given.high(), 0, MOST_WORDS, false));
    }
  }
}
