package yikao.db;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A periodic task of the tests, which counts its runs. */
final class Ticking implements PeriodicTask {
  final AtomicInteger runs = new AtomicInteger();
  private final boolean wanted;
  private final boolean forOneNode;

  /** Whether a run goes on until it may not. */
  volatile boolean isLong;

  /** Whether a run is under way. */
  volatile boolean isRunning;

  Ticking(boolean wanted, boolean forOneNode) {
    this.wanted = wanted;
    this.forOneNode = forOneNode;
  }

  @Override
  public String name() {
    return "ticking";
  }

  @Override
  public Duration interval() {
    return Duration.ofMillis(5);
  }

  @Override
  public boolean isWanted() {
    return wanted;
  }

  @Override
  public boolean isForOneNode() {
    return forOneNode;
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    isRunning = true;
    runs.incrementAndGet();
    while (isLong && mayGoOn.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
    isRunning = false;
  }
}
