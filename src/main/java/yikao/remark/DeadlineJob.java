package yikao.remark;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.attempt.Deadlines;
import yikao.attempt.Deadlines.Move;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.quiz.Quizzes;

/** Lets the deadlines of a quiz's attempts follow its window and the time that was given. */
@Singleton
final class DeadlineJob implements JobKind {
  private static final int STEP = 200;
  private final Quizzes quizzes;
  private final Deadlines deadlines;
  private final ExtensionStore extensions;
  private final JobJson json;

  DeadlineJob(Quizzes quizzes, Deadlines deadlines, ExtensionStore extensions, JobJson json) {
    this.quizzes = quizzes;
    this.deadlines = deadlines;
    this.extensions = extensions;
    this.json = json;
  }

  /**
   * What was ordered.
   *
   * @param ordered who started later has the right deadline anyway
   * @param since attempts that expired from then on run again; absent: none
   * @param freshPapers whether those that cannot run again are set aside
   */
  @Serdeable
  record Arguments(Instant ordered, @Nullable Instant since, boolean freshPapers, String reason) {}

  /**
   * What has moved.
   *
   * @param extended how many running attempts end later now
   * @param cut how many end earlier
   * @param reopened how many had expired and run again
   * @param seen how many had expired and stay so, since their participants could see the keys; with
   *     fresh papers they are set aside, and may start again
   * @param tooLate how many had expired and stay so, since their time is over even with what was
   *     given
   * @param after the last that was looked at, where there are more to look at
   */
  @Serdeable
  @Schema(name = "Moved")
  record Moved(int extended, int cut, int reopened, int seen, int tooLate, @Nullable UUID after) {}

  String arguments(Arguments arguments) {
    return json.write(arguments);
  }

  @Override
  public String name() {
    return "deadlines";
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    // held before it is read: no newer window is overwritten by what an older one says
    quizzes.hold(transaction, Set.of(quizzes.get(job.subject()).id()));
    var quiz = quizzes.current(transaction, job.subject());
    var before = json.read(job.progress(), new Moved(0, 0, 0, 0, 0, null), Moved.class);
    var more =
        deadlines.follow(
            transaction,
            quiz,
            move(job, extensions.given(transaction, quiz.id())),
            Optional.ofNullable(before.after()),
            STEP);
    var after =
        new Moved(
            before.extended() + more.extended(),
            before.cut() + more.cut(),
            before.reopened() + more.reopened(),
            before.seen() + more.seen(),
            before.tooLate() + more.tooLate(),
            more.last().orElse(null));
    var done = more.extended() + more.cut() + more.reopened();
    return new Job.Step(json.write(after), done, more.last().isEmpty());
  }

  private Move move(Job job, List<Deadlines.Given> given) {
    var wanted = json.read(job.arguments(), Arguments.class);
    return new Move(
        given,
        Optional.ofNullable(wanted.since()),
        wanted.freshPapers(),
        wanted.ordered(),
        Actor.of(job.actor()),
        wanted.reason());
  }
}
