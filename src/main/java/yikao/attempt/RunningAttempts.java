package yikao.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.attempt.AttemptEntry.Existing;
import yikao.attempt.AttemptStore.Loaded;

/**
 * Running attempts as this node has last committed them, so that a save or a submission needs to
 * read nothing.
 *
 * <p>Another node may have written since. So it is used only for entries that then write the
 * attempt: they name the version that they have seen, find no row where it is not the newest, and
 * are decided again on what the database holds. Whoever changes anything about a running attempt,
 * its token or its deadline included, takes the next version.
 */
@Singleton
final class RunningAttempts {
  private static final int MOST = 5_000;

  private final Cache<UUID, Loaded> cache = Caffeine.newBuilder().maximumSize(MOST).build();

  /**
   * An attempt, where all these entries about it would go through.
   *
   * @param entries in the order in which they are decided
   */
  Optional<Loaded> find(UUID id, List<Existing<?>> entries) {
    return Optional.ofNullable(cache.getIfPresent(id))
        .filter(
            known -> entries.stream().allMatch(e -> AttemptRules.goesThrough(e, known.attempt())));
  }

  /** Keeps a running attempt as it was committed. */
  void keep(Loaded loaded) {
    cache.put(loaded.attempt().id(), loaded);
  }

  /** The database may hold something newer. */
  void forget(Collection<UUID> ids) {
    cache.invalidateAll(ids);
  }
}
