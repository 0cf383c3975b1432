package yikao.taking;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import yikao.attempt.Attempt;
import yikao.attempt.Attempts;
import yikao.attempt.Credential;
import yikao.participant.Guests;
import yikao.participant.Visitor;
import yikao.quiz.Quizzes;
import yikao.taking.GuestPage.Awaited;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;
import yikao.web.Times;

/**
 * Another takes over a browser: two people on one phone are two participants. The browser gets a
 * fresh secret; what the one before began stays, and is reached with the old secret alone.
 */
@Controller("/guest")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class GuestPages {
  private final OwnQuizzes own;
  private final Takers takers;
  private final Attempts attempts;
  private final Guests guests;
  private final WaitingPages waiting;
  private final Pages pages;
  private final Templates templates;
  private final Times times;

  GuestPages(
      OwnQuizzes own,
      Takers takers,
      Attempts attempts,
      Guests guests,
      WaitingPages waiting,
      Pages pages,
      Templates templates,
      Times times) {
    this.own = own;
    this.takers = takers;
    this.attempts = attempts;
    this.guests = guests;
    this.waiting = waiting;
    this.pages = pages;
    this.templates = templates;
    this.times = times;
  }

  /** Asks whether another is to take over. */
  @Get
  HttpResponse<?> ask(HttpRequest<?> request, @QueryValue(defaultValue = "") String quiz) {
    var me = guests.visitor(request);
    var known = me.flatMap(takers::known);
    return known.isEmpty()
        ? HttpResponse.seeOther(URI.create(form(quiz)))
        : page(request, quiz, me.orElseThrow(), Optional.empty());
  }

  /** Changes over; asks first where something would be lost to the one before. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> change(HttpRequest<?> request, @Body String body) {
    var form = Form.of(body);
    try {
      return change(request, form);
    } catch (RuntimeException e) {
      return Busy.of(e)
          .map(busy -> waiting.form(request, "/guest", form, busy))
          .orElseThrow(() -> e);
    }
  }

  private HttpResponse<?> change(HttpRequest<?> request, Form form) {
    var quiz = form.one("quiz");
    var me = guests.visitor(request);
    var taken = me.map(own::of).orElse(List.of());
    switch (form.one("do")) {
      case "leave" -> {}
      case "hand-in" -> {
        var early = handIn(request, new Credential.Browser(me.orElseThrow()), own.running(taken));
        if (early.isPresent()) {
          return page(request, quiz, me.orElseThrow(), early).status(HttpStatus.CONFLICT);
        }
      }
      default -> {
        if (!own.running(taken).isEmpty() || !awaited(pages.texts(request), taken).isEmpty()) {
          return HttpResponse.seeOther(URI.create(question(quiz)));
        }
      }
    }
    return HttpResponse.seeOther(URI.create(form(quiz)))
        .cookie(guests.cookie(guests.newSecret()))
        .cookie(guests.noMember());
  }

  /** The form of a quiz, or the front page where none was chosen. */
  private static String form(String quiz) {
    return Quizzes.isCode(quiz) ? "/quizzes/" + quiz + "#entry" : "/";
  }

  /** The page that asks. */
  static String question(String quiz) {
    return Quizzes.isCode(quiz) ? "/guest?quiz=" + quiz : "/guest";
  }

  /** Hands in what goes on; says why that cannot be done yet. */
  private Optional<String> handIn(
      HttpRequest<?> request, Credential credential, List<Attempt> running) {
    for (var attempt : running) {
      try {
        attempts.submit(attempts.toAnswer(attempt.id(), credential), credential, List.of());
      } catch (Problem e) {
        if (!e.code().equals("too-early")) {
          throw e;
        }
        var seconds = e.retryAfter().map(d -> Math.max(1, d.toSeconds())).orElse(1L);
        return Optional.of(pages.texts(request).of("check.too-early", seconds));
      }
    }
    return Optional.empty();
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request, String given, Visitor visitor, Optional<String> problem) {
    var known = takers.known(visitor).orElseThrow();
    var quiz = Quizzes.isCode(given) ? given : "";
    var texts = pages.texts(request);
    var page = pages.at(request, texts.of("guest.title"), question(quiz));
    var taken = own.of(visitor);
    var running = own.running(taken);
    var others = taken.stream().map(a -> a.takenBy().name());
    return templates.page(
        "guest.jte",
        new GuestPage(
            page,
            quiz,
            takers.of(texts, known),
            names(texts, Stream.concat(Stream.of(known.name()), others)),
            names(texts, running.stream().map(a -> a.takenBy().name())),
            running.stream().map(a -> own.running(texts, a)).toList(),
            awaited(texts, taken),
            problem));
  }

  private static String names(Texts texts, Stream<String> names) {
    return names.distinct().collect(Collectors.joining(texts.of("result.and")));
  }

  private List<Awaited> awaited(Texts texts, List<Attempt> taken) {
    return taken.stream()
        .filter(Attempt::isEnded)
        .flatMap(a -> awaited(texts, a).stream())
        .toList();
  }

  private Optional<Awaited> awaited(Texts texts, Attempt attempt) {
    var quiz = own.quiz(attempt);
    return own.awaited(quiz)
        .map(at ->
            new Awaited(
                attempt.id(),
                attempt.takenBy().name(),
                quiz.title(),
                times.minute(texts, at),
                attempts.receipt(attempt)));
  }
}
