package yikao.attempt;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.EXTENSION;
import static yikao.db.jooq.Tables.QUIZ;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.quiz.Quiz;

/** More time for all attempts of a quiz, after an outage; reopens those that expired meanwhile. */
@Singleton
final class Extensions {
  private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);
  private final Transactions transactions;
  private final AttemptStore store;
  private final Amendments amendments;
  private final NodeClock clock;

  Extensions(
      Transactions transactions, AttemptStore store, Amendments amendments, NodeClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.amendments = amendments;
    this.clock = clock;
  }

  /** How many attempts got more time, and how many of them run again. */
  record Extended(int extended, int reopened) {}

  /** Extends, in one transaction. */
  Extended extend(Quiz quiz, Duration by, Instant since, String reason) {
    var extended = transactions.write(dsl -> extend(dsl, quiz, by, since, reason));
    LOG.atInfo()
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("minutes", by.toMinutes())
        .addKeyValue("extended", extended.extended())
        .addKeyValue("reopened", extended.reopened())
        .log("extended");
    return extended;
  }

  private Extended extend(DSLContext dsl, Quiz quiz, Duration by, Instant since, String reason) {
    dsl.select(QUIZ.ID).from(QUIZ).where(QUIZ.ID.eq(quiz.id())).forUpdate().fetch();
    var number = dsl.fetchCount(EXTENSION, EXTENSION.QUIZ_ID.eq(quiz.id())) + 1;
    dsl.insertInto(EXTENSION)
        .set(EXTENSION.QUIZ_ID, quiz.id())
        .set(EXTENSION.NUMBER, number)
        .set(EXTENSION.MINUTES, (int) by.toMinutes())
        .set(EXTENSION.SINCE, since)
        .set(EXTENSION.REASON, reason)
        .set(EXTENSION.CREATED_AT, clock.instant())
        .execute();
    var attempts = store.lock(dsl, concerned(dsl, quiz, since)).values();
    var next = new ArrayList<Attempt>();
    var reopened = new ArrayList<Attempt>();
    for (var attempt : attempts) {
      var deadline = attempt.deadline().orElseThrow().plus(by);
      var later = attempt.reopened(deadline, deadline.plus(quiz.grace()));
      next.add(later);
      if (attempt.state().isEnded()) {
        reopened.add(later);
      }
    }
    store.insertFormerMarkings(
        dsl, attempts.stream().filter(a -> a.state().isEnded()).toList(), clock.instant());
    store.insertProgress(
        dsl, reopened.stream().filter(a -> !a.responses().byNumber().isEmpty()).toList());
    store.updateOutcomes(dsl, next);
    amendments.tell(dsl, reopened);
    return new Extended(next.size(), reopened.size());
  }

  /** Running attempts with a deadline, and the last attempts that expired since the outage. */
  private static List<UUID> concerned(DSLContext dsl, Quiz quiz, Instant since) {
    var later = ATTEMPT.as("later");
    return dsl.select(ATTEMPT.ID)
        .from(ATTEMPT)
        .where(ATTEMPT.QUIZ_ID.eq(quiz.id()))
        .and(ATTEMPT.DEADLINE.isNotNull())
        .and(
            ATTEMPT
                .STATE
                .eq(AttemptState.RUNNING.code())
                .or(
                    ATTEMPT
                        .STATE
                        .eq(AttemptState.EXPIRED.code())
                        .and(ATTEMPT.ENDED_AT.ge(since))
                        .andNotExists(
                            DSL.selectOne()
                                .from(later)
                                .where(later.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
                                .and(later.PARTICIPANT_ID.eq(ATTEMPT.PARTICIPANT_ID))
                                .and(later.NUMBER.gt(ATTEMPT.NUMBER)))))
        .fetch(ATTEMPT.ID);
  }
}
