package yikao.db;

import static yikao.db.jooq.Tables.COMMIT_SEQUENCE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A writer whose transactions become visible one after the other, so that whoever has seen a number
 * of a sequence has seen all smaller ones that will ever be visible. Following by time or by one
 * common count would miss a transaction that commits late.
 *
 * <p>A thread that commits its transactions one after the other has a sequence of its own, and
 * counts in memory; a rollback leaves a gap. All others share sequence 0, whose count is a row that
 * they hold until they commit.
 */
public final class CommitSequence {
  private static final long SHARED = 0;
  private static final Duration RENEWED = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final ThreadLocal<@Nullable CommitSequence> OWN = new ThreadLocal<>();

  private final long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  private long number;

  /** When its row was last found, so that it was committed. */
  private Instant found = Instant.MIN;

  private @Nullable DSLContext inserting;

  private CommitSequence() {}

  /**
   * Gives this thread a fresh sequence. The thread commits one transaction after the other; where
   * it does not know whether one was committed it takes a fresh sequence again, since that one may
   * become visible after the next.
   */
  static void enter() {
    OWN.set(new CommitSequence());
  }

  /**
   * Takes numbers for what this transaction writes.
   *
   * @param count how many
   * @return the first
   */
  public static SequencePosition next(DSLContext transaction, int count, Instant now) {
    var own = OWN.get();
    return own == null ? shared(transaction, count) : own.take(transaction, count, now);
  }

  private static SequencePosition shared(DSLContext transaction, int count) {
    var last =
        transaction
            .update(COMMIT_SEQUENCE)
            .set(COMMIT_SEQUENCE.NUMBER, COMMIT_SEQUENCE.NUMBER.plus(count))
            .where(COMMIT_SEQUENCE.ID.eq(SHARED))
            .returningResult(COMMIT_SEQUENCE.NUMBER)
            .fetchSingle()
            .value1();
    return new SequencePosition(SHARED, last - count + 1);
  }

  private SequencePosition take(DSLContext transaction, int count, Instant now) {
    if (found.plus(RENEWED).isBefore(now)) {
      announce(transaction, now);
    }
    var first = number + 1;
    number += count;
    return new SequencePosition(id, first);
  }

  /**
   * Readers know the sequence by its row; what inserted it may be rolled back, so it is looked for.
   */
  @SuppressWarnings("ReferenceEquality") // the very same transaction
  private void announce(DSLContext transaction, Instant now) {
    var updated =
        transaction
            .update(COMMIT_SEQUENCE)
            .set(COMMIT_SEQUENCE.USED_AT, now)
            .where(COMMIT_SEQUENCE.ID.eq(id))
            .execute();
    if (updated == 0) {
      transaction
          .insertInto(COMMIT_SEQUENCE)
          .set(COMMIT_SEQUENCE.ID, id)
          .set(COMMIT_SEQUENCE.NUMBER, 0L)
          .set(COMMIT_SEQUENCE.USED_AT, now)
          .execute();
      inserting = transaction;
    } else if (inserting != transaction) {
      found = now;
      inserting = null;
    }
  }

  /** The sequences that readers have to follow. */
  public static List<Long> all(DSLContext database) {
    return database
        .select(COMMIT_SEQUENCE.ID)
        .from(COMMIT_SEQUENCE)
        .orderBy(COMMIT_SEQUENCE.ID)
        .fetch(COMMIT_SEQUENCE.ID);
  }

  /** Forgets sequences that nobody has used for a day. */
  public static void forget(DSLContext database, Instant now) {
    database
        .deleteFrom(COMMIT_SEQUENCE)
        .where(COMMIT_SEQUENCE.ID.ne(SHARED))
        .and(COMMIT_SEQUENCE.USED_AT.lt(now.minus(KEPT)))
        .execute();
  }
}
