package yikao.taking;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import yikao.participant.Guests;
import yikao.web.Pages;
import yikao.web.Templates;

/** The front page, and the page of all that a browser has taken. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class FrontPages {
  private final FrontPageMaker maker;
  private final Guests guests;
  private final Pages pages;
  private final Templates templates;

  FrontPages(FrontPageMaker maker, Guests guests, Pages pages, Templates templates) {
    this.maker = maker;
    this.guests = guests;
    this.pages = pages;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> list(HttpRequest<?> request) {
    var page = pages.of(request, pages.texts(request).of("front.title"));
    return templates.page("quizzes.jte", maker.list(page, guests.visitor(request)));
  }

  @Get("/own")
  HttpResponse<?> own(HttpRequest<?> request) {
    var page = pages.of(request, pages.texts(request).of("own.title"));
    return templates.page("own.jte", maker.own(page, guests.visitor(request)));
  }
}
