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
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempts;
import yikao.attempt.Credential;
import yikao.attempt.Credentials;
import yikao.attempt.Input;
import yikao.attempt.Reviews;
import yikao.taking.Inputs.ResponseBody;
import yikao.taking.PaperPage.Notice;
import yikao.web.Form;
import yikao.web.LanguageChoice;
import yikao.web.LargeType;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;

/** The pages of an attempt: the paper, the check before handing in, the result. */
@Controller("/attempts/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class AttemptPages {
  private final Attempts attempts;
  private final Reviews reviews;
  private final Credentials credentials;
  private final PaperPageMaker papers;
  private final ResultPageMaker results;
  private final Pages pages;
  private final Templates templates;
  private final WaitingPages waiting;

  AttemptPages(
      Attempts attempts,
      Reviews reviews,
      Credentials credentials,
      PaperPageMaker papers,
      ResultPageMaker results,
      Pages pages,
      Templates templates,
      WaitingPages waiting) {
    this.attempts = attempts;
    this.reviews = reviews;
    this.credentials = credentials;
    this.papers = papers;
    this.results = results;
    this.pages = pages;
    this.templates = templates;
    this.waiting = waiting;
  }

  static URI at(UUID id, String rest) {
    return URI.create("/attempts/" + id + rest);
  }

  static HttpResponse<?> toResult(UUID id) {
    return HttpResponse.seeOther(at(id, "/result"));
  }

  @Get
  HttpResponse<?> paper(
      HttpRequest<?> request,
      UUID id,
      @QueryValue @Nullable Integer saved,
      @QueryValue @Nullable Integer corrected) {
    var open = attempts.get(id, credentials.of(request));
    if (open.attempt().isEnded()) {
      return toResult(id);
    }
    var texts = pages.texts(request);
    if (corrected != null) {
      return paperPage(request, open, Notice.done(texts.of("paper.corrected")), List.of());
    }
    return saved == null
        ? paperPage(request, open, null, List.of())
        : paperPage(request, open, Notice.saved(texts.of("paper.saved")), List.of());
  }

  private MutableHttpResponse<?> paperPage(
      HttpRequest<?> request,
      Attempts.Open open,
      @Nullable Notice notice,
      List<ResponseBody> unsaved) {
    var title = open.paper().quiz().title();
    var page = pages.at(request, title, at(open.paper().id(), "").toString());
    return templates.page(
        "paper.jte", papers.paper(page, open, Optional.ofNullable(notice), unsaved));
  }

  /** Saves the whole paper without a script, and goes on as the button pressed says. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> save(HttpRequest<?> request, UUID id, @Body String body) {
    var credential = credentials.of(request);
    var form = Form.of(body);
    try {
      return save(request, id, credential, form);
    } catch (RuntimeException e) {
      return Busy.of(e)
          .map(busy -> unsaved(request, id, credential, form, busy))
          .orElseThrow(() -> e);
    }
  }

  private HttpResponse<?> save(HttpRequest<?> request, UUID id, Credential credential, Form form) {
    var open = attempts.get(id, credential);
    if (open.attempt().isEnded()) {
      return toResult(id);
    }
    var paper = attempts.toAnswer(id, credential);
    var sent = FormResponses.changed(paper, open.attempt(), form);
    var inputs = Inputs.all(paper, sent);
    try {
      attempts.save(paper, credential, inputs);
    } catch (Problem e) {
      if (e.status() != HttpStatus.CONFLICT) {
        throw e;
      }
      return e.code().equals("response-stale")
          ? overtaken(request, id, credential, sent, inputs)
          : toResult(id);
    }
    return after(id, open.paper().quiz().code(), form);
  }

  /**
   * Another device was faster: the paper comes back with what is stored, and says where; with what
   * could not be saved for another reason as it was filled in.
   */
  private HttpResponse<?> overtaken(
      HttpRequest<?> request,
      UUID id,
      Credential credential,
      List<ResponseBody> sent,
      List<Input> inputs) {
    var open = attempts.get(id, credential);
    if (open.attempt().isEnded()) {
      return toResult(id);
    }
    var texts = pages.texts(request);
    var not = Unstored.of(open.attempt().responses(), inputs);
    var numbers = not.overtaken().stream().map(String::valueOf).toList();
    var said = texts.of("paper.overtaken", String.join(texts.of("script.and"), numbers));
    var unsaved = sent.stream().filter(body -> not.unsaved().contains(body.number())).toList();
    var notice = unsaved.isEmpty() ? said : said + texts.of("paper.not-saved");
    return paperPage(request, open, Notice.bad(notice), unsaved).status(HttpStatus.CONFLICT);
  }

  private static HttpResponse<?> after(UUID id, String quiz, Form form) {
    return switch (form.one("do")) {
      case "check" -> HttpResponse.seeOther(at(id, "/check"));
      case "guest" -> HttpResponse.seeOther(URI.create(GuestPages.question(quiz)));
      case "correct" -> HttpResponse.seeOther(CorrectionPages.of(id));
      default -> {
        var back = HttpResponse.seeOther(at(id, "?saved=1"));
        var size = form.one("type");
        if (!size.isEmpty()) {
          back.cookie(LargeType.cookie(size));
        }
        LanguageChoice.cookie(form.one("language")).ifPresent(back::cookie);
        yield back;
      }
    };
  }

  /** The paper comes back as it was filled in. */
  private MutableHttpResponse<?> unsaved(
      HttpRequest<?> request, UUID id, Credential credential, Form form, Busy busy) {
    try {
      var open = attempts.get(id, credential);
      var unsaved = FormResponses.changed(open.paper(), open.attempt(), form);
      var notice = Notice.bad(pages.texts(request).of("paper.not-saved"));
      return busy.on(paperPage(request, open, notice, unsaved));
    } catch (RuntimeException e) {
      // not even the paper can be read
      return Busy.of(e)
          .map(now -> waiting.form(request, at(id, "").toString(), form, now))
          .orElseThrow(() -> e);
    }
  }

  @Get("/check")
  HttpResponse<?> check(HttpRequest<?> request, UUID id) {
    var open = attempts.get(id, credentials.of(request));
    return open.attempt().isEnded() ? toResult(id) : checkPage(request, open, Optional.empty());
  }

  private MutableHttpResponse<?> checkPage(
      HttpRequest<?> request, Attempts.Open open, Optional<String> problem) {
    var title = pages.texts(request).of("check.title");
    var page = pages.at(request, title, at(open.paper().id(), "/check").toString());
    return templates.page("check.jte", papers.check(page, open, problem));
  }

  @Post("/submission")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> submit(HttpRequest<?> request, UUID id, @Body @Nullable String body) {
    var credential = credentials.of(request);
    try {
      return submit(request, id, credential);
    } catch (RuntimeException e) {
      return Busy.of(e)
          .map(busy -> notHandedIn(request, id, credential, busy))
          .orElseThrow(() -> e);
    }
  }

  private HttpResponse<?> submit(HttpRequest<?> request, UUID id, Credential credential) {
    try {
      attempts.submit(attempts.toAnswer(id, credential), credential, List.of());
      return toResult(id);
    } catch (Problem e) {
      if (!e.code().equals("too-early")) {
        throw e;
      }
      var seconds = e.retryAfter().map(d -> Math.max(1, d.toSeconds())).orElse(1L);
      return checkPage(
              request,
              attempts.get(id, credential),
              Optional.of(pages.texts(request).of("check.too-early", seconds)))
          .status(HttpStatus.CONFLICT);
    }
  }

  private MutableHttpResponse<?> notHandedIn(
      HttpRequest<?> request, UUID id, Credential credential, Busy busy) {
    try {
      var problem = pages.texts(request).of("check.busy", busy.seconds());
      return busy.on(checkPage(request, attempts.get(id, credential), Optional.of(problem)));
    } catch (RuntimeException e) {
      var form = new Form(Map.of("do", List.of("submit")));
      return Busy.of(e)
          .map(now -> waiting.form(request, at(id, "/submission").toString(), form, now))
          .orElseThrow(() -> e);
    }
  }

  @Get("/result")
  HttpResponse<?> result(HttpRequest<?> request, UUID id) {
    var open = attempts.get(id, credentials.of(request));
    if (!open.attempt().isEnded()) {
      return HttpResponse.seeOther(at(id, ""));
    }
    var page = pages.of(request, pages.texts(request).of("result.title"));
    return templates.page("result.jte", results.result(page, open, reviews.of(open)));
  }

  /**
   * How an attempt stands, for a page that was asleep.
   *
   * @param deadline absent: none
   */
  @Serdeable
  record ClockView(Instant now, @Nullable Instant deadline, boolean ended) {}

  @Get("/clock")
  @Produces(MediaType.APPLICATION_JSON)
  ClockView clock(HttpRequest<?> request, UUID id) {
    var open = attempts.get(id, credentials.of(request));
    return new ClockView(
        open.now(),
        open.attempt().deadline().map(Deadline::at).orElse(null),
        open.attempt().isEnded());
  }
}
