package yikao.sitting;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.web.Pages;
import yikao.web.Templates;
import yikao.web.Times;

/** The console's page on which a branch begins with what it missed. */
@Controller(Callers.CONSOLE + "/organisations/{code}/opening")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class OpeningPages {
  private final Consoles consoles;
  private final Pages pages;
  private final Times times;
  private final OpeningRights rights;
  private final BranchMemories memories;
  private final Templates templates;

  OpeningPages(
      Consoles consoles,
      Pages pages,
      Times times,
      OpeningRights rights,
      BranchMemories memories,
      Templates templates) {
    this.consoles = consoles;
    this.pages = pages;
    this.times = times;
    this.rights = rights;
    this.memories = memories;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> get(HttpRequest<?> request, String code) {
    var staff = consoles.require(request);
    var branch = rights.reader(staff, code);
    var texts = pages.texts(request);
    var questions =
        memories.opening(branch).stream()
            .map(p ->
                new OpeningPage.Item(
                    p.question().question().id(),
                    AskedQuestion.of(p.question().question(), false),
                    AskedQuestion.of(p.question().question(), true),
                    texts.of(
                        "opening.missed", times.minute(texts, p.missedAt()), p.wrong(), p.asked())))
            .toList();
    return templates.page(
        "console/opening.jte",
        new OpeningPage(
            consoles.of(request, staff, texts.of("opening.title", branch.name())),
            OpeningPage.href(branch.code()),
            questions,
            staff.canRunSittings(branch.id())));
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> answer(HttpRequest<?> request, String code, @Body String body) {
    var staff = consoles.require(request);
    var branch = rights.runner(staff, code);
    var form = consoles.form(request, body);
    var question = form.one("question");
    // pressed twice, or by two: the page shows what is left
    if (memories.isProposed(branch, question)) {
      memories.answered(staff.actor(), branch, question, form.one("right").equals("true"));
    }
    return HttpResponse.seeOther(URI.create(OpeningPage.href(branch.code())));
  }
}
