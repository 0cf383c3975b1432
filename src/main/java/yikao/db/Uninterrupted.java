package yikao.db;

import java.util.concurrent.CountDownLatch;

/** Waiting that goes on when the thread is interrupted, and keeps the interrupt for later. */
final class Uninterrupted {
  private interface Waiting {
    void await() throws InterruptedException;
  }

  private Uninterrupted() {}

  /** Until a thread has ended; one that was never started has. */
  static void join(Thread thread) {
    await(thread::join);
  }

  /** Until a latch is open. */
  static void await(CountDownLatch latch) {
    await(latch::await);
  }

  private static void await(Waiting waiting) {
    var interrupted = false;
    while (true) {
      try {
        waiting.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
