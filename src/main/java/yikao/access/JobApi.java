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

/** How far jobs have come; here because {@code db} itself knows neither editors nor HTTP. */
@Controller("/api/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "operation")
final class JobApi {
  private final Editors editors;
  private final Jobs jobs;

  JobApi(Editors editors, Jobs jobs) {
    this.editors = editors;
    this.jobs = jobs;
  }

  @Get("/{id}")
  @Operation(summary = "How far a job has come (editor)")
  JobView get(HttpRequest<?> request, UUID id) {
    editors.require(request);
    return JobView.of(job(id));
  }

  @Get("/{id}/result")
  @Operation(
      summary = "What a job has found or changed so far (editor)",
      description = "Of the same form as the answer where it takes no job.")
  HttpResponse<String> result(HttpRequest<?> request, UUID id) {
    editors.require(request);
    var progress = job(id).progress();
    return progress.isEmpty()
        ? HttpResponse.noContent()
        : HttpResponse.ok(progress).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private Job job(UUID id) {
    return jobs.find(id).orElseThrow(() -> Problem.notFound("no-such-job"));
  }
}
