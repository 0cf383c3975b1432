package yikao.db;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: everything that waits is written in one transaction, and each caller is answered
 * after the commit that holds its entry.
 *
 * <p>A group that fails for a passing reason (a deadlock, a lost race for a unique key) is tried
 * again; one that fails otherwise is halved until the bad entry stands alone, so that it never
 * fails its neighbours. Where the connection is lost during the commit the outcome is unknown: the
 * callers are told so (503) and may send the same again.
 *
 * <p>The writing threads belong to this class and are never interrupted: an interrupted thread
 * could close a file-based H2 for everybody.
 *
 * @param <E> what is written
 */
public final class GroupCommit<E extends GroupCommit.Entry<?>> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MAX_TRIES = 6;

  private final Durability durability;
  private final int maxGroup;
  private final Configuration configuration;
  private final Work<E> work;
  private final Function<Refusal, RuntimeException> refusals;
  private final List<BlockingQueue<E>> queues = new ArrayList<>();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicBoolean away = new AtomicBoolean();
  private final CountDownLatch stopped;
  private final Counter commits;
  private final DistributionSummary groupSize;
  private final Timer waiting;
  private final Timer committing;

  /**
   * Writes a group. Decides each entry ({@link Entry#succeed}, {@link Entry#reject}); may be called
   * again with the same entries after a failure.
   */
  public interface Work<E> {
    /** Reads, decides and writes, all in the given transaction; what it wrote can be replayed. */
    Written write(DSLContext transaction, List<E> group);

    /** Writes again what a group wrote that the database has lost since. */
    void replay(DSLContext transaction, byte[] written);
  }

  /** What a group wrote. */
  @FunctionalInterface
  public interface Written {
    /** For {@link Work#replay}; empty where nothing. Called only where a journal is kept. */
    byte[] bytes();

    /** Called once it is certain. */
    default void committed() {}
  }

  /**
   * How much at once.
   *
   * @param capacity how many entries may wait
   * @param writers how many groups may be written at once
   * @param group how many entries a group has at most; 1 is one commit for each entry
   */
  public record Limits(int capacity, int writers, int group) {}

  /** Why entries are refused that were never decided; the same may be sent again. */
  public enum Refusal {
    /** More wait than the queue holds. */
    OVERLOADED,
    /** Other transactions were in the way for too long; nothing was written. */
    BUSY,
    /** The service stops. */
    STOPPING,
    /** The database cannot be reached; nothing was written. */
    DATABASE_AWAY,
    /** The connection was lost during the commit; it may have been written. */
    UNKNOWN_OUTCOME
  }

  /**
   * Something to be written, and the answer its caller waits for.
   *
   * @param <R> the answer
   */
  public abstract static class Entry<R> {
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private final long queuedAt = System.nanoTime();
    private @Nullable R result;
    private @Nullable RuntimeException rejection;

    /** The answer, once the commit is through. */
    public final CompletableFuture<R> answer() {
      if (InTransaction.is()) {
        throw new IllegalStateException("waiting for a group inside a transaction");
      }
      return answer;
    }

    /** Entries of the same key are decided in the order in which they were queued. */
    protected Object key() {
      return this;
    }

    /** What to answer when the group is committed. */
    protected final void succeed(@Nullable R value) {
      result = value;
      rejection = null;
    }

    /** Why this entry changes nothing; its caller is told when the group is through. */
    protected final void reject(RuntimeException reason) {
      result = null;
      rejection = reason;
    }

    private void complete() {
      if (rejection != null) {
        answer.completeExceptionally(rejection);
      } else {
        answer.complete(result);
      }
    }

    private void fail(RuntimeException reason) {
      answer.completeExceptionally(reason);
    }
  }

  /**
   * Writes again what the database has lost since it was last open, and starts the writing threads.
   *
   * @param name of the queue, in metrics and thread names
   * @param refusals what a refusal is to callers
   */
  public GroupCommit(
      String name,
      Durability durability,
      Configuration configuration,
      MeterRegistry meters,
      Limits limits,
      Function<Refusal, RuntimeException> refusals,
      Work<E> work) {
    this.durability = durability;
    this.configuration = configuration;
    this.work = work;
    this.refusals = refusals;
    this.maxGroup = limits.group;
    var writers = Math.min(limits.writers, durability.groupsAtOnce());
    for (var i = 0; i < writers; i++) {
      queues.add(new ArrayBlockingQueue<>(Math.ceilDiv(limits.capacity, writers)));
    }
    this.stopped = new CountDownLatch(writers);
    this.commits = meters.counter("yikao.commits", "queue", name);
    this.groupSize =
        DistributionSummary.builder("yikao.group.size")
            .tag("queue", name)
            .publishPercentileHistogram()
            .maximumExpectedValue((double) Math.max(2, maxGroup))
            .register(meters);
    this.waiting =
        Timer.builder("yikao.group.waiting")
            .tag("queue", name)
            .publishPercentileHistogram()
            .register(meters);
    this.committing =
        Timer.builder("yikao.group.commit")
            .tag("queue", name)
            .publishPercentileHistogram()
            .register(meters);
    Gauge.builder("yikao.queue.length", queues, q -> q.stream().mapToInt(BlockingQueue::size).sum())
        .tag("queue", name)
        .register(meters);
    durability.replayWith(work::replay);
    for (var i = 0; i < writers; i++) {
      var queue = queues.get(i);
      Thread.ofPlatform().name(name + "-writer-" + i).start(() -> run(queue));
    }
  }

  /**
   * Asks for room before anything is made that would then be refused: in a flood that leaves the
   * processors to those who are served.
   *
   * @throws RuntimeException what the refusal is to callers, where there is none
   */
  public void requireRoom() {
    if (queues.stream().allMatch(queue -> queue.remainingCapacity() == 0)) {
      throw refusals.apply(Refusal.OVERLOADED);
    }
  }

  /**
   * Queues an entry.
   *
   * @throws RuntimeException what the refusal is to callers, where the queue is full or the service
   *     stops
   */
  public void submit(E entry) {
    if (!open.get()) {
      throw refusals.apply(Refusal.STOPPING);
    }
    var queue = queues.get(Math.floorMod(entry.key().hashCode(), queues.size()));
    if (!queue.offer(entry)) {
      throw refusals.apply(Refusal.OVERLOADED);
    }
    if (!open.get() && stopped.getCount() == 0 && queue.remove(entry)) {
      throw refusals.apply(Refusal.STOPPING);
    }
  }

  private void run(BlockingQueue<E> queue) {
    Lane.enter();
    InTransaction.enter();
    var group = new ArrayList<E>(maxGroup);
    while (open.get() || !queue.isEmpty()) {
      try {
        var first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        group.add(first);
        queue.drainTo(group, maxGroup - 1);
        groupSize.record(group.size());
        write(List.copyOf(group));
      } catch (InterruptedException e) {
        LOG.warn("a writing thread was interrupted; it goes on");
      } catch (RuntimeException | Error e) {
        LOG.error("a group failed", e);
        var failure = new IllegalStateException("a group failed", e);
        group.forEach(entry -> ((Entry<?>) entry).fail(failure));
      } finally {
        group.clear();
      }
    }
    stopped.countDown();
  }

  private void write(List<E> group) {
    for (var attempt = 1; ; attempt++) {
      try {
        transaction(group);
        var now = System.nanoTime();
        for (Entry<?> entry : group) {
          waiting.record(now - entry.queuedAt, TimeUnit.NANOSECONDS);
          entry.complete();
        }
        return;
      } catch (Durability.UnknownOutcomeException e) {
        LOG.error("the outcome of a commit is unknown: {} entries", group.size(), e);
        Lane.enter();
        fail(group, refusals.apply(Refusal.UNKNOWN_OUTCOME));
        return;
      } catch (SQLException | RuntimeException e) {
        switch (SqlFailure.of(e)) {
          case PASSING -> {
            if (attempt >= MAX_TRIES) {
              busy(group, e);
              return;
            }
          }
          case DISCONNECTED -> {
            away(group, e);
            return;
          }
          case LASTING -> {
            split(group, e);
            return;
          }
        }
      }
    }
  }

  /** Nobody is to wait until each group before theirs has looked in vain: all are told at once. */
  private void away(List<E> group, Exception reason) {
    var all = new ArrayList<>(group);
    queues.forEach(queue -> queue.drainTo(all));
    if (away.compareAndSet(false, true)) {
      LOG.error("the database is away; what waits is refused", reason);
    }
    fail(all, refusals.apply(Refusal.DATABASE_AWAY));
  }

  /** Halves a group that others are in the way of; a single entry may be sent again. */
  private void busy(List<E> group, Exception reason) {
    if (group.size() > 1) {
      split(group, reason);
    } else {
      LOG.warn("others were in the way of an entry for too long", reason);
      fail(group, refusals.apply(Refusal.BUSY));
    }
  }

  /** Halves a group that cannot be written as a whole; a single entry is refused. */
  private void split(List<E> group, Exception reason) {
    if (group.size() == 1) {
      LOG.error("an entry cannot be written", reason);
      fail(group, new IllegalStateException("an entry cannot be written", reason));
      return;
    }
    var middle = group.size() / 2;
    write(group.subList(0, middle));
    write(group.subList(middle, group.size()));
  }

  private static <E extends Entry<?>> void fail(List<E> group, RuntimeException reason) {
    for (Entry<?> entry : group) {
      entry.fail(reason);
    }
  }

  private void transaction(List<E> group) throws SQLException {
    var begin = System.nanoTime();
    var written = new Written[1];
    durability.group(
        connection -> written[0] = work.write(DSL.using(configuration.derive(connection)), group));
    written[0].committed();
    committing.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    commits.increment();
    if (away.get() && away.compareAndSet(true, false)) {
      LOG.warn("the database is back");
    }
  }

  /** Finishes what was accepted, and refuses the rest. */
  @Override
  public void close() {
    open.set(false);
    var interrupted = false;
    while (true) {
      try {
        stopped.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    var late = new ArrayList<E>();
    queues.forEach(queue -> queue.drainTo(late));
    fail(late, refusals.apply(Refusal.STOPPING));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
