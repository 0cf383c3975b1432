package yikao.leaderboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import yikao.db.SequencePosition;

/**
 * What this node has written in the last seconds and the index may not show yet. By it a reader
 * knows whether waiting for the next poll is worth it: always for those who have just changed their
 * own standing; for others only on a leaderboard that changes seldom, since a busy one is never at
 * rest.
 */
@Singleton
final class LocalChanges {
  private static final Duration KEPT = Duration.ofSeconds(2);
  private static final int BUSY = 100;

  private final Cache<UUID, SequencePosition> participants =
      Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(50_000).build();
  private final Cache<Long, Noted> boards =
      Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(10_000).build();

  /** The changes of one leaderboard: how far in each sequence, and how many in this second. */
  private static final class Noted {
    private final Map<Long, Long> last = new HashMap<>();
    private long second;
    private int now;
    private int before;

    synchronized Noted add(SequencePosition position, int count) {
      last.merge(position.sequence(), position.number(), Math::max);
      turn();
      now += count;
      return this;
    }

    private void turn() {
      var current = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
      if (current != second) {
        before = current == second + 1 ? now : 0;
        now = 0;
        second = current;
      }
    }

    synchronized boolean isBusy() {
      turn();
      return now + before >= BUSY;
    }

    synchronized boolean isBeyond(Map<Long, Long> positions) {
      return last.entrySet().stream()
          .anyMatch(e -> e.getValue() > positions.getOrDefault(e.getKey(), 0L));
    }
  }

  /** Notes what a transaction is about to change; it may still be rolled back. */
  void note(long leaderboard, SequencePosition position, Collection<UUID> who) {
    who.forEach(id -> participants.put(id, position));
    boards
        .asMap()
        .compute(
            leaderboard,
            (_, noted) -> (noted == null ? new Noted() : noted).add(position, who.size()));
  }

  /**
   * Whether a reader should wait for changes that an index at these positions does not show.
   *
   * @param me the reader, where known
   */
  boolean concern(long leaderboard, Optional<UUID> me, Map<Long, Long> positions) {
    var noted = boards.getIfPresent(leaderboard);
    if (noted == null || !noted.isBeyond(positions)) {
      return false;
    }
    return !noted.isBusy()
        || me.map(participants::getIfPresent)
            .filter(p -> p.number() > positions.getOrDefault(p.sequence(), 0L))
            .isPresent();
  }
}
