package yikao.sitting;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import yikao.db.NodeClock;
import yikao.db.Transactions;

/** The open sessions by their codes, through a cache that notices a change soon. */
@Singleton
final class OpenSittings {
  /** How old a cached one may be; another node's change is seen by then. */
  private static final Duration FRESH = Duration.ofMillis(700);

  private static final Pattern CODE = Pattern.compile("[0-9]{6}");

  private final NodeClock clock;
  private final LoadingCache<String, Optional<Sitting>> byCode;

  OpenSittings(Transactions transactions, NodeClock clock) {
    this.clock = clock;
    this.byCode =
        Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(FRESH)
            .build(code -> SittingStore.find(transactions.read(), code));
  }

  /** The open session of a code; absent also where it is no code. */
  Optional<Sitting> find(String code) {
    return CODE.matcher(code).matches()
        ? byCode.get(code).filter(s -> clock.instant().isBefore(s.closesAt()))
        : Optional.empty();
  }

  /** That the session of a code was opened, changed or ended here. */
  void changed(Sitting sitting) {
    sitting.code().ifPresent(byCode::invalidate);
  }
}
