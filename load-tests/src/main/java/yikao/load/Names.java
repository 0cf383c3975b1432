package yikao.load;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Idempotency keys: each stands for a participant of its own. */
final class Names {
  private static final String RUN =
      Long.toHexString(new SecureRandom().nextLong() | Long.MIN_VALUE);
  private static final AtomicLong LAST = new AtomicLong(1_000_000_000);

  private Names() {}

  static String next() {
    return RUN + LAST.incrementAndGet();
  }
}
