package yikao.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a run is measured and when it is over: after a time, or after so many attempts.
 *
 * @param measuredFrom in nanoseconds of the JVM
 * @param measuredTo in nanoseconds of the JVM
 * @param left attempts that may still begin
 * @param counted whether the attempts, not the time, end it
 */
record Phase(long measuredFrom, long measuredTo, AtomicLong left, boolean counted) {
  /** A warm-up and a measured time. */
  static Phase from(long now, Duration warmUp, Duration measured) {
    var from = now + warmUp.toNanos();
    return new Phase(from, from + measured.toNanos(), new AtomicLong(Long.MAX_VALUE), false);
  }

  /** So many attempts, all of them measured, within a day. */
  static Phase of(long now, long attempts) {
    return new Phase(now, now + Duration.ofDays(1).toNanos(), new AtomicLong(attempts), true);
  }

  boolean measures(long now) {
    return now - measuredFrom >= 0 && now - measuredTo < 0;
  }

  /** Whether another attempt may begin, which then counts. */
  boolean admits(long now) {
    return now - measuredTo < 0 && left.getAndDecrement() > 0;
  }

  /** Waits for the end of what is measured. */
  void awaitEnd(List<Thread> threads) throws InterruptedException {
    if (counted) {
      for (var thread : threads) {
        thread.join();
      }
    } else {
      Measured.await(measuredTo);
    }
  }
}
