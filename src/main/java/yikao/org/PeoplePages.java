package yikao.org;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import yikao.access.Console;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.web.Form;
import yikao.web.Messages;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Texts;

/** What the console's pages about organisations, members and imports have in common. */
@Singleton
final class PeoplePages {
  private static final Set<HttpStatus> NOT_HERE =
      Set.of(HttpStatus.UNAUTHORIZED, HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND);

  private final Consoles consoles;
  private final Pages pages;
  private final Messages messages;
  private final PeopleWords words;
  private final OrganisationChoice choice;
  private final Today today;

  PeoplePages(
      Consoles consoles,
      Pages pages,
      Messages messages,
      PeopleWords words,
      OrganisationChoice choice,
      Today today) {
    this.consoles = consoles;
    this.pages = pages;
    this.messages = messages;
    this.words = words;
    this.choice = choice;
    this.today = today;
  }

  /** Who is signed in and sees the inside of any organisation. */
  Staff reader(HttpRequest<?> request) {
    var staff = consoles.require(request);
    staff.check(staff.canReadOrganisationsAnywhere());
    return staff;
  }

  Texts texts(HttpRequest<?> request) {
    return pages.texts(request);
  }

  Console console(HttpRequest<?> request, Staff staff, String title) {
    return consoles.of(request, staff, title);
  }

  Form form(HttpRequest<?> request, String body) {
    return consoles.form(request, body);
  }

  Form form(HttpRequest<?> request, Form sent) {
    return consoles.form(request, sent);
  }

  FormOffer offer(Texts texts, Staff staff) {
    return new FormOffer(
        Arrays.stream(OrganisationKind.values())
            .map(k -> new Draft.Choice(k.code(), words.of(texts.locale(), k)))
            .toList(),
        Arrays.stream(MemberState.values())
            .map(s -> new Draft.Choice(s.code(), words.of(texts.locale(), s)))
            .toList(),
        choice.suggested(staff),
        today.date().toString());
  }

  /** The version of something that a form was made for; what no number stands for is -1. */
  static int version(Form form) {
    try {
      return Integer.parseInt(form.one("version"));
    } catch (NumberFormatException e) {
      return -1;
    }
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
    var choices = new HashMap<String, List<Draft.Choice>>();
    for (var error : problem.errors()) {
      var said = messages.textForPage(texts.locale(), error.code(), error.arguments());
      if (sent.fields().containsKey(error.field()) && !error.field().equals("version")) {
        wrong.put(error.field(), said);
      } else {
        problems.add(said);
      }
      choices.put(
          error.field(),
          error.candidates().stream().map(c -> new Draft.Choice(c.code(), c.path())).toList());
    }
    if (problem.errors().isEmpty()) {
      problems.add(messages.textForPage(texts.locale(), problem.code(), problem.arguments()));
    } else if (problems.isEmpty()) {
      problems.add(texts.of("people.not-done"));
    }
    return new Draft(form, sent.fields(), problems, wrong, choices);
  }

  /** A form that somebody has sent. */
  record Sent(Staff staff, Form form) {}

  /**
   * Does what a form says and leads on, or shows the form again with what is wrong in it.
   *
   * @param name of the form
   * @param change does it, and says where to go on
   * @param again the page with the form
   */
  HttpResponse<?> change(
      HttpRequest<?> request,
      String name,
      String body,
      Function<Sent, String> change,
      BiFunction<Staff, Draft, MutableHttpResponse<?>> again) {
    var sent = new Sent(reader(request), form(request, body));
    try {
      return HttpResponse.seeOther(URI.create(change.apply(sent)));
    } catch (Problem e) {
      var draft = refused(texts(request), name, sent.form(), e);
      return again.apply(sent.staff(), draft).status(e.status());
    }
  }

  /** A text that was left empty is not there. */
  static Optional<String> given(String written) {
    return Optional.of(written.strip()).filter(w -> !w.isEmpty());
  }
}
