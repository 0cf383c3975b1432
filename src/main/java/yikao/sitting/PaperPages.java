package yikao.sitting;

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
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.quiz.Quizzes;
import yikao.sitting.PaperPageMaker.Typed;
import yikao.sitting.SittingRights.Seen;
import yikao.web.Form;
import yikao.web.Problem;
import yikao.web.Reasons;
import yikao.web.Templates;

/** The console's pages on which papers are printed and typed in. */
@Controller(Callers.CONSOLE + "/sittings/{sitting}/papers")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class PaperPages {
  /** At most as many as are printed at once. */
  private static final Pattern NUMBERS = Pattern.compile("\\d{1,6}(,\\d{1,6}){0,99}");

  private final Consoles consoles;
  private final SittingRights rights;
  private final PrintedPapers papers;
  private final Quizzes quizzes;
  private final PaperPageMaker maker;
  private final Templates templates;

  PaperPages(
      Consoles consoles,
      SittingRights rights,
      PrintedPapers papers,
      Quizzes quizzes,
      PaperPageMaker maker,
      Templates templates) {
    this.consoles = consoles;
    this.rights = rights;
    this.papers = papers;
    this.quizzes = quizzes;
    this.maker = maker;
    this.templates = templates;
  }

  private Seen require(HttpRequest<?> request, UUID sitting) {
    consoles.require(request);
    return rights.runner(request, sitting);
  }

  private static URI at(UUID sitting, String more) {
    return URI.create(Callers.CONSOLE + "/sittings/" + sitting + "/papers" + more);
  }

  @Get
  HttpResponse<?> list(
      HttpRequest<?> request, UUID sitting, @QueryValue(defaultValue = "") String number) {
    var running = require(request, sitting);
    if (!number.isBlank()) {
      try {
        var found = papers.paper(running.sitting(), Integer.parseInt(number.strip()));
        return HttpResponse.seeOther(at(sitting, "/" + found.number().orElseThrow()));
      } catch (NumberFormatException _) {
        return list(request, running, Problem.notFound("no-such-paper"), number);
      } catch (Problem e) {
        return list(request, running, e, number);
      }
    }
    return list(request, running, null, "");
  }

  private MutableHttpResponse<?> list(
      HttpRequest<?> request, Seen running, @Nullable Problem problem, String number) {
    var model = maker.list(request, running, Optional.ofNullable(problem), number);
    var page = templates.page("console/papers.jte", model);
    return problem == null ? page : page.status(problem.status());
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> print(HttpRequest<?> request, UUID sitting, @Body String body) {
    var running = require(request, sitting);
    var form = consoles.form(request, body);
    try {
      var members = form.all("member").stream().map(PaperPages::id).distinct().toList();
      var given = papers.print(running.staff().actor(), running.sitting(), members);
      var numbers =
          given.stream()
              .map(p -> String.valueOf(p.number().orElseThrow()))
              .collect(Collectors.joining(","));
      var size = form.one("size").equals("large") ? "large" : "normal";
      return HttpResponse.seeOther(at(sitting, "/print?size=" + size + "&numbers=" + numbers));
    } catch (Problem e) {
      return list(request, running, e, "");
    }
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw Problem.invalid("members", "paper.not-on-roster");
    }
  }

  @Get("/print")
  HttpResponse<?> printed(
      HttpRequest<?> request,
      UUID sitting,
      @QueryValue(defaultValue = "normal") String size,
      @QueryValue(defaultValue = "") String numbers) {
    var running = require(request, sitting);
    if (!NUMBERS.matcher(numbers).matches()) {
      throw Problem.notFound("no-such-paper");
    }
    var chosen =
        Arrays.stream(numbers.split(",", -1))
            .map(Integer::valueOf)
            .distinct()
            .map(n -> papers.paper(running.sitting(), n))
            .toList();
    var quiz = quizzes.get(running.sitting().quiz());
    return templates.page(
        "console/print.jte",
        maker.print(request, quiz, running.sitting(), chosen, size.equals("large")));
  }

  @Get("/{number}")
  HttpResponse<?> typing(HttpRequest<?> request, UUID sitting, int number) {
    var running = require(request, sitting);
    var paper = papers.paper(running.sitting(), number);
    return templates.page("console/typing.jte", maker.typing(request, running, paper));
  }

  /** Shows what was typed, before it counts. */
  @Post("/{number}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> check(HttpRequest<?> request, UUID sitting, int number, @Body String body) {
    var running = require(request, sitting);
    var form = consoles.form(request, body);
    var paper = papers.paper(running.sitting(), number);
    var typed = maker.read(request, paper, form);
    return page(request, running, paper, form, typed, form.one("do").equals("check"));
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request,
      Seen running,
      PrintedPaper paper,
      Form form,
      Typed typed,
      boolean previews) {
    return templates.page(
        "console/typing.jte", maker.typed(request, running, paper, form, typed, previews));
  }

  @Post("/{number}/entry")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> enter(HttpRequest<?> request, UUID sitting, int number, @Body String body) {
    var running = require(request, sitting);
    var form = consoles.form(request, body);
    var paper = papers.paper(running.sitting(), number);
    var typed = maker.read(request, paper, form);
    if (!typed.errors().isEmpty()) {
      return page(request, running, paper, form, typed, false);
    }
    try {
      papers.enter(
          running.staff().actor(), running.sitting(), paper, version(form), typed.inputs());
      return HttpResponse.seeOther(at(sitting, "/" + number));
    } catch (Problem e) {
      return page(request, running, paper, form, typed.refused(e), false).status(e.status());
    }
  }

  private static int version(Form form) {
    try {
      return Integer.parseInt(form.one("version"));
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  @Post("/{number}/withdrawal")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> withdraw(HttpRequest<?> request, UUID sitting, int number, @Body String body) {
    var running = require(request, sitting);
    var form = consoles.form(request, body);
    var paper = papers.paper(running.sitting(), number);
    try {
      papers.withdraw(
          running.staff().actor(), running.sitting(), paper, Reasons.required(form.one("reason")));
      return HttpResponse.seeOther(at(sitting, ""));
    } catch (Problem e) {
      var page =
          templates.page(
              "console/typing.jte", maker.typing(request, running, paper, Optional.of(e)));
      return page.status(e.status());
    }
  }
}
