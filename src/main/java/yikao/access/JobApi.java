package yikao.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import yikao.db.Job;
import yikao.db.Jobs;
import yikao.web.Problem;

/** How far jobs have come; here because {@code db} itself knows neither staff nor HTTP. */
@Controller("/api/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "operation")
final class JobApi {
  private final Callers callers;
  private final Jobs jobs;

  JobApi(Callers callers, Jobs jobs) {
    this.callers = callers;
    this.jobs = jobs;
  }

  @Get("/{id}")
  @Operation(summary = "How far a job has come (staff)")
  JobView get(HttpRequest<?> request, UUID id) {
    return JobView.of(job(request, id));
  }

  @Get("/{id}/result")
  @Operation(
      summary = "What a job has found or changed so far (staff)",
      description = "Of the same form as the answer where it takes no job.")
  HttpResponse<String> result(HttpRequest<?> request, UUID id) {
    var progress = job(request, id).progress();
    return progress.isEmpty()
        ? HttpResponse.noContent()
        : HttpResponse.ok(progress).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private Job job(HttpRequest<?> request, UUID id) {
    var staff = callers.require(request);
    return jobs.find(id)
        .filter(job -> staff.canSeeJob(job.actor()))
        .orElseThrow(() -> Problem.notFound("no-such-job"));
  }
}
