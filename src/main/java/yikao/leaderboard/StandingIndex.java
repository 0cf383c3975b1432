package yikao.leaderboard;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import yikao.participant.Branch;

/**
 * The standings of one leaderboard in their order, in memory: about 60 bytes each. A rank, a page
 * and a change cost about the same whether there are ten thousand or a million.
 *
 * <p>One thread writes, in steps of some microseconds; what a reader gets was all there at one
 * moment.
 */
final class StandingIndex {
  private final StampedLock lock = new StampedLock();
  private final Slots slots = new Slots();
  private final SlotMap map = new SlotMap(slots);
  private final SlotOrder order = new SlotOrder(slots);
  private final BranchTotals totals = new BranchTotals();
  private long version;

  /** A participant's standing, to be ranked. */
  record Ranking(UUID participant, Branch branch, Standing standing) {}

  /**
   * A row in its place.
   *
   * @param rank counted from 1; equal for those equal in all
   */
  record Ranked(long rank, Ranking row) {}

  /**
   * A part of the order.
   *
   * @param total how many there are in all
   */
  record Part(long total, List<Ranked> rows) {}

  /**
   * Totals of branches.
   *
   * @param version of the index; the same version has the same totals
   */
  record Totals(long version, List<BranchTotals.Total> branches) {}

  /** Fills an index that nobody reads yet: adds a row, out of order, until {@link #sort}. */
  void load(Ranking row) {
    if (map.isFull()) {
      map.take(map.larger());
    }
    var slot = store(row);
    totals.add(slots.branch(slot), slots.score(slot));
  }

  /** Ends the filling. */
  void sort() {
    order.build(map.size());
  }

  private int store(Ranking row) {
    var slot = slots.add(row.participant(), totals.number(row.branch()), row.standing());
    map.put(row.participant(), slot);
    return slot;
  }

  /** Adds a row, or moves its participant to where the row now belongs. */
  void put(Ranking row) {
    // the one writer may prepare beside the readers what takes longer
    var larger = map.isFull() ? map.larger() : null;
    var stamp = lock.writeLock();
    try {
      if (larger != null) {
        map.take(larger);
      }
      var before = map.find(row.participant());
      if (before >= 0 && slots.holds(before, totals.number(row.branch()), row.standing())) {
        return;
      }
      if (before >= 0) {
        takeOut(before);
      }
      var slot = store(row);
      order.insert(slot);
      totals.add(slots.branch(slot), slots.score(slot));
      version++;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Removes a participant, if there. */
  void remove(UUID participant) {
    var stamp = lock.writeLock();
    try {
      var slot = map.find(participant);
      if (slot >= 0) {
        map.remove(participant);
        takeOut(slot);
        version++;
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void takeOut(int slot) {
    order.remove(slot);
    totals.subtract(slots.branch(slot), slots.score(slot));
    slots.free(slot);
  }

  private <R> R read(Supplier<R> reading) {
    var stamp = lock.readLock();
    try {
      return reading.get();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** How many there are. */
  int size() {
    return read(map::size);
  }

  /** Counts changes. */
  long version() {
    return read(() -> version);
  }

  /** Those from an offset on. */
  Part page(int offset, int limit) {
    return read(() -> part(offset, limit));
  }

  /** A participant and so many before and after; none where the participant is not there. */
  Part around(UUID participant, int neighbours) {
    return read(() -> {
      var slot = map.find(participant);
      if (slot < 0) {
        return new Part(map.size(), List.of());
      }
      var before = order.before(slot);
      var offset = Math.max(0, before - neighbours);
      return part(offset, before - offset + 1 + neighbours);
    });
  }

  private Part part(int offset, int limit) {
    var rows = new ArrayList<Ranked>();
    var before = new int[] {-1};
    order.forEach(
        offset,
        limit,
        slot -> {
          rows.add(new Ranked(rank(rows, offset, before[0], slot), row(slot)));
          before[0] = slot;
        });
    return new Part(map.size(), rows);
  }

  /** The rank of the next row of a part, by the one before it. */
  private long rank(List<Ranked> rows, int offset, int before, int slot) {
    if (before < 0) {
      return order.better(slot) + 1L;
    }
    return slots.compareStandings(before, slot) == 0
        ? rows.getLast().rank()
        : offset + rows.size() + 1L;
  }

  private Ranking row(int slot) {
    return new Ranking(
        slots.participant(slot), totals.branch(slots.branch(slot)), slots.standing(slot));
  }

  /** The totals of all branches that somebody takes part in. */
  Totals totals() {
    return read(() -> new Totals(version, totals.all()));
  }
}
