package yikao.org;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.db.Job;
import yikao.db.Jobs;
import yikao.org.Finding.Verdict;
import yikao.org.ImportStore.File;
import yikao.org.ImportStore.Kind;
import yikao.org.ImportStore.State;
import yikao.table.TableFormat;
import yikao.web.Messages;
import yikao.web.Problem;

/** Imports of organisations and members from Excel and CSV. */
@Controller("/api/imports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "imports")
final class ImportsApi {
  static final String XLSX = TableFormat.XLSX_TYPE;
  private static final int MOST = 500;

  private final Imports imports;
  private final OrgRights rights;
  private final Jobs jobs;
  private final Messages messages;
  private final Today today;
  private final Duration atOnce;

  ImportsApi(
      Imports imports,
      OrgRights rights,
      Jobs jobs,
      Messages messages,
      Today today,
      @Value("${yikao.jobs.at-once}") Duration atOnce) {
    this.imports = imports;
    this.rights = rights;
    this.jobs = jobs;
    this.messages = messages;
    this.today = today;
    this.atOnce = atOnce;
  }

  /**
   * A file that was brought.
   *
   * @param kind {@code organisations} or {@code members}
   * @param state {@code checking}, {@code checked}, {@code importing}, {@code imported}, {@code
   *     failed}
   * @param rows how many it has
   * @param done how many of them the step under way has done
   * @param imported how many are imported
   * @param added how many would be or are new, and so on
   */
  @Serdeable
  @Schema(name = "Import")
  record ImportView(
      UUID id,
      String kind,
      String state,
      int rows,
      int done,
      int imported,
      int added,
      int changed,
      int moved,
      int untouched,
      int refused,
      Instant createdAt) {}

  /**
   * What becomes of a row.
   *
   * @param line counted from 1, the headings included
   * @param key code or number, where it has one
   * @param verdict {@code new}, {@code changed}, {@code moved}, {@code untouched}, {@code refused}
   * @param field the column that is wrong
   * @param reason why it is refused
   */
  @Serdeable
  @Schema(name = "ImportRow")
  record RowView(
      int line,
      String key,
      String name,
      String verdict,
      @Nullable String field,
      @Nullable String reason) {}

  /**
   * A confirmation.
   *
   * @param rows {@code all}, which is refused where a row is refused, or {@code sound}
   */
  @Serdeable
  @Schema(
      name = "ImportConfirmation",
      examples =
          """
          {"rows":"sound"}\
          """)
  record ConfirmBody(@Nullable String rows) {}

  private ImportView view(File file) {
    var job = imports.job(file);
    var counts = imports.counts(file);
    var hasFailed =
        file.state() != State.IMPORTED && job.map(j -> j.state() == Job.State.FAILED).orElse(false);
    return new ImportView(
        file.id(),
        file.kind().code(),
        hasFailed ? "failed" : file.state().code(),
        file.total(),
        job.map(Job::done).orElse(0),
        imports.imported(file),
        counts.getOrDefault(Verdict.NEW, 0),
        counts.getOrDefault(Verdict.CHANGED, 0),
        counts.getOrDefault(Verdict.MOVED, 0),
        counts.getOrDefault(Verdict.UNTOUCHED, 0),
        counts.getOrDefault(Verdict.REFUSED, 0),
        file.createdAt());
  }

  @Post("/{kind}")
  @Consumes({"text/csv", XLSX, "application/octet-stream"})
  @Operation(
      summary = "Brings a file of organisations or members and looks at it (staff)",
      description =
          "An xlsx, of which the first sheet counts, or CSV in UTF-8 or GBK. Changes nothing; what"
              + " it would do is told row by row. Members are known by the identifier of an"
              + " export, by number, or by phone and name together. Empty cells change nothing.")
  HttpResponse<ImportView> bring(
      HttpRequest<?> request, String kind, @QueryValue @Nullable String date, @Body byte[] body) {
    var all = rights.scope(request);
    var of = kind(kind);
    var scope = of == Kind.MEMBERS ? all : List.<Long>of();
    var actor = actor(request, of);
    var day = today.orGiven(Order.date("date", date));
    if (of == Kind.ORGANISATIONS && !day.equals(today.date())) {
      throw Problem.invalid("date", "import.only-today");
    }
    var file = imports.bring(actor, of, scope, day, body);
    file.job().ifPresent(job -> jobs.run(job, atOnce));
    return HttpResponse.created(
        view(imports.get(file.id())), URI.create("/api/imports/" + file.id()));
  }

  private static Kind kind(String kind) {
    return Kind.of(kind).orElseThrow(() -> Problem.notFound("no-such-import"));
  }

  /** Who may take organisations in may do so anywhere. */
  private Actor actor(HttpRequest<?> request, Kind kind) {
    if (kind == Kind.ORGANISATIONS) {
      return rights.editOrganisation(request, Optional.empty());
    }
    rights.scope(request);
    return rights.staff(request);
  }

  /** The own ones; what is in them is for those alone who brought them. */
  private File own(HttpRequest<?> request, UUID id) {
    rights.scope(request);
    var actor = rights.staff(request);
    var file = imports.get(id);
    if (!file.actor().equals(actor.code())) {
      throw Problem.notFound("no-such-import");
    }
    return file;
  }

  @Get("/{id}")
  @Operation(summary = "How far an import is, and what it would do or did (staff)")
  ImportView get(HttpRequest<?> request, UUID id) {
    return view(own(request, id));
  }

  @Get("/{id}/rows")
  @Operation(summary = "What becomes of each row of an import (staff)")
  List<RowView> rows(
      HttpRequest<?> request,
      UUID id,
      @QueryValue @Nullable String verdict,
      @QueryValue(defaultValue = "0") int after,
      @QueryValue(defaultValue = "100") int limit) {
    var file = own(request, id);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    var locale = Messages.locale(request);
    return imports.rows(file, verdict(verdict), after, limit).stream()
        .map(row -> view(row, locale))
        .toList();
  }

  private static Optional<Verdict> verdict(@Nullable String code) {
    if (code == null || code.isEmpty()) {
      return Optional.empty();
    }
    var all = Arrays.stream(Verdict.values()).map(Verdict::code).collect(Collectors.joining(", "));
    return Optional.of(
        Arrays.stream(Verdict.values())
            .filter(v -> v.code().equals(code))
            .findFirst()
            .orElseThrow(() -> Problem.invalid("verdict", "field.one-of", all)));
  }

  private RowView view(Imports.ShownRow row, Locale locale) {
    var finding = row.finding();
    return new RowView(
        row.line(),
        row.key(),
        row.name(),
        finding.verdict().code(),
        finding.isRefused() ? finding.field() : null,
        finding.isRefused()
            ? messages.text(locale, finding.code(), List.copyOf(finding.arguments()))
            : null);
  }

  @Post("/{id}/confirmation")
  @Operation(
      summary = "Imports what was looked at: all, or what is sound (staff)",
      description =
          "Where that takes long it goes on by itself; look at /api/imports/ again. A file whose"
              + " import failed may be confirmed once more, and goes on where it was.")
  HttpResponse<ImportView> confirm(HttpRequest<?> request, UUID id, @Body ConfirmBody body) {
    var brought = own(request, id);
    var actor = actor(request, brought.kind());
    if (brought.kind() == Kind.MEMBERS) {
      // what was looked at with rights that are gone is not for anybody to import
      rights.covers(request, brought.scope());
    }
    if (body.rows() == null || !List.of("all", "sound").contains(body.rows())) {
      throw Problem.invalid("rows", "field.one-of", "all, sound");
    }
    var file = imports.confirm(actor, id, body.rows().equals("all"));
    file.job().ifPresent(job -> jobs.run(job, atOnce));
    var after = view(imports.get(id));
    return after.state().equals(State.IMPORTED.code())
        ? HttpResponse.ok(after)
        : HttpResponse.accepted(URI.create("/api/imports/" + id)).body(after);
  }
}
