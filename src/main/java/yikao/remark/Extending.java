package yikao.remark;

import static yikao.db.jooq.Tables.EXTENSION;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.db.Jobs;
import yikao.db.NodeClock;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;

/** More time for all attempts of a quiz, after an outage; reopens those that expired meanwhile. */
@Singleton
final class Extending {
  private static final Logger LOG = LoggerFactory.getLogger(Extending.class);
  private final Quizzes quizzes;
  private final Jobs jobs;
  private final ExtensionJob extension;
  private final NodeClock clock;

  Extending(Quizzes quizzes, Jobs jobs, ExtensionJob extension, NodeClock clock) {
    this.quizzes = quizzes;
    this.jobs = jobs;
    this.extension = extension;
    this.clock = clock;
  }

  /**
   * An extension.
   *
   * @param by whole minutes
   * @param since attempts that expired from then on run again
   */
  record Extension(Duration by, Instant since, String reason) {}

  /**
   * Orders an extension.
   *
   * @param actor who does so
   * @param known how many extensions the actor has seen, so that a repeated request does not extend
   *     twice
   * @return the job that extends
   */
  UUID extend(Actor actor, Quiz quiz, Extension wanted, int known) {
    var job =
        quizzes.extend(
            quiz,
            wanted.by(),
            known,
            (dsl, number) -> {
              insert(dsl, actor, quiz, number, wanted);
              return jobs.order(
                  dsl,
                  extension,
                  quiz.code(),
                  actor.code(),
                  extension.arguments(wanted, clock.instant()),
                  0);
            });
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("minutes", wanted.by().toMinutes())
        .log("extended");
    return job;
  }

  private void insert(DSLContext dsl, Actor actor, Quiz quiz, int number, Extension wanted) {
    dsl.insertInto(EXTENSION)
        .set(EXTENSION.QUIZ_ID, quiz.id())
        .set(EXTENSION.NUMBER, number)
        .set(EXTENSION.MINUTES, (int) wanted.by().toMinutes())
        .set(EXTENSION.SINCE, wanted.since())
        .set(EXTENSION.REASON, wanted.reason())
        .set(EXTENSION.ACTOR, actor.code())
        .set(EXTENSION.CREATED_AT, clock.instant())
        .execute();
  }
}
