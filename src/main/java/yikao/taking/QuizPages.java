package yikao.taking;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import yikao.access.StartLimit;
import yikao.attempt.Attempts;
import yikao.db.NodeClock;
import yikao.participant.Guests;
import yikao.quiz.Admissions;
import yikao.quiz.Claim;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.taking.QuizPageMaker.Sent;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;

/** The front page, and the page of a quiz, from which one starts. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class QuizPages {
  private final Quizzes quizzes;
  private final QuizPageMaker maker;
  private final Attempts attempts;
  private final Guests guests;
  private final Admissions admissions;
  private final NodeClock clock;
  private final StartLimit limit;
  private final Pages pages;
  private final Templates templates;

  QuizPages(
      Quizzes quizzes,
      QuizPageMaker maker,
      Attempts attempts,
      Guests guests,
      Admissions admissions,
      NodeClock clock,
      StartLimit limit,
      Pages pages,
      Templates templates) {
    this.quizzes = quizzes;
    this.maker = maker;
    this.attempts = attempts;
    this.guests = guests;
    this.admissions = admissions;
    this.clock = clock;
    this.limit = limit;
    this.pages = pages;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> list(HttpRequest<?> request) {
    var me = guests.id(request);
    var page = pages.of(request, pages.texts(request).of("front.title"));
    return templates.page("quizzes.jte", maker.list(page, me));
  }

  @Get("/quizzes/{quiz}")
  HttpResponse<?> quiz(HttpRequest<?> request, String quiz) {
    var found = quizzes.get(quiz);
    var secret = guests.secret(request);
    var model =
        maker.quiz(
            pages.of(request, found.title()), found, secret.map(guests::id), Optional.empty());
    var response = templates.page("quiz.jte", model);
    // the secret comes with the form, so that tapping twice is one participant
    return secret.isPresent() ? response : response.cookie(guests.cookie(Optional.empty()));
  }

  @Post("/quizzes/{quiz}/attempts")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> start(HttpRequest<?> request, String quiz, @Body String body) {
    var form = Form.of(body);
    var found = quizzes.get(quiz);
    var cookie = guests.cookie(guests.secret(request));
    if (form.one("do").equals("find")) {
      return again(request, found, cookie, HttpStatus.OK, sent(form, List.of()));
    }
    limit.count(request);
    try {
      var claim = new Claim.Guest(cookie.getValue(), form.one("name"), branch(form));
      var begun = attempts.start(found, admissions.admit(claim, found, clock.instant()));
      return HttpResponse.seeOther(URI.create("/attempts/" + begun.open().attempt().id()))
          .cookie(cookie);
    } catch (Problem e) {
      return switch (e.status()) {
        // its page says why
        case CONFLICT ->
            HttpResponse.seeOther(URI.create("/quizzes/" + found.code())).cookie(cookie);
        case UNPROCESSABLE_ENTITY ->
            again(request, found, cookie, e.status(), sent(form, e.fields()));
        default -> throw e;
      };
    }
  }

  /** The branch chosen; where none was, what was written to find one. */
  private static String branch(Form form) {
    return form.one("branch").isBlank() ? form.one("find") : form.one("branch");
  }

  private static Sent sent(Form form, List<String> wrong) {
    var sought = form.one("find").isBlank() ? form.one("branch") : form.one("find");
    return new Sent(form.one("name"), branch(form), sought, wrong);
  }

  private HttpResponse<?> again(
      HttpRequest<?> request, Quiz quiz, Cookie cookie, HttpStatus status, Sent sent) {
    var page = pages.at(request, quiz.title(), "/quizzes/" + quiz.code());
    var me = Optional.of(guests.id(cookie.getValue()));
    return templates
        .page("quiz.jte", maker.quiz(page, quiz, me, Optional.of(sent)))
        .status(status)
        .cookie(cookie);
  }
}
