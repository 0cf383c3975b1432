package yikao.sitting;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import yikao.org.Draft;
import yikao.web.Form;
import yikao.web.Messages;
import yikao.web.Problem;
import yikao.web.Texts;

/** Forms about sessions that were refused. */
@Singleton
final class SittingForms {
  private static final Set<HttpStatus> NOT_HERE =
      Set.of(HttpStatus.UNAUTHORIZED, HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND);

  private final Messages messages;

  SittingForms(Messages messages) {
    this.messages = messages;
  }

  /**
   * A form that was refused.
   *
   * @throws Problem the same where there is no page to show it on
   */
  Draft refused(Texts texts, String form, Form sent, Problem problem) {
    if (NOT_HERE.contains(problem.status())) {
      throw problem;
    }
    var problems = new ArrayList<String>();
    var wrong = new HashMap<String, String>();
    for (var error : problem.errors()) {
      var said = messages.textForPage(texts.locale(), error.code(), error.arguments());
      if (sent.fields().containsKey(error.field())) {
        wrong.put(error.field(), said);
      } else {
        problems.add(said);
      }
    }
    if (problems.isEmpty() && wrong.isEmpty()) {
      problems.add(messages.textForPage(texts.locale(), problem.code(), problem.arguments()));
    }
    return new Draft(form, sent.fields(), problems, wrong, Map.of());
  }
}
