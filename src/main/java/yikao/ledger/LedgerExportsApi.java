package yikao.ledger;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.access.Subtrees;
import yikao.ledger.LedgerApi.FiguresView;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;

/** Recognises what was taken out of ledgers, by the code that stands in it. */
@Controller("/api/ledger-exports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "ledger")
final class LedgerExportsApi {
  private final Callers callers;
  private final Exports exports;
  private final Quizzes quizzes;
  private final Subtrees subtrees;

  LedgerExportsApi(Callers callers, Exports exports, Quizzes quizzes, Subtrees subtrees) {
    this.callers = callers;
    this.exports = exports;
    this.quizzes = quizzes;
    this.subtrees = subtrees;
  }

  /**
   * What an export was of.
   *
   * @param genuine whether its record is as it was written down
   * @param figure the list behind which; absent: the table of figures
   */
  @Serdeable
  @Schema(name = "LedgerExport")
  record ExportView(
      String code,
      boolean genuine,
      String organisation,
      String path,
      @Nullable String quiz,
      @Nullable Boolean sittings,
      @Nullable String period,
      Instant at,
      String tree,
      @Nullable String figure,
      FiguresView figures,
      Instant exportedAt,
      String exportedBy) {}

  @Get
  @Operation(
      summary = "What an export of a ledger was of, by its code (staff)",
      description = "For whoever sees the inside of any organisation.")
  ExportView check(HttpRequest<?> request, @QueryValue(defaultValue = "") String code) {
    var staff = callers.require(request);
    staff.check(staff.canReadOrganisationsAnywhere());
    var known = exports.check(code);
    var export = known.export();
    return new ExportView(
        known.mark(),
        known.isGenuine(),
        subtrees.code(export.organisationId()),
        subtrees.path(export.organisationId()),
        export.quizId().stream()
            .flatMap(id -> quizzes.byIds(List.of(id)).stream())
            .findFirst()
            .map(Quiz::code)
            .orElse(null),
        export.quizId().isPresent() ? export.withSittings() : null,
        export.period().isEmpty() ? null : export.period(),
        export.at(),
        export.tree(),
        export.figure().isEmpty() ? null : export.figure(),
        FiguresView.of(export.figures()),
        export.createdAt(),
        export.actor());
  }
}
