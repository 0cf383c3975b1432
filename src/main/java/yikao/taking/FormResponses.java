package yikao.taking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import yikao.access.Secrets;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Audience;
import yikao.attempt.Responses;
import yikao.question.Response;
import yikao.taking.Inputs.ResponseBody;
import yikao.web.Form;

/**
 * The responses of a paper that was posted as a form, without a script. A form carries every
 * question, and for each a digest of what was saved when the page was made: only what differs from
 * that was answered in this form, and goes above what is saved; the rest says nothing new, so that
 * a page left open does not overwrite what another has saved since.
 */
final class FormResponses {
  private FormResponses() {}

  /** Names of a question's fields. */
  static String answer(int number) {
    return "a" + number;
  }

  static String digest(int number) {
    return "d" + number;
  }

  /** What the form answers anew. */
  static List<ResponseBody> changed(AttemptPaper paper, Attempt attempt, Form form) {
    var bodies = new ArrayList<ResponseBody>();
    for (var number = 1; number <= paper.questions().size(); number++) {
      var sequence = attempt.responses().get(number).map(Responses.Given::sequence).orElse(-1);
      var seen = form.one(digest(number));
      var hasChoices = paper.question(number).type().hasChoices();
      var values = values(form, number, hasChoices);
      if (!seen.isEmpty() && !seen.equals(digest(hasChoices, values))) {
        bodies.add(
            new ResponseBody(
                number, sequence + 1, hasChoices ? values : null, hasChoices ? null : values));
      }
    }
    return bodies;
  }

  private static List<String> values(Form form, int number, boolean hasChoices) {
    var sent = form.all(answer(number)).stream();
    return hasChoices
        ? sent.filter(v -> !v.isEmpty()).toList()
        : sent.map(v -> v.replace("\r\n", "\n")).toList();
  }

  /** The digest of what is saved for a question; nothing saved is the same as an empty answer. */
  static String digest(AttemptPaper paper, int number, Optional<Response> saved) {
    var question = paper.question(number);
    var hasChoices = question.type().hasChoices();
    var values =
        switch (saved.orElse(null)) {
          case Response.Chosen(var chosen) ->
              paper.choices(number).names(chosen, Audience.PARTICIPANT);
          case Response.Written(var texts) -> texts;
          case null -> hasChoices ? List.<String>of() : Collections.nCopies(question.texts(), "");
        };
    return digest(hasChoices, values);
  }

  private static String digest(boolean hasChoices, List<String> values) {
    var canonical =
        hasChoices
            ? String.join("\u0000", values.stream().sorted().toList())
            : String.join("\u0000", values).replace("\r\n", "\n");
    return HexFormat.of().formatHex(Secrets.sha256(canonical), 0, 8);
  }
}
