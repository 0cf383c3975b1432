package yikao.db;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Identifiers of version 7 (RFC 9562, 5.7): in the order of time, with 74 random bits. */
public final class UuidV7 {
  private static final SecureRandom RANDOM = new SecureRandom();

  private UuidV7() {}

  /** A fresh one of this moment, in milliseconds. */
  public static UUID at(Instant now) {
    var most = (now.toEpochMilli() << 16) | 0x7000 | RANDOM.nextInt(0x1000);
    var least = (RANDOM.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(most, least);
  }
}
