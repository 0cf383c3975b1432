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
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.org.Draft;
import yikao.sitting.SittingApi.AttendanceBody;
import yikao.sitting.SittingApi.EntryBody;
import yikao.sitting.SittingApi.ProlongationBody;
import yikao.sitting.SittingApi.VersionBody;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;

/** One session in the console: its page, the projector's page, its account. */
@Controller(SittingPages.PATH + "/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class SittingPages {
  static final String PATH = Callers.CONSOLE + "/sittings";

  private final Sittings sittings;
  private final SittingRights rights;
  private final SittingApi api;
  private final SittingPageMaker maker;
  private final SittingForms forms;
  private final Consoles consoles;
  private final Pages pages;
  private final Templates templates;

  SittingPages(
      Sittings sittings,
      SittingRights rights,
      SittingApi api,
      SittingPageMaker maker,
      SittingForms forms,
      Consoles consoles,
      Pages pages,
      Templates templates) {
    this.sittings = sittings;
    this.rights = rights;
    this.api = api;
    this.maker = maker;
    this.forms = forms;
    this.consoles = consoles;
    this.pages = pages;
    this.templates = templates;
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request, UUID id, String template, Draft draft) {
    consoles.require(request);
    return templates.page(template, maker.of(request, rights.reader(request, id), draft));
  }

  @Get
  HttpResponse<?> page(HttpRequest<?> request, UUID id) {
    return page(request, id, "console/sitting.jte", Draft.NONE);
  }

  /** What the room sees. */
  @Get("/screen")
  HttpResponse<?> screen(HttpRequest<?> request, UUID id) {
    return page(request, id, "console/screen.jte", Draft.NONE);
  }

  /** The account, to be printed. */
  @Get("/account")
  HttpResponse<?> account(HttpRequest<?> request, UUID id) {
    return page(request, id, "console/account-of-sitting.jte", Draft.NONE);
  }

  @Get("/account/table")
  HttpResponse<byte[]> table(
      HttpRequest<?> request, UUID id, @QueryValue(defaultValue = "xlsx") String format) {
    consoles.require(request);
    return api.account(request, id, format);
  }

  @Get("/state")
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<StateView> state(
      HttpRequest<?> request, UUID id, @QueryValue @Nullable String after) {
    consoles.require(request);
    return api.state(request, id, after);
  }

  @Post("/prolongation")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> prolong(HttpRequest<?> request, UUID id, @Body String body) {
    return done(
        request,
        id,
        "prolong",
        body,
        form ->
            api.prolong(
                request,
                id,
                new ProlongationBody(SittingListPages.number(form.one("minutes")), version(form))));
  }

  @Post("/end")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> end(HttpRequest<?> request, UUID id, @Body String body) {
    return done(
        request, id, "end", body, form -> api.end(request, id, new VersionBody(version(form))));
  }

  @Post("/attendance")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> attend(HttpRequest<?> request, UUID id, @Body String body) {
    return done(
        request,
        id,
        "attendance",
        body,
        form -> api.attend(request, id, new AttendanceBody(version(form), entries(id, form))));
  }

  /** What the form says of those whom it has. */
  private List<EntryBody> entries(UUID id, Form form) {
    return sittings.listed(sittings.get(id)).stream()
        .map(who -> who.member())
        .filter(member -> form.fields().containsKey("s-" + member))
        .map(member -> {
          var status = form.one("s-" + member);
          return new EntryBody(
              member, status.isEmpty() ? null : status(status), form.one("n-" + member));
        })
        .toList();
  }

  private static AttendanceStatus status(String written) {
    try {
      return AttendanceStatus.of(written);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("members", "sitting.attendance-word");
    }
  }

  @Post("/confirmation")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> confirm(HttpRequest<?> request, UUID id, @Body String body) {
    return done(
        request,
        id,
        "confirm",
        body,
        form -> api.confirm(request, id, new VersionBody(version(form))));
  }

  private static @Nullable Integer version(Form form) {
    return SittingListPages.number(form.one("version"));
  }

  private HttpResponse<?> done(
      HttpRequest<?> request, UUID id, String name, String body, Consumer<Form> change) {
    consoles.require(request);
    rights.runner(request, id);
    var form = consoles.form(request, body);
    try {
      change.accept(form);
      return HttpResponse.seeOther(URI.create(PATH + "/" + id));
    } catch (Problem e) {
      var draft = forms.refused(pages.texts(request), name, form, e);
      return page(request, id, "console/sitting.jte", draft).status(e.status());
    }
  }
}
