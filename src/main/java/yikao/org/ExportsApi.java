package yikao.org;

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
import yikao.table.TableFiles;
import yikao.table.TableFormat;
import yikao.web.Messages;
import yikao.web.Problem;

/** Organisations and members as Excel and CSV, and templates for their import. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "imports")
final class ExportsApi {
  private final Exports exports;
  private final Organisations organisations;
  private final OrgRights rights;

  ExportsApi(Exports exports, Organisations organisations, OrgRights rights) {
    this.exports = exports;
    this.organisations = organisations;
    this.rights = rights;
  }

  @Get("/templates/{kind}")
  @Operation(summary = "A table to fill in for an import, with one example (staff)")
  HttpResponse<byte[]> template(
      HttpRequest<?> request, String kind, @QueryValue(defaultValue = "xlsx") String format) {
    rights.reader(request);
    var of = Kind.of(kind).orElseThrow(() -> Problem.notFound("no-such-import"));
    var wanted = new Exports.Wanted(TableFormat.of(format), Messages.locale(request), false);
    return TableFiles.of(exports.template(of, wanted), of.code() + "-template", wanted.format());
  }

  @Get("/exports/organisations")
  @Operation(
      summary = "Organisations as a table that can be imported again (staff)",
      description = "Those that the caller sees the inside of, with all below, open and closed.")
  HttpResponse<byte[]> organisations(
      HttpRequest<?> request, @QueryValue(defaultValue = "xlsx") String format) {
    var staff = rights.readerOf(request);
    var wanted = new Exports.Wanted(TableFormat.of(format), Messages.locale(request), false);
    var table = exports.organisations(staff.actor(), rights.tops(staff), wanted);
    return TableFiles.of(table, "organisations", wanted.format());
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
      @QueryValue @Nullable String name,
      @QueryValue @Nullable Boolean phones,
      @QueryValue(defaultValue = "xlsx") String format) {
    rights.reader(request);
    MembersApi.requireSearchable(name);
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
    var wanted = new Exports.Wanted(TableFormat.of(format), Messages.locale(request), withPhones);
    var find =
        new Members.Find(
            in,
            Optional.ofNullable(state),
            Optional.ofNullable(name).filter(n -> !n.isEmpty()),
            Optional.empty());
    return TableFiles.of(exports.members(actor, find, wanted), "members", wanted.format());
  }
}
