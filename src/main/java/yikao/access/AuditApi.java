package yikao.access;

import io.micronaut.context.annotation.Value;
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
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.audit.AuditBreak;
import yikao.audit.AuditEntry;
import yikao.audit.AuditLog;
import yikao.web.Problem;

/** The log of what staff did. */
@Controller("/api/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "audit")
final class AuditApi {
  private static final int MOST = 1_000;

  private final Callers callers;
  private final AuditLog audit;
  private final Path heads;

  AuditApi(Callers callers, AuditLog audit, @Value("${yikao.secrets}") String secrets) {
    this.callers = callers;
    this.audit = audit;
    this.heads = Path.of(secrets).resolveSibling(AuditHeads.FILE);
  }

  /**
   * What somebody did.
   *
   * @param actor {@code account:…}, {@code token:editor}, {@code participant} or {@code system}
   * @param before in short, what was
   * @param after in short, what is since
   */
  @Serdeable
  @Schema(name = "AuditEntry")
  record EntryView(
      long number,
      Instant at,
      String actor,
      String address,
      String action,
      String subject,
      String before,
      String after) {}

  /**
   * Whether the chain is whole.
   *
   * @param entries how many there are, where it is
   * @param brokenAt the number of the first entry that is not as it should be
   * @param how {@code changed}, {@code missing}, {@code cut_off} or {@code replaced}
   */
  @Serdeable
  @Schema(name = "AuditVerification")
  record VerificationView(
      boolean whole, long entries, @Nullable Long brokenAt, @Nullable String how) {}

  private void requireReader(HttpRequest<?> request) {
    var staff = callers.require(request);
    staff.check(staff.canReadAudit());
  }

  @Get
  @Operation(
      summary = "Entries of the audit log, the newest first (staff)",
      description = "The next page is that below the last number.")
  List<EntryView> list(
      HttpRequest<?> request,
      @QueryValue @Nullable String subject,
      @QueryValue @Nullable String actor,
      @QueryValue @Nullable Long below,
      @QueryValue(defaultValue = "100") int limit) {
    requireReader(request);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    var sought = new AuditLog.Sought(Optional.ofNullable(subject), Optional.ofNullable(actor));
    return audit.find(sought, Optional.ofNullable(below), limit).stream()
        .map(AuditApi::view)
        .toList();
  }

  private static EntryView view(AuditEntry e) {
    return new EntryView(
        e.number(), e.at(), e.actor(), e.address(), e.action(), e.subject(), e.before(), e.after());
  }

  @Get("/verification")
  @Operation(
      summary = "Whether the audit log is whole (staff)",
      description =
          "Reads all of it. Where it is broken, says at which entry first; yikao verify-audit says"
              + " the same without the service.")
  VerificationView verify(HttpRequest<?> request) {
    requireReader(request);
    var broken = audit.verify(AuditHeads.read(heads));
    return new VerificationView(
        broken.isEmpty(),
        audit.head().number(),
        broken.map(AuditBreak::number).orElse(null),
        broken.map(b -> b.kind().name().toLowerCase(Locale.ROOT)).orElse(null));
  }
}
