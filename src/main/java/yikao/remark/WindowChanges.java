package yikao.remark;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.attempt.Deadlines;
import yikao.db.Jobs;
import yikao.db.NodeClock;
import yikao.quiz.Quiz;
import yikao.quiz.QuizEdit.WindowMoves;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/**
 * More time for all attempts of a quiz, after an outage, and its close at another moment. Either
 * way the deadlines of those that run follow by a job.
 */
@Singleton
final class WindowChanges implements WindowMoves {
  /** Who is answering hears of an earlier end at least so long before it. */
  static final Duration NOTICE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(WindowChanges.class);
  private final Quizzes quizzes;
  private final Jobs jobs;
  private final DeadlineJob deadlineJob;
  private final Deadlines deadlines;
  private final ExtensionStore extensions;
  private final NodeClock clock;

  WindowChanges(
      Quizzes quizzes,
      Jobs jobs,
      DeadlineJob deadlineJob,
      Deadlines deadlines,
      ExtensionStore extensions,
      NodeClock clock) {
    this.quizzes = quizzes;
    this.jobs = jobs;
    this.deadlineJob = deadlineJob;
    this.deadlines = deadlines;
    this.extensions = extensions;
    this.clock = clock;
  }

  /**
   * An extension.
   *
   * @param by whole minutes
   * @param since attempts that expired from then on run again
   * @param freshPapers whether those whose participants could see the keys are set aside
   */
  record Extension(Duration by, Instant since, boolean freshPapers, String reason) {}

  /**
   * Orders an extension: the quiz closes later by as much, and so end its attempts.
   *
   * @param actor who does so
   * @param known how many extensions the actor has seen, so that a repeated request does not extend
   *     twice
   * @return the job that extends
   * @throws Problem where fresh papers are wanted and nobody may start one even then
   */
  UUID extend(Actor actor, Quiz quiz, Extension wanted, int known) {
    var job =
        quizzes.extend(
            actor,
            quiz,
            wanted.by(),
            known,
            (dsl, extended) -> {
              if (wanted.freshPapers()) {
                requireStarts(extended);
              }
              var number = extended.changes().extensions();
              extensions.insert(dsl, actor, quiz.id(), number, wanted, clock.instant());
              return order(
                  dsl, actor, quiz.code(), wanted.since(), wanted.freshPapers(), wanted.reason());
            });
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("minutes", wanted.by().toMinutes())
        .log("extended");
    return job;
  }

  private void requireStarts(Quiz quiz) {
    var now = clock.instant();
    if (quiz.window().isAfter(now) || quiz.window().isTooLate(now)) {
      throw Problem.invalid("freshPapers", "extension.no-starts");
    }
  }

  @Override
  public UUID order(DSLContext dsl, Actor actor, String quizCode) {
    return order(dsl, actor, quizCode, null, false, "");
  }

  private UUID order(
      DSLContext dsl,
      Actor actor,
      String quizCode,
      @Nullable Instant since,
      boolean freshPapers,
      String reason) {
    var arguments = new DeadlineJob.Arguments(clock.instant(), since, freshPapers, reason);
    return jobs.order(
        dsl, deadlineJob, quizCode, actor.code(), deadlineJob.arguments(arguments), 0);
  }

  /**
   * Closes a quiz earlier than it says, or one that says nothing. While attempts run they hear of
   * it some time before.
   *
   * @param actor who does so
   * @param seen the revision that the actor has seen
   * @param wanted when; absent: as soon as may be
   * @return the job by which the deadlines follow
   */
  UUID close(Actor actor, Quiz quiz, int seen, Optional<Instant> wanted, String reason) {
    var job =
        quizzes.close(
            actor,
            quiz,
            seen,
            reason,
            (dsl, held) -> moment(dsl, held, wanted),
            dsl -> order(dsl, actor, quiz.code()));
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("reason", reason)
        .log("closed");
    return job;
  }

  private Instant moment(DSLContext dsl, Quiz quiz, Optional<Instant> wanted) {
    var now = clock.instant();
    if (quiz.window().isBefore(now)) {
      throw Problem.conflict("quiz-not-open", quiz.window().opens().orElseThrow().toString());
    }
    var soonest = deadlines.isAnyRunning(dsl, quiz.id()) ? now.plus(NOTICE) : now;
    var at = wanted.orElse(soonest);
    if (at.isBefore(soonest)) {
      throw Problem.invalid("at", "closing.too-soon", NOTICE.toSeconds());
    }
    if (quiz.window().closes().filter(closes -> !at.isBefore(closes)).isPresent()) {
      throw Problem.invalid("at", "closing.not-earlier");
    }
    return at;
  }
}
