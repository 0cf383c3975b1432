package yikao.load;

import java.time.Duration;

/** When a run warms up, when it is measured, and when it is over; in nanoseconds of the JVM. */
record Phase(long measuredFrom, long measuredTo) {
  static Phase from(long now, Duration warmUp, Duration measured) {
    var from = now + warmUp.toNanos();
    return new Phase(from, from + measured.toNanos());
  }

  boolean measures(long now) {
    return now - measuredFrom >= 0 && now - measuredTo < 0;
  }

  boolean isOver(long now) {
    return now - measuredTo >= 0;
  }
}
