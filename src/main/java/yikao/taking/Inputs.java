package yikao.taking;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Input;
import yikao.question.QuestionType;
import yikao.question.Response;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;

/** Checks what clients send as responses against the paper they belong to. */
final class Inputs {
  /** The longest text of a blank, in characters. */
  static final int MAX_BLANK = 200;

  /** The longest text of an essay, in characters. */
  static final int MAX_ESSAY = 5_000;

  private Inputs() {}

  /**
   * One response.
   *
   * @param number of the question; in a submission, or the same as in the address
   * @param sequence counts a client's responses to a question, from 0
   * @param choices ids of choices, as the attempt shows them; empty takes an answer back
   * @param text one for each blank, or the one text of an essay
   */
  @Serdeable
  @Schema(
      name = "Response",
      examples =
          """
          {"sequence":7,"choices":["B"]}\
          """)
  record ResponseBody(
      @Nullable Integer number,
      @Nullable Integer sequence,
      @Nullable List<String> choices,
      @Nullable List<String> text) {}

  /**
   * The response to one question.
   *
   * @throws Problem where it does not fit the question
   */
  static Input one(AttemptPaper paper, int number, ResponseBody body) {
    if (!paper.paper().has(number)) {
      throw Problem.notFound("no-such-question");
    }
    var errors = new ArrayList<FieldError>();
    if (body.number() != null && body.number() != number) {
      errors.add(FieldError.of("number", "response.number-differs"));
    }
    var input = read(paper, number, body, "", errors);
    if (!errors.isEmpty()) {
      throw Problem.invalidBody(errors);
    }
    return input;
  }

  /**
   * The responses of a submission.
   *
   * @throws Problem where one does not fit its question; then none counts
   */
  static List<Input> all(AttemptPaper paper, List<ResponseBody> bodies) {
    if (bodies.size() > paper.questions().size()) {
      throw Problem.invalid("responses", "size", 0, paper.questions().size());
    }
    var errors = new ArrayList<FieldError>();
    var inputs = new ArrayList<Input>();
    var seen = new HashSet<Integer>();
    for (var i = 0; i < bodies.size(); i++) {
      var at = "responses[" + i + "].";
      var body = bodies.get(i);
      var number = body == null ? null : body.number();
      if (body == null || number == null || !paper.paper().has(number)) {
        errors.add(FieldError.of(at + "number", "no-such-question"));
      } else if (!seen.add(number)) {
        errors.add(FieldError.of(at + "number", "duplicate", number));
      } else {
        inputs.add(read(paper, number, body, at, errors));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalidBody(errors);
    }
    return inputs;
  }

  private static Input read(
      AttemptPaper paper, int number, ResponseBody body, String at, List<FieldError> errors) {
    var sequence = body.sequence();
    if (sequence == null) {
      errors.add(FieldError.of(at + "sequence", "missing"));
    } else if (sequence < 0) {
      errors.add(FieldError.of(at + "sequence", "range", 0, Integer.MAX_VALUE));
    }
    var question = paper.question(number);
    var response =
        question.type().hasChoices()
            ? chosen(paper, number, body, at, errors)
            : written(paper, number, body, at, errors);
    return new Input(number, sequence == null ? 0 : sequence, response);
  }

  private static Response chosen(
      AttemptPaper paper, int number, ResponseBody body, String at, List<FieldError> errors) {
    var question = paper.question(number);
    if (body.text() != null || body.choices() == null) {
      errors.add(FieldError.of(at + "choices", "response.choices-wanted"));
      return new Response.Chosen(Set.of());
    }
    var shown = paper.choices(number);
    var choices = new HashSet<String>();
    for (var choice : body.choices()) {
      var id = Optional.ofNullable(choice).flatMap(shown::id);
      if (id.isEmpty()) {
        errors.add(FieldError.of(at + "choices", "response.no-such-choice"));
      } else if (!choices.add(id.get())) {
        errors.add(FieldError.of(at + "choices", "duplicate", choice));
      }
    }
    if (question.type() != QuestionType.MULTIPLE && choices.size() > 1) {
      errors.add(FieldError.of(at + "choices", "response.one-choice"));
    }
    return new Response.Chosen(choices);
  }

  private static Response written(
      AttemptPaper paper, int number, ResponseBody body, String at, List<FieldError> errors) {
    var question = paper.question(number);
    if (body.choices() != null || body.text() == null) {
      errors.add(FieldError.of(at + "text", "response.text-wanted"));
      return new Response.Written(List.of());
    }
    var most = question.type() == QuestionType.ESSAY ? MAX_ESSAY : MAX_BLANK;
    if (body.text().size() != question.texts()) {
      errors.add(FieldError.of(at + "text", "size", question.texts(), question.texts()));
    }
    var texts = new ArrayList<String>();
    for (var text : body.text()) {
      if (text == null || text.length() > most) {
        errors.add(FieldError.of(at + "text", "length", 0, most));
      } else if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
        errors.add(FieldError.of(at + "text", "response.control-characters"));
      } else {
        texts.add(text);
      }
    }
    return new Response.Written(texts);
  }
}
