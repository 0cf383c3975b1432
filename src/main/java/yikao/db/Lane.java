package yikao.db;

import static yikao.db.jooq.Tables.LANE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A writer whose transactions become visible one after the other, so that whoever has seen a number
 * of a lane has seen all smaller ones that will ever be visible. Following by time or by one common
 * count would miss a transaction that commits late.
 *
 * <p>A thread that commits its transactions one after the other has a lane of its own, and counts
 * in memory; a rollback leaves a gap. All others share lane 0, whose count is a row that they hold
 * until they commit.
 */
public final class Lane {
  private static final long SHARED = 0;
  private static final Duration RENEWED = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final ThreadLocal<@Nullable Lane> OWN = new ThreadLocal<>();

  private final long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  private long number;

  /** When its row was last found, so that it was committed. */
  private Instant found = Instant.MIN;

  private @Nullable DSLContext inserting;

  private Lane() {}

  /**
   * Gives this thread a fresh lane. The thread commits one transaction after the other; where it
   * does not know whether one was committed it takes a fresh lane again, since that one may become
   * visible after the next.
   */
  static void enter() {
    OWN.set(new Lane());
  }

  /**
   * Takes numbers for what this transaction writes.
   *
   * @param count how many
   * @return the first
   */
  public static LanePosition next(DSLContext transaction, int count, Instant now) {
    var own = OWN.get();
    return own == null ? shared(transaction, count) : own.take(transaction, count, now);
  }

  private static LanePosition shared(DSLContext transaction, int count) {
    var last =
        transaction
            .update(LANE)
            .set(LANE.NUMBER, LANE.NUMBER.plus(count))
            .where(LANE.ID.eq(SHARED))
            .returningResult(LANE.NUMBER)
            .fetchSingle()
            .value1();
    return new LanePosition(SHARED, last - count + 1);
  }

  private LanePosition take(DSLContext transaction, int count, Instant now) {
    if (found.plus(RENEWED).isBefore(now)) {
      announce(transaction, now);
    }
    var first = number + 1;
    number += count;
    return new LanePosition(id, first);
  }

  /** Readers know the lane by its row; what inserted it may be rolled back, so it is looked for. */
  @SuppressWarnings("ReferenceEquality") // the very same transaction
  private void announce(DSLContext transaction, Instant now) {
    var updated = transaction.update(LANE).set(LANE.USED_AT, now).where(LANE.ID.eq(id)).execute();
    if (updated == 0) {
      transaction
          .insertInto(LANE)
          .set(LANE.ID, id)
          .set(LANE.NUMBER, 0L)
          .set(LANE.USED_AT, now)
          .execute();
      inserting = transaction;
    } else if (inserting != transaction) {
      found = now;
      inserting = null;
    }
  }

  /** The lanes that readers have to follow. */
  public static List<Long> all(DSLContext database) {
    return database.select(LANE.ID).from(LANE).orderBy(LANE.ID).fetch(LANE.ID);
  }

  /** Forgets lanes that nobody has used for a day. */
  public static void forget(DSLContext database, Instant now) {
    database
        .deleteFrom(LANE)
        .where(LANE.ID.ne(SHARED))
        .and(LANE.USED_AT.lt(now.minus(KEPT)))
        .execute();
  }
}
