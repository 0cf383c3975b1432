package yikao.questionnaire;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import yikao.org.Draft;
import yikao.web.Form;
import yikao.web.Messages;
import yikao.web.Problem;
import yikao.web.Texts;

/** Forms about questionnaires that were refused. */
@Singleton
final class Refusals {
  private static final Set<HttpStatus> NOT_HERE =
      Set.of(HttpStatus.UNAUTHORIZED, HttpStatus.NOT_FOUND);

  private final Messages messages;

  Refusals(Messages messages) {
    this.messages = messages;
  }

  /**
   * What is said of a form that was refused.
   *
   * @param field what a field of the problem is called in the form
   * @throws Problem the same where there is no page to show it on
   */
  Draft of(Texts texts, String form, Form sent, Problem problem, UnaryOperator<String> field) {
    if (NOT_HERE.contains(problem.status())) {
      throw problem;
    }
    var problems = new ArrayList<String>();
    var wrong = new HashMap<String, String>();
    for (var error : problem.errors()) {
      var name = field.apply(error.field());
      var said = messages.textForPage(texts.locale(), error.code(), error.arguments());
      if (sent.fields().containsKey(name)) {
        wrong.putIfAbsent(name, said);
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
