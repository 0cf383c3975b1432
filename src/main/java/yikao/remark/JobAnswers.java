package yikao.remark;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import yikao.access.JobView;
import yikao.db.Job;
import yikao.db.Jobs;

/** Answers to those who have ordered a job. */
@Singleton
final class JobAnswers {
  private final Jobs jobs;
  private final JobJson json;
  private final Duration atOnce;

  JobAnswers(Jobs jobs, JobJson json, @Value("${yikao.jobs.at-once}") Duration atOnce) {
    this.jobs = jobs;
    this.json = json;
    this.atOnce = atOnce;
  }

  /** What a job has found or changed, where that takes no longer than a caller waits; or 202. */
  HttpResponse<?> of(UUID id, Class<?> result) {
    var job = jobs.run(id, atOnce);
    return job.state() == Job.State.DONE
        ? HttpResponse.ok(json.read(job.progress(), result))
        : JobView.accepted(job);
  }
}
