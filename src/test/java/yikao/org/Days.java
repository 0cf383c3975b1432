package yikao.org;

import java.time.Clock;
import java.time.ZoneId;

/** Days for tests. */
final class Days {
  private Days() {}

  /** The machine's clock. */
  static Today today() {
    return new Today(Clock.systemUTC(), ZoneId.of("Asia/Shanghai"));
  }
}
