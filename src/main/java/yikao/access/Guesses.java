package yikao.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import yikao.web.Problem;

/**
 * Short secrets, as the last digits of a phone, guessed at: five wrong ones about one thing are
 * free, after each further one the next has to wait, twice as long each time, up to a quarter of an
 * hour. Counted by each node.
 */
@Singleton
public final class Guesses {
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** After so long without a guess they are forgotten. */
  private static final Duration KEPT = Duration.ofHours(1);

  private final Cache<String, Tries> tries =
      Caffeine.newBuilder().expireAfterAccess(KEPT).maximumSize(200_000).build();

  Guesses() {}

  /**
   * Makes a guess.
   *
   * @param about what is guessed at; it counts for each of these
   * @param guess what was guessed right; absent: wrong
   * @throws Problem {@code too-many-tries} where one has to wait; nothing is looked at then
   */
  public <R> Optional<R> of(List<String> about, Supplier<Optional<R>> guess) {
    var counted =
        about.stream()
            .map(what -> tries.get(what, _ -> new Tries(FREE, LONGEST)))
            .toArray(Tries[]::new);
    Tries.begin(counted, System.nanoTime());
    var right = guess.get();
    if (right.isPresent()) {
      for (var one : counted) {
        one.right();
      }
    }
    return right;
  }
}
