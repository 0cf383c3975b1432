package yikao.access;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import yikao.web.Problem;

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
   * Counts a try as wrong before it is looked at, since a thousand at once are a thousand; not
   * where one of these has to wait, since nothing is looked at then.
   *
   * @throws Problem {@code too-many-tries}
   */
  static void begin(Tries[] counted, long now) {
    var left = Stream.of(counted).flatMap(of -> of.left(now).stream()).findFirst();
    for (var i = 0; i < counted.length && left.isEmpty(); i++) {
      left = counted[i].wrong(now); // another may just have been faster
      for (var j = 0; j < i && left.isPresent(); j++) {
        counted[j].right();
      }
    }
    if (left.isPresent()) {
      throw Problem.retryLater(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-tries",
          left.get().plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS));
    }
  }

  /**
   * A wrong try.
   *
   * @param now nanoseconds by any clock that runs on
   * @return how long to wait still, where it came too early
   */
  synchronized Optional<Duration> wrong(long now) {
    var left = left(now);
    if (left.isPresent()) {
      return left;
    }
    wrong = Math.min(wrong + 1, free + MOST_DOUBLINGS);
    asOf = now;
    delay = wrong <= free ? 0 : Math.min(longest, FIRST << (wrong - free - 1));
    return Optional.empty();
  }

  /** How long to wait still before the next try. */
  synchronized Optional<Duration> left(long now) {
    var left = delay - (now - asOf);
    return delay > 0 && left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
  }

  /** The last try was none: what was counted was counted before it was looked at. */
  synchronized void right() {
    wrong = Math.max(0, wrong - 1);
    if (wrong <= free) {
      delay = 0;
    }
  }
}
