package yikao.taking;

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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import yikao.attempt.AttemptCorrections;
import yikao.attempt.Attempts;
import yikao.attempt.Attempts.Open;
import yikao.attempt.Credential;
import yikao.attempt.Credentials;
import yikao.participant.Guests;
import yikao.quiz.Quiz.Entrance;
import yikao.taking.EntryForms.Sent;
import yikao.taking.QuizPage.EntryForm;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Times;

/**
 * Corrects the own name and branch while the attempt runs; once it has ended, staff does. The clock
 * of the attempt goes on meanwhile, and its answers are saved.
 */
@Controller("/attempts/{id}/participant")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class CorrectionPages {
  private final Attempts attempts;
  private final AttemptCorrections corrections;
  private final Credentials credentials;
  private final Guests guests;
  private final EntryForms entries;
  private final WaitingPages waiting;
  private final Pages pages;
  private final Templates templates;
  private final Times times;

  CorrectionPages(
      Attempts attempts,
      AttemptCorrections corrections,
      Credentials credentials,
      Guests guests,
      EntryForms entries,
      WaitingPages waiting,
      Pages pages,
      Templates templates,
      Times times) {
    this.attempts = attempts;
    this.corrections = corrections;
    this.credentials = credentials;
    this.guests = guests;
    this.entries = entries;
    this.waiting = waiting;
    this.pages = pages;
    this.templates = templates;
    this.times = times;
  }

  /** The address of the page. */
  static URI of(UUID attempt) {
    return AttemptPages.at(attempt, "/participant");
  }

  /** The form, with name and branch as they are. */
  @Get
  HttpResponse<?> form(HttpRequest<?> request, UUID id) {
    var open = attempts.get(id, credentials.of(request));
    return open.attempt().isEnded()
        ? AttemptPages.toResult(id)
        : page(request, open, entries.of(entrance(open), Optional.of(open.attempt().takenBy())));
  }

  /** Corrects, or looks for a branch. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> correct(HttpRequest<?> request, UUID id, @Body String body) {
    var credential = credentials.of(request);
    var form = Form.of(body);
    try {
      return correct(request, id, credential, form);
    } catch (RuntimeException e) {
      return Busy.of(e)
          .map(busy -> waiting.form(request, of(id).toString(), form, busy))
          .orElseThrow(() -> e);
    }
  }

  private HttpResponse<?> correct(
      HttpRequest<?> request, UUID id, Credential credential, Form form) {
    var open = attempts.get(id, credential);
    var sent = Sent.of(form);
    var texts = pages.texts(request);
    if (open.attempt().isEnded()) {
      return AttemptPages.toResult(id);
    }
    if (form.one("do").equals("find")) {
      return page(request, open, entries.of(texts, entrance(open), sent));
    }
    try {
      corrections.own(
          id, credential, p -> guests.named(p.id(), sent.name(), sent.branch(), EntryForms.AT));
      return HttpResponse.seeOther(AttemptPages.at(id, "?corrected=1"));
    } catch (Problem e) {
      return switch (e.status()) {
        case CONFLICT -> {
          if (!e.code().equals("attempt-ended")) {
            throw e;
          }
          yield AttemptPages.toResult(id);
        }
        case UNPROCESSABLE_ENTITY ->
            page(request, open, entries.of(texts, entrance(open), sent.wrong(e.errors())))
                .status(e.status());
        default -> throw e;
      };
    }
  }

  private static Entrance entrance(Open open) {
    return open.paper().quiz().entrance();
  }

  private MutableHttpResponse<?> page(HttpRequest<?> request, Open open, EntryForm entry) {
    var id = open.attempt().id();
    var texts = pages.texts(request);
    var page = pages.at(request, texts.of("correct.title"), of(id).toString());
    return templates.page(
        "correction.jte",
        new CorrectionPage(
            page,
            id,
            open.paper().quiz().title(),
            open.attempt().deadline().map(deadline -> times.second(texts, deadline.at())),
            entry));
  }
}
