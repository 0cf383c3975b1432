package yikao.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import yikao.db.Backups;
import yikao.web.Problem;

/** Backups on request; here because {@code db} itself knows neither staff nor HTTP. */
@Controller("/api/backups")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "operation")
final class BackupApi {
  private final Callers callers;
  private final Backups backups;

  BackupApi(Callers callers, Backups backups) {
    this.callers = callers;
    this.backups = backups;
  }

  /**
   * A backup that is on the server's disk.
   *
   * @param path on the server
   */
  @Serdeable
  record BackupView(String path, long bytes, Instant at) {}

  @Post
  @Operation(
      summary = "Backs up the embedded database while it is in use (staff)",
      description = "409 over PostgreSQL, which is backed up with pg_dump.")
  HttpResponse<BackupView> make(HttpRequest<?> request) throws IOException {
    var staff = callers.require(request);
    staff.check(staff.canOperate());
    var made =
        backups.make(staff.actor().code()).orElseThrow(() -> Problem.conflict("no-backup-here"));
    return HttpResponse.created(new BackupView(made.path().toString(), made.bytes(), made.at()));
  }
}
