package yikao.attempt;

import static java.util.Objects.requireNonNull;
import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.EXTENSION;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/** More time for all attempts of a quiz, after an outage; reopens those that expired meanwhile. */
@Singleton
final class Extensions {
  private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);
  private final Transactions transactions;
  private final AttemptStore store;
  private final MarkingStore markings;
  private final ResultNews news;
  private final NodeClock clock;
  private final Quizzes quizzes;

  Extensions(
      Transactions transactions,
      AttemptStore store,
      MarkingStore markings,
      ResultNews news,
      NodeClock clock,
      Quizzes quizzes) {
    this.transactions = transactions;
    this.store = store;
    this.markings = markings;
    this.news = news;
    this.clock = clock;
    this.quizzes = quizzes;
  }

  /** How many attempts got more time, and how many of them run again. */
  record Extended(int extended, int reopened) {}

  /**
   * Extends, in one transaction.
   *
   * @param known how many extensions the editor has seen, so that a repeated request does not
   *     extend twice
   */
  Extended extend(Quiz quiz, Duration by, Instant since, int known, String reason) {
    var extended = transactions.write(dsl -> extend(dsl, quiz, by, since, known, reason));
    quizzes.changed(quiz.code());
    LOG.atInfo()
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("minutes", by.toMinutes())
        .addKeyValue("extended", extended.extended())
        .addKeyValue("reopened", extended.reopened())
        .log("extended");
    return extended;
  }

  private Extended extend(
      DSLContext dsl, Quiz quiz, Duration by, Instant since, int known, String reason) {
    dsl.select(QUIZ.ID).from(QUIZ).where(QUIZ.ID.eq(quiz.id())).forUpdate().fetch();
    var number = dsl.fetchCount(EXTENSION, EXTENSION.QUIZ_ID.eq(quiz.id())) + 1;
    if (number - 1 != known) {
      throw Problem.conflict("extension.stale", number - 1);
    }
    dsl.insertInto(EXTENSION)
        .set(EXTENSION.QUIZ_ID, quiz.id())
        .set(EXTENSION.NUMBER, number)
        .set(EXTENSION.MINUTES, (int) by.toMinutes())
        .set(EXTENSION.SINCE, since)
        .set(EXTENSION.REASON, reason)
        .set(EXTENSION.CREATED_AT, clock.instant())
        .execute();
    dsl.update(QUIZ)
        .set(QUIZ.EXTENDED_MINUTES, QUIZ.EXTENDED_MINUTES.plus((int) by.toMinutes()))
        .where(QUIZ.ID.eq(quiz.id()))
        .execute();
    var attempts = new HashMap<>(store.lock(dsl, concerned(dsl, quiz, since)));
    // some may have ended, and others started, before they were locked
    attempts.keySet().retainAll(new HashSet<>(concerned(dsl, quiz, since)));
    attempts.values().removeIf(a -> !isUseful(a, by));
    var rows = new AttemptRows();
    var reopened = new ArrayList<Attempt>();
    var versions = store.load(dsl, attempts.keySet());
    AttemptStore.inOrder(attempts.values())
        .forEach(attempt -> {
          var deadline = attempt.deadline().orElseThrow().plus(by);
          var later = attempt.reopened(deadline, deadline.plus(quiz.grace()));
          rows.deadline(later);
          if (attempt.state().isEnded()) {
            reopened.add(later);
            rows.reopened(later);
            // none of its earlier versions, which other nodes may still have in mind
            rows.newProgress(later, ThreadLocalRandom.current().nextInt(1 << 20, 1 << 30));
          } else {
            rows.expiry(later, requireNonNull(versions.get(attempt.id())).version());
          }
        });
    var ids = reopened.stream().map(Attempt::id).toList();
    markings.deletePersonMarks(dsl, ids);
    markings.insertFormerMarkings(
        dsl, ids.stream().map(id -> requireNonNull(attempts.get(id))).toList(), clock.instant());
    rows.write(dsl);
    news.tellAll(dsl, reopened);
    return new Extended(attempts.size(), reopened.size());
  }

  /** Whether there would be time left. */
  private boolean isUseful(Attempt attempt, Duration by) {
    return !attempt.state().isEnded()
        || attempt.deadline().orElseThrow().plus(by).isAfter(clock.instant());
  }

  /** Running attempts with a deadline, and the last attempts that expired since the outage. */
  private static List<UUID> concerned(DSLContext dsl, Quiz quiz, Instant since) {
    var later = ATTEMPT.as("later");
    return dsl.select(ATTEMPT.ID)
        .from(ATTEMPT)
        .leftJoin(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID))
        .where(ATTEMPT.QUIZ_ID.eq(quiz.id()))
        .and(ATTEMPT.DEADLINE.isNotNull())
        .and(
            RESULT
                .STATE
                .isNull()
                .or(
                    RESULT
                        .STATE
                        .eq(AttemptState.EXPIRED.code())
                        .and(RESULT.ENDED_AT.ge(since))
                        .andNotExists(
                            DSL.selectOne()
                                .from(later)
                                .where(later.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
                                .and(later.PARTICIPANT_ID.eq(ATTEMPT.PARTICIPANT_ID))
                                .and(later.NUMBER.gt(ATTEMPT.NUMBER)))))
        .fetch(ATTEMPT.ID);
  }
}
