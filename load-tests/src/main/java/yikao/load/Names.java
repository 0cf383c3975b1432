package yikao.load;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Idempotency keys: each stands for a participant of its own. */
final class Names {
  private static final String RUN = random();
  private static final AtomicLong LAST = new AtomicLong(1_000_000_000);

  private Names() {}

  private static String random() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String next() {
    return RUN + LAST.incrementAndGet();
  }
}
