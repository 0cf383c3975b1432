package yikao.org;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;

/** The tables of {@link ExportsApi} for those who are signed in to the console. */
@Controller(Callers.CONSOLE)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class ExportPages {
  private final PeoplePages pages;
  private final ExportsApi api;

  ExportPages(PeoplePages pages, ExportsApi api) {
    this.pages = pages;
    this.api = api;
  }

  @Get("/templates/{kind}")
  HttpResponse<byte[]> template(
      HttpRequest<?> request, String kind, @QueryValue(defaultValue = "xlsx") String format) {
    pages.reader(request);
    return api.template(request, kind, format);
  }

  @Get("/exports/organisations")
  HttpResponse<byte[]> organisations(
      HttpRequest<?> request, @QueryValue(defaultValue = "xlsx") String format) {
    pages.reader(request);
    return api.organisations(request, format);
  }

  @Get("/exports/members")
  HttpResponse<byte[]> members(
      HttpRequest<?> request,
      @QueryValue @Nullable String organisation,
      @QueryValue(defaultValue = "") String state,
      @QueryValue(defaultValue = "") String name,
      @QueryValue @Nullable Boolean phones,
      @QueryValue(defaultValue = "xlsx") String format) {
    pages.reader(request);
    return api.members(
        request, organisation, MemberState.of(state).orElse(null), name.strip(), phones, format);
  }
}
