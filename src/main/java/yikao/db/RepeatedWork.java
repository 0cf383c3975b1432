package yikao.db;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same again and again: at intervals, or at once when somebody waits for it.
 * It is never interrupted. A failure does not end it; while the database is disconnected that is
 * said once.
 */
public final class RepeatedWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);

  /** What is done in each round. */
  public interface Work {
    /**
     * One round.
     *
     * @param mayGoOn asked before each piece of something long; not where the service stops
     */
    void round(BooleanSupplier mayGoOn);
  }

  private final String name;
  private final Duration interval;
  private final Work work;
  private final Runnable atEnd;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private final Condition done = lock.newCondition();
  private boolean stopped;
  private boolean wanted;
  private boolean failing;
  private long begun;
  private long succeeded;

  /**
   * Work that is to be started.
   *
   * @param interval from the end of a round to the next
   * @param atEnd done after the last round
   */
  public RepeatedWork(String name, Duration interval, Work work, Runnable atEnd) {
    this.name = name;
    this.interval = interval;
    this.work = work;
    this.atEnd = atEnd;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  /** Starts the first round. */
  public void start() {
    thread.start();
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a round that begins from now on.
   *
   * @return whether it succeeded in that time
   */
  public boolean await(Duration patience) {
    lock.lock();
    try {
      var awaited = begun + 1;
      wanted = true;
      called.signal();
      var left = patience.toNanos();
      while (succeeded < awaited) {
        if (left <= 0) {
          return false;
        }
        left = done.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    do {
      round(() -> work.round(() -> !isStopped()));
    } while (awaitTurn());
    round(atEnd);
  }

  private void round(Runnable what) {
    try {
      what.run();
      succeeded();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void succeeded() {
    lock.lock();
    try {
      succeeded = begun;
      done.signalAll();
    } finally {
      lock.unlock();
    }
    if (failing) {
      failing = false;
      LOG.info("{}: succeeds again", name);
    }
  }

  private void failed(RuntimeException reason) {
    if (SqlFailure.of(reason) != SqlFailure.DISCONNECTED) {
      LOG.warn("{} failed; the next round tries again", name, reason);
    } else if (!failing) {
      LOG.error("{}: the database is disconnected: {}", name, reason.getMessage());
    }
    failing = true;
  }

  /** Waits for the next turn; who waits for a round brings it forward, unless the last failed. */
  private boolean awaitTurn() {
    lock.lock();
    try {
      var left = interval.toNanos();
      while (!stopped && left > 0 && !(wanted && !failing)) {
        left = called.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      LOG.debug("nobody should interrupt this thread", e);
    } finally {
      wanted = false;
      begun++;
      lock.unlock();
    }
    return !isStopped();
  }

  /** Begins no further round. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      called.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the round that is under way. */
  @Override
  public void close() {
    stop();
    Uninterrupted.join(thread);
  }
}
