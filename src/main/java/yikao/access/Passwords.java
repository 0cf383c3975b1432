package yikao.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import yikao.web.Problem;

/**
 * Passwords as they are stored: Argon2id (RFC 9106) with 19 MiB, two passes and one lane, which is
 * what OWASP's cheat sheet on password storage names first. Two are computed at a time, so that a
 * crowd at the door takes neither the heap nor the cores.
 */
@Singleton
final class Passwords {
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AT_ONCE = 2;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

  private final Argon2Function function =
      Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, HASH_BYTES, Argon2.ID);
  private final Semaphore computing = new Semaphore(AT_ONCE, true);

  /** What a password is stored as. */
  String hash(String password) {
    begin();
    try {
      return Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult();
    } finally {
      computing.release();
    }
  }

  /** Whether this is the password. */
  boolean matches(String password, String hash) {
    begin();
    try {
      return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    } finally {
      computing.release();
    }
  }

  private void begin() {
    try {
      if (!computing.tryAcquire(RETRY_AFTER.toSeconds(), TimeUnit.SECONDS)) {
        throw Problem.unavailable("overloaded", RETRY_AFTER);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("overloaded", RETRY_AFTER);
    }
  }
}
