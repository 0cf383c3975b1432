package yikao.access;

import java.time.Duration;
import java.util.Optional;

/**
 * So many at once, and as many again in each minute, evenly. What is left is counted in
 * nanoseconds: one costs a minute divided by how many there are. For several threads.
 */
final class Allowance {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final long cost;
  private final long most;
  private long left;
  private long asOf;

  /**
   * A full one.
   *
   * @param now nanoseconds by any clock that runs on, here and in each call
   */
  Allowance(int perMinute, long now) {
    this.cost = MINUTE / perMinute;
    this.most = cost * perMinute;
    this.left = most;
    this.asOf = now;
  }

  /**
   * Takes one.
   *
   * @return absent where it was taken; otherwise after how long there will be one
   */
  synchronized Optional<Duration> take(long now) {
    left = Math.min(most, left + Math.max(0, now - asOf));
    asOf = now;
    if (left < cost) {
      return Optional.of(Duration.ofNanos(cost - left));
    }
    left -= cost;
    return Optional.empty();
  }

  /** After how long there will be one; absent where there is one now. */
  synchronized Optional<Duration> waiting(long now) {
    var had = take(now);
    if (had.isEmpty()) {
      giveBack();
    }
    return had;
  }

  /** Gives one back that was taken and not used. */
  synchronized void giveBack() {
    left = Math.min(most, left + cost);
  }
}
