package yikao.taking;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.participant.Guests;
import yikao.participant.Visitor;
import yikao.quiz.Claim;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.taking.EntryForms.Sent;
import yikao.taking.PendingStarts.Pending;
import yikao.taking.QuizPage.Waiting;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.Templates;

/** The page of a quiz, from which one starts, and where one waits when too many do. */
@Controller("/quizzes/{quiz}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class QuizPages {
  private final Quizzes quizzes;
  private final QuizPageMaker maker;
  private final Starts starts;
  private final PendingStarts pendingStarts;
  private final WaitingPages waiting;
  private final Guests guests;
  private final Pages pages;
  private final Templates templates;

  QuizPages(
      Quizzes quizzes,
      QuizPageMaker maker,
      Starts starts,
      PendingStarts pendingStarts,
      WaitingPages waiting,
      Guests guests,
      Pages pages,
      Templates templates) {
    this.quizzes = quizzes;
    this.maker = maker;
    this.starts = starts;
    this.pendingStarts = pendingStarts;
    this.waiting = waiting;
    this.guests = guests;
    this.pages = pages;
    this.templates = templates;
  }

  private static URI at(String quiz) {
    return URI.create("/quizzes/" + quiz);
  }

  /**
   * The page of a quiz.
   *
   * @param waiting goes on with a start of this browser that waits for its turn
   */
  @Get
  HttpResponse<?> quiz(HttpRequest<?> request, String quiz, @QueryValue @Nullable Integer waiting) {
    var pending = Optional.ofNullable(waiting).flatMap(_ -> pendingStarts.of(request, quiz));
    if (pending.isPresent()) {
      return new Turn(request, quiz, pending.get(), sent(pending.get())).start();
    }
    var found = quizzes.get(quiz);
    var secret = guests.secret(request);
    var page = pages.at(request, found.title(), at(found.code()).toString());
    var response =
        templates.page(
            "quiz.jte",
            maker.quiz(page, found, visitor(request, secret), Optional.empty(), Optional.empty()));
    // the secret comes with the form, so that tapping twice is one participant
    return guests.hasCookie(request)
        ? response
        : response.cookie(guests.cookie(secret.orElseGet(guests::newSecret)));
  }

  /** Who comes with a secret that may begin something. */
  private Optional<Visitor> visitor(HttpRequest<?> request, Optional<String> secret) {
    return secret.map(s -> guests.visitor(request, s));
  }

  @Post("/attempts")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> start(HttpRequest<?> request, String quiz, @Body String body) {
    var form = Form.of(body);
    var secret = guests.secret(request).orElseGet(guests::newSecret);
    var sent = Sent.of(form);
    var claim = new Claim.Named(secret, sent.name(), sent.branch(), sent.digits());
    var turn = new Turn(request, quiz, pendingStarts.of(claim), sent);
    return form.one("do").equals("find") ? turn.find() : turn.start();
  }

  private static Sent sent(Pending pending) {
    var claim = pending.claim();
    return new Sent(claim.name(), claim.branch(), claim.branch(), claim.digits(), List.of());
  }

  /** A start whose turn has come, or has not. */
  private final class Turn {
    private final HttpRequest<?> request;
    private final String quiz;
    private final Pending pending;
    private final Sent sent;

    Turn(HttpRequest<?> request, String quiz, Pending pending, Sent sent) {
      this.request = request;
      this.quiz = quiz;
      this.pending = pending;
      this.sent = sent;
    }

    /** What branches there are for what was written. */
    HttpResponse<?> find() {
      try {
        return known(page(quizzes.get(quiz), sent, Optional.empty()));
      } catch (RuntimeException e) {
        return Busy.of(e)
            .filter(_ -> Quizzes.isCode(quiz))
            .map(busy -> keep(busy, Optional.empty()))
            .orElseThrow(() -> e);
      }
    }

    HttpResponse<?> start() {
      try {
        var found = quizzes.get(quiz);
        try {
          var begun = starts.start(request, found, pending.claim());
          var attempt = begun.open().attempt();
          var started = over(HttpResponse.seeOther(URI.create("/attempts/" + attempt.id())));
          return found.entry() == EntryPolicy.EVERYONE
              ? started
              : started.cookie(guests.cookie(pending.claim().secret(), attempt.participantId()));
        } catch (Problem e) {
          return refused(found, e);
        }
      } catch (RuntimeException e) {
        return Busy.of(e).filter(_ -> Quizzes.isCode(quiz)).map(this::later).orElseThrow(() -> e);
      }
    }

    private HttpResponse<?> refused(Quiz found, Problem e) {
      return switch (e.status()) {
        // its page says why
        case CONFLICT -> over(HttpResponse.seeOther(at(found.code())));
        case UNPROCESSABLE_ENTITY ->
            over(page(found, sent.wrong(e.errors()), Optional.empty()).status(e.status()));
        case FORBIDDEN -> over(page(found, notListed(e), Optional.empty()).status(e.status()));
        default -> throw e;
      };
    }

    /** Nobody of this name and branch is meant by the quiz: the form comes back and says so. */
    private Sent notListed(Problem e) {
      return sent.wrong(List.of(FieldError.of(EntryForms.AT + "name", e.code())));
    }

    /** Not yet: everything comes back as it was sent, and is tried again. */
    private HttpResponse<?> later(Busy busy) {
      var cookie =
          pendingStarts.cookie(quiz, pending).filter(_ -> pendingStarts.isWaiting(pending, busy));
      var refresh = cookie.map(_ -> busy.refresh(at(quiz) + "?waiting=1"));
      var response = waitingPage(busy, refresh);
      // only what came from the form itself is kept
      return request.getMethod() == HttpMethod.POST && cookie.isPresent()
          ? response.cookie(cookie.get())
          : response;
    }

    private MutableHttpResponse<?> waitingPage(Busy busy, Optional<String> refresh) {
      try {
        var wait = new Waiting(busy.seconds(), refresh);
        return known(busy.on(page(quizzes.get(quiz), sent, Optional.of(wait))));
      } catch (RuntimeException e) {
        return keep(Busy.of(e).orElseThrow(() -> e), refresh);
      }
    }

    /** The same where not even the quiz can be read. */
    private MutableHttpResponse<?> keep(Busy busy, Optional<String> refresh) {
      var fields =
          new Form(
              Map.of(
                  "name", List.of(sent.name()),
                  "branch", List.of(sent.branch()),
                  "digits", List.of(sent.digits())));
      return known(waiting.form(request, at(quiz) + "/attempts", fields, busy, refresh));
    }

    private MutableHttpResponse<?> page(Quiz found, Sent back, Optional<Waiting> wait) {
      var page = pages.at(request, found.title(), at(found.code()).toString());
      var visitor = visitor(request, Optional.of(pending.claim().secret()));
      return templates.page("quiz.jte", maker.quiz(page, found, visitor, Optional.of(back), wait));
    }

    /** The browser is known by the secret of the claim from now on. */
    private MutableHttpResponse<?> known(MutableHttpResponse<?> response) {
      return response.cookie(guests.cookie(pending.claim().secret()));
    }

    /** Nothing waits any more. */
    private MutableHttpResponse<?> over(MutableHttpResponse<?> response) {
      return PendingStarts.isIn(request)
          ? known(response).cookie(pendingStarts.none(quiz))
          : known(response);
    }
  }
}
