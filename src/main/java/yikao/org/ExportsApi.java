package yikao.org;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.org.ImportStore.Kind;
import yikao.org.TableWriter.Format;
import yikao.web.Messages;
import yikao.web.Problem;

/** Organisations and members as Excel and CSV, and templates for their import. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "imports")
final class ExportsApi {
  private static final String CSV = "text/csv; charset=utf-8";

  private final Exports exports;
  private final Organisations organisations;
  private final OrgRights rights;

  ExportsApi(Exports exports, Organisations organisations, OrgRights rights) {
    this.exports = exports;
    this.organisations = organisations;
    this.rights = rights;
  }

  private static Format format(String written) {
    return switch (written) {
      case "xlsx" -> Format.XLSX;
      case "csv" -> Format.CSV;
      default -> throw Problem.invalid("format", "field.one-of", "xlsx, csv");
    };
  }

  private static HttpResponse<byte[]> file(byte[] table, String name, Format format) {
    var isXlsx = format == Format.XLSX;
    return HttpResponse.ok(table)
        .header(HttpHeaders.CONTENT_TYPE, isXlsx ? ImportsApi.XLSX : CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s.%s\"".formatted(name, isXlsx ? "xlsx" : "csv"));
  }

  @Get("/templates/{kind}")
  @Operation(summary = "A table to fill in for an import, with one example (staff)")
  HttpResponse<byte[]> template(
      HttpRequest<?> request, String kind, @QueryValue(defaultValue = "xlsx") String format) {
    rights.reader(request);
    var of = Kind.of(kind).orElseThrow(() -> Problem.notFound("no-such-import"));
    var wanted = new Exports.Wanted(format(format), Messages.locale(request), false);
    return file(exports.template(of, wanted), of.code() + "-template", wanted.format());
  }

  @Get("/exports/organisations")
  @Operation(summary = "All organisations as a table that can be imported again (staff)")
  HttpResponse<byte[]> organisations(
      HttpRequest<?> request, @QueryValue(defaultValue = "xlsx") String format) {
    var actor = rights.reader(request);
    var wanted = new Exports.Wanted(format(format), Messages.locale(request), false);
    return file(exports.organisations(actor, wanted), "organisations", wanted.format());
  }

  @Get("/exports/members")
  @Operation(
      summary = "Members as a table that can be imported again (staff)",
      description =
          "Phones are in it only with phones=true, for who may see them. Each export stands in the"
              + " audit log.")
  HttpResponse<byte[]> members(
      HttpRequest<?> request,
      @QueryValue @Nullable String organisation,
      @QueryValue @Nullable MemberState state,
      @QueryValue @Nullable Boolean phones,
      @QueryValue(defaultValue = "xlsx") String format) {
    rights.reader(request);
    var in =
        Optional.ofNullable(organisation)
            .filter(code -> !code.isEmpty())
            .map(code ->
                organisations
                    .tree()
                    .byCode(code)
                    .orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation")));
    var actor = rights.readMembers(request, in.map(Organisation::id));
    var withPhones = Boolean.TRUE.equals(phones);
    if (withPhones) {
      rights.readPhones(request, in.map(Organisation::id));
    }
    var wanted = new Exports.Wanted(format(format), Messages.locale(request), withPhones);
    var find = new Members.Find(in, Optional.ofNullable(state), Optional.empty(), Optional.empty());
    return file(exports.members(actor, find, wanted), "members", wanted.format());
  }
}
