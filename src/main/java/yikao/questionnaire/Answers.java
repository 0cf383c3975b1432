package yikao.questionnaire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.text.WrittenText;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.ShownText;

/** Reads what somebody has answered on a sheet. Pure. */
final class Answers {
  private final List<SheetQuestion> questions;
  private final List<Given> given;
  private final List<FieldError> errors = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  private Answers(List<SheetQuestion> questions, List<Given> given) {
    this.questions = questions;
    this.given = given;
  }

  /**
   * What was given to a question.
   *
   * @param number of the question, from 1
   * @param choices numbers of the choices taken
   * @param scale place on the scale
   */
  record Given(
      @Nullable Integer number,
      @Nullable List<Integer> choices,
      @Nullable Integer scale,
      @Nullable String text) {}

  /**
   * What is kept of it: a choice, a place on a scale, or a text; neither where the question was
   * left out. Several where several choices were taken.
   */
  record Answer(int question, Optional<Integer> choice, Optional<String> text) {
    static Answer none(int question) {
      return new Answer(question, Optional.empty(), Optional.empty());
    }

    static Answer of(int question, int choice) {
      return new Answer(question, Optional.of(choice), Optional.empty());
    }
  }

  /**
   * The answers of a sheet, to every question at least one.
   *
   * @throws Problem with each field that is wrong
   */
  static List<Answer> read(List<SheetQuestion> questions, List<Given> given) {
    var reading = new Answers(questions, given);
    reading.read();
    if (!reading.errors.isEmpty()) {
      throw Problem.invalidBody(reading.errors);
    }
    return List.copyOf(reading.answers);
  }

  private void read() {
    var places = new HashMap<Integer, Integer>();
    for (var i = 0; i < given.size(); i++) {
      var number = given.get(i).number();
      var field = "answers[%d].number".formatted(i);
      if (number == null) {
        errors.add(FieldError.of(field, "missing"));
      } else if (number < 1 || number > questions.size()) {
        errors.add(FieldError.of(field, "range", 1, questions.size()));
      } else if (places.putIfAbsent(number, i) != null) {
        errors.add(FieldError.of(field, "duplicate", number));
      }
    }
    for (var number = 1; number <= questions.size(); number++) {
      var place = places.get(number);
      if (place == null) {
        left("answers", number);
      } else {
        read("answers[%d]".formatted(place), number, given.get(place));
      }
    }
  }

  private void left(String field, int number) {
    if (questions.get(number - 1).required()) {
      errors.add(FieldError.of(field, "questionnaire.unanswered", number));
    }
    answers.add(Answer.none(number));
  }

  private void read(String at, int number, Given one) {
    var question = questions.get(number - 1);
    var choices = one.choices() == null ? List.<Integer>of() : one.choices();
    var text = one.text() == null ? "" : WrittenText.tidy(one.text());
    foreign(at + ".choices", !choices.isEmpty() && !question.kind().hasChoices());
    foreign(at + ".scale", one.scale() != null && question.kind() != QuestionKind.SCALE);
    foreign(at + ".text", !text.isEmpty() && question.kind() != QuestionKind.TEXT);
    switch (question.kind()) {
      case SINGLE, MULTIPLE -> chosen(at, number, question, choices);
      case SCALE -> placed(at, number, question, one.scale());
      case TEXT -> written(at, number, question, text);
    }
  }

  private void foreign(String field, boolean isForeign) {
    if (isForeign) {
      errors.add(FieldError.of(field, "questionnaire.other-kind"));
    }
  }

  private void chosen(String at, int number, SheetQuestion question, List<Integer> choices) {
    if (choices.isEmpty()) {
      left(at, number);
      return;
    }
    if (question.kind() == QuestionKind.SINGLE && choices.size() > 1) {
      errors.add(FieldError.of(at + ".choices", "questionnaire.one-choice"));
      return;
    }
    var seen = new HashSet<Integer>();
    for (var choice : choices) {
      if (!question.values().contains(choice)) {
        errors.add(FieldError.of(at + ".choices", "range", 1, question.choices().size()));
      } else if (!seen.add(choice)) {
        errors.add(FieldError.of(at + ".choices", "duplicate", choice));
      } else {
        answers.add(Answer.of(number, choice));
      }
    }
  }

  private void placed(String at, int number, SheetQuestion question, @Nullable Integer scale) {
    if (scale == null) {
      left(at, number);
    } else if (question.values().contains(scale)) {
      answers.add(Answer.of(number, scale));
    } else {
      errors.add(
          FieldError.of(
              at + ".scale", "range", question.values().getFirst(), question.values().getLast()));
    }
  }

  private void written(String at, int number, SheetQuestion question, String text) {
    if (text.isEmpty()) {
      left(at, number);
      return;
    }
    ShownText.wrong(at + ".text", text, 1, question.most(), true).ifPresent(errors::add);
    answers.add(new Answer(number, Optional.empty(), Optional.of(text)));
  }
}
