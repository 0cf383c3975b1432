package yikao.access;

import io.micronaut.http.HttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import yikao.db.Job;

/**
 * Work over many rows, as staff sees it.
 *
 * @param kind what is done: {@code remark}, {@code amendment-preview}, {@code deadlines}, {@code
 *     import-preview}, {@code import}
 * @param subject what it is about: the code of a quiz
 * @param actor who ordered it
 * @param state {@code running}, {@code done} or {@code failed}
 * @param done how many are done
 * @param total how many there were to do, as far as that is known
 */
@Serdeable
@Schema(name = "Job")
public record JobView(
    UUID id,
    String kind,
    String subject,
    String actor,
    String state,
    int done,
    int total,
    Instant createdAt,
    Instant updatedAt) {

  /** The view of a job. */
  static JobView of(Job job) {
    return new JobView(
        job.id(),
        job.kind(),
        job.subject(),
        job.actor(),
        job.state().code(),
        job.done(),
        job.total(),
        job.createdAt(),
        job.updatedAt());
  }

  /** The answer to who has ordered a job that goes on: 202, and where to look. */
  public static HttpResponse<JobView> accepted(Job job) {
    return HttpResponse.accepted(URI.create("/api/jobs/" + job.id())).body(of(job));
  }
}
