package yikao.questionnaire;

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
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import yikao.access.Actor;
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.org.Draft;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;

/** One questionnaire in the console: edited as a draft, opened, closed, its results. */
@Controller(QuestionnairePages.PATH + "/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class QuestionnairePages {
  static final String PATH = Callers.CONSOLE + "/questionnaires";
  private static final String CLOSES = "closes";

  private final Questionnaires questionnaires;
  private final QuestionnaireRights rights;
  private final QuestionnaireApi api;
  private final PageMaker maker;
  private final Refusals refusals;
  private final Consoles consoles;
  private final Pages pages;
  private final Templates templates;

  QuestionnairePages(
      Questionnaires questionnaires,
      QuestionnaireRights rights,
      QuestionnaireApi api,
      PageMaker maker,
      Refusals refusals,
      Consoles consoles,
      Pages pages,
      Templates templates) {
    this.questionnaires = questionnaires;
    this.rights = rights;
    this.api = api;
    this.maker = maker;
    this.refusals = refusals;
    this.consoles = consoles;
    this.pages = pages;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> get(HttpRequest<?> request, UUID id) {
    consoles.require(request);
    var staff = rights.reader(request, id);
    return page(request, staff, id, Optional.empty(), Draft.NONE);
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request, Staff staff, UUID id, Optional<EditForm> typed, Draft draft) {
    return templates.page("console/questionnaire.jte", maker.of(request, staff, id, typed, draft));
  }

  private Staff keeper(HttpRequest<?> request, UUID id) {
    consoles.require(request);
    return rights.keeper(request, id);
  }

  /** Stores a draft, or shows it with a question more, less, or elsewhere. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> edit(HttpRequest<?> request, UUID id, @Body String body) {
    var staff = keeper(request, id);
    var form = consoles.form(request, body);
    var typed = EditForm.of(form);
    var pressed = typed.pressed(form.one("do"));
    if (pressed.isPresent()) {
      return page(request, staff, id, pressed, Draft.NONE);
    }
    try {
      questionnaires.edit(staff.actor(), id, version(form), typed.content());
      return HttpResponse.seeOther(URI.create(PATH + "/" + id));
    } catch (Problem e) {
      UnaryOperator<String> field = name -> name.replaceFirst("choices\\[\\d+]$", "choices");
      var draft = refusals.of(pages.texts(request), "edit", form, e, field);
      return page(request, staff, id, Optional.of(typed.with(draft.wrong())), draft)
          .status(e.status());
    }
  }

  private static int version(Form form) {
    try {
      return Integer.parseInt(form.one("version"));
    } catch (NumberFormatException _) {
      throw Problem.invalid("version", "missing");
    }
  }

  @Post("/opening")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> open(HttpRequest<?> request, UUID id, @Body String body) {
    return changed(
        request,
        id,
        "open",
        body,
        (actor, form) ->
            questionnaires.open(actor, id, version(form), maker.moment(CLOSES, form.one(CLOSES))));
  }

  @Post("/prolongation")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> prolong(HttpRequest<?> request, UUID id, @Body String body) {
    return changed(
        request,
        id,
        "prolong",
        body,
        (actor, form) ->
            questionnaires.prolong(
                actor, id, version(form), maker.moment(CLOSES, form.one(CLOSES))));
  }

  @Post("/closing")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> close(HttpRequest<?> request, UUID id, @Body String body) {
    return changed(
        request,
        id,
        "close",
        body,
        (actor, form) -> questionnaires.close(actor, id, version(form)));
  }

  private HttpResponse<?> changed(
      HttpRequest<?> request, UUID id, String name, String body, BiConsumer<Actor, Form> change) {
    var staff = keeper(request, id);
    var form = consoles.form(request, body);
    try {
      change.accept(staff.actor(), form);
      return HttpResponse.seeOther(URI.create(PATH + "/" + id));
    } catch (Problem e) {
      UnaryOperator<String> field = of -> of.equals("closesAt") ? CLOSES : of;
      var draft = refusals.of(pages.texts(request), name, form, e, field);
      return page(request, staff, id, Optional.empty(), draft).status(e.status());
    }
  }

  @Post("/deletion")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> delete(HttpRequest<?> request, UUID id, @Body String body) {
    var staff = keeper(request, id);
    var form = consoles.form(request, body);
    try {
      questionnaires.delete(staff.actor(), id, version(form));
      return HttpResponse.seeOther(URI.create(PATH));
    } catch (Problem e) {
      var texts = pages.texts(request);
      var draft = refusals.of(texts, "delete", form, e, UnaryOperator.identity());
      return page(request, staff, id, Optional.empty(), draft).status(e.status());
    }
  }

  @Get("/results/table")
  HttpResponse<InputStream> table(
      HttpRequest<?> request, UUID id, @QueryValue(defaultValue = "xlsx") String format) {
    consoles.require(request);
    return api.table(request, id, format);
  }

  @Get("/sheets/table")
  HttpResponse<InputStream> sheets(
      HttpRequest<?> request, UUID id, @QueryValue(defaultValue = "xlsx") String format) {
    consoles.require(request);
    return api.sheets(request, id, format);
  }
}
