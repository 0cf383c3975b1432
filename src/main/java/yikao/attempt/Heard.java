package yikao.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import yikao.db.Dialect;
import yikao.db.NodeClock;
import yikao.db.Transactions;

/**
 * When a participant's phone was last heard of. A page that is shown asks how late it is after 35
 * seconds of silence at the latest. Known to the node that was asked alone, and so said only where
 * there is one.
 */
@Singleton
public final class Heard {
  /** A phone that is silent for longer is out of reach, or its screen is locked. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Cache<UUID, Instant> last =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).maximumSize(100_000).build();

  private final NodeClock clock;
  private final boolean isAlone;
  private final Instant since;

  Heard(NodeClock clock, Transactions transactions) {
    this.clock = clock;
    this.isAlone = Dialect.of(transactions.read()) == Dialect.H2;
    this.since = clock.instant();
  }

  void from(UUID attempt) {
    last.put(attempt, clock.instant());
  }

  /** Whether a running attempt's phone is silent for long; false where that is not known. */
  public boolean isSilent(Attempt attempt) {
    if (!isAlone || attempt.isEnded()) {
      return false;
    }
    var heard =
        Optional.ofNullable(last.getIfPresent(attempt.id()))
            .orElse(attempt.startedAt().isAfter(since) ? attempt.startedAt() : since);
    return heard.plus(SILENCE).isBefore(clock.instant());
  }
}
