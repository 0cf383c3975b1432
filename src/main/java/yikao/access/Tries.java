package yikao.access;

import java.time.Duration;
import java.util.Optional;

/**
 * Wrong tries of one address, or for one account: some are free, and after each further one the
 * next has to wait, twice as long each time. What is tried before that is not counted. For several
 * threads.
 */
final class Tries {
  private static final long FIRST = Duration.ofSeconds(1).toNanos();

  /** Doublings that lead beyond any delay. */
  private static final int MOST_DOUBLINGS = 20;

  private final int free;
  private final long longest;
  private int wrong;
  private long asOf;
  private long delay;

  /**
   * None so far.
   *
   * @param free how many need no delay
   * @param longest the longest delay
   */
  Tries(int free, Duration longest) {
    this.free = free;
    this.longest = longest.toNanos();
  }

  /**
   * A wrong try.
   *
   * @param now nanoseconds by any clock that runs on
   * @return how long to wait still, where it came too early
   */
  synchronized Optional<Duration> wrong(long now) {
    var left = delay - (now - asOf);
    if (delay > 0 && left > 0) {
      return Optional.of(Duration.ofNanos(left));
    }
    wrong = Math.min(wrong + 1, free + MOST_DOUBLINGS);
    asOf = now;
    delay = wrong <= free ? 0 : Math.min(longest, FIRST << (wrong - free - 1));
    return Optional.empty();
  }

  /** The last try was none: what was counted was counted before it was looked at. */
  synchronized void right() {
    wrong = Math.max(0, wrong - 1);
    if (wrong <= free) {
      delay = 0;
    }
  }
}
