package yikao.remark;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptChanges;
import yikao.attempt.AttemptChanges.MoreTime;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.quiz.Quizzes;
import yikao.remark.Extending.Extension;

/** Gives every attempt of a quiz the time that was ordered. */
@Singleton
final class ExtensionJob implements JobKind {
  private static final int STEP = 200;
  private final Quizzes quizzes;
  private final AttemptChanges changes;
  private final PersonMarkStore marks;
  private final JobJson json;

  ExtensionJob(Quizzes quizzes, AttemptChanges changes, PersonMarkStore marks, JobJson json) {
    this.quizzes = quizzes;
    this.changes = changes;
    this.marks = marks;
    this.json = json;
  }

  /**
   * What was ordered.
   *
   * @param before when it was ordered: who started later has the whole time anyway
   */
  @Serdeable
  record Arguments(long minutes, Instant since, Instant before) {}

  /**
   * What it has changed.
   *
   * @param extended how many attempts got more time
   * @param reopened how many of them run again
   * @param after the last that was looked at, where there are more to look at
   */
  @Serdeable
  @Schema(name = "Extended")
  record Extended(int extended, int reopened, @Nullable UUID after) {}

  String arguments(Extension wanted, Instant ordered) {
    return json.write(new Arguments(wanted.by().toMinutes(), wanted.since(), ordered));
  }

  @Override
  public String name() {
    return "extension";
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var quiz = quizzes.current(transaction, job.subject());
    var wanted = json.read(job.arguments(), Arguments.class);
    var before = json.read(job.progress(), new Extended(0, 0, null), Extended.class);
    var more =
        changes.extend(
            transaction,
            quiz,
            new MoreTime(Duration.ofMinutes(wanted.minutes()), wanted.since(), wanted.before()),
            Optional.ofNullable(before.after()),
            STEP);
    marks.delete(transaction, more.reopened());
    var after =
        new Extended(
            before.extended() + more.extended(),
            before.reopened() + more.reopened().size(),
            more.last().orElse(null));
    return new Job.Step(json.write(after), more.extended(), more.last().isEmpty());
  }
}
