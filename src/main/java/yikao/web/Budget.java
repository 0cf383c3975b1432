package yikao.web;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes that may be held at once. For several threads. */
final class Budget {
  private final AtomicLong used = new AtomicLong();
  private final long most;

  Budget(long most) {
    this.most = most;
  }

  /** Takes bytes, also beyond what there is; whether it was there. */
  boolean take(long bytes) {
    return used.addAndGet(bytes) <= most;
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Whether twice as much is held as should be. */
  boolean isFarBeyond() {
    return used.get() > 2 * most;
  }

  /** Bytes that are held now. */
  long used() {
    return used.get();
  }
}
