package yikao.leaderboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import yikao.db.Transactions;

/**
 * The names that leaderboards show: those that the standings were earned with. Kept for less than a
 * second, since staff may correct one.
 */
@Singleton
final class StandingNames {
  private static final Duration KEPT = Duration.ofMillis(900);

  private record Line(long leaderboard, UUID participant) {}

  private final Transactions transactions;
  private final StandingStore store;
  private final Cache<Line, String> known =
      Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(10_000).build();

  StandingNames(Transactions transactions, StandingStore store) {
    this.transactions = transactions;
    this.store = store;
  }

  /** The names of participants on a leaderboard. */
  Map<UUID, String> of(long leaderboard, Collection<UUID> participants) {
    var names = new HashMap<UUID, String>();
    known
        .getAllPresent(
            participants.stream().map(p -> new Line(leaderboard, p)).collect(Collectors.toSet()))
        .forEach((line, name) -> names.put(line.participant(), name));
    var missing = participants.stream().filter(id -> !names.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      var read = store.names(transactions.read(), leaderboard, missing);
      read.forEach((id, name) -> known.put(new Line(leaderboard, id), name));
      names.putAll(read);
    }
    return names;
  }
}
