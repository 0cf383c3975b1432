package yikao.browser;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import yikao.attempt.AttemptEvent;
import yikao.attempt.AttemptListener;
import yikao.db.StatementBatch;

/** Holds the writing up, so that the queue fills as it does when too many come at once. */
@Singleton
@Requires(property = "test.stall")
final class Stall implements AttemptListener {
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile boolean holding;

  /** The next group is held, and what comes after it. */
  void hold() {
    held = new CountDownLatch(1);
  }

  /** Everything goes on. */
  void release() {
    held.countDown();
  }

  /** Whether a group is being held. */
  boolean isHolding() {
    return holding;
  }

  @Override
  public void happened(List<AttemptEvent> events, StatementBatch changes) {
    try {
      holding = held.getCount() > 0;
      held.await();
      holding = false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
