package yikao.web;

import java.time.Instant;

/** The moments that may be named: what lies beyond is a slip, and no database holds all of it. */
public final class Moments {
  /** The first of them. */
  static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

  /** The last of them. */
  static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  private Moments() {}

  /** Whether a moment may be named. */
  static boolean isWithin(Instant moment) {
    return !moment.isBefore(FIRST) && !moment.isAfter(LAST);
  }

  /** A moment that may be named; the nearest one where it may not. */
  public static Instant within(Instant moment) {
    if (isWithin(moment)) {
      return moment;
    }
    return moment.isBefore(FIRST) ? FIRST : LAST;
  }
}
