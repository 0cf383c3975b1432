package yikao.db;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: everything that waits is written in one transaction, and each caller is answered
 * once the commit that holds its command is durable.
 *
 * <p>A group that fails for a passing reason (a deadlock, a lost race for a unique key) is tried
 * again; one that fails otherwise is halved until the bad command stands alone, so that it never
 * fails its neighbours. Where the connection is lost during the commit the outcome is unknown: the
 * callers are told so (503) and may send the same again.
 *
 * <p>The writing threads belong to this class and are never interrupted.
 *
 * @param <C> what is written
 */
public final class GroupCommit<C extends Command<?>> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MAX_TRIES = 6;

  private final DataSource dataSource;
  private final Configuration configuration;
  private final int maxGroup;
  private final Work<C> work;
  private final Function<Refusal, RuntimeException> refusals;
  private final List<BlockingQueue<C>> queues = new ArrayList<>();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicBoolean disconnected = new AtomicBoolean();
  private final CountDownLatch stopped;
  private final Acknowledger acknowledger;
  private final GroupMeters measured;

  /**
   * Writes a group. Decides each command ({@link Command#succeed}, {@link Command#reject}); may be
   * called again with the same commands after a failure.
   */
  public interface Work<C> {
    /** Reads, decides and writes, all in the given transaction. */
    void write(DSLContext transaction, List<C> group);
  }

  /**
   * How much at once.
   *
   * @param capacity how many commands may wait
   * @param writers how many groups may be written at once; over H2 it is one, whose tables are for
   *     one writer at a time
   * @param group how many commands a group has at most; 1 is one commit for each command
   */
  public record Limits(int capacity, int writers, int group) {}

  /** Why commands are refused that were never decided; the same may be sent again. */
  public enum Refusal {
    /** More wait than the queue holds. */
    OVERLOADED,
    /** Other transactions were in the way for too long; nothing was written. */
    BUSY,
    /** The service stops. */
    STOPPING,
    /** The database cannot be reached; nothing was written. */
    DISCONNECTED,
    /** The connection was lost during the commit; it may have been written. */
    UNKNOWN_OUTCOME
  }

  /**
   * Starts the writing threads.
   *
   * @param name of the queue, in metrics and thread names
   * @param refusals what a refusal is to callers
   */
  public GroupCommit(
      String name,
      Transactions transactions,
      MeterRegistry meters,
      Limits limits,
      Function<Refusal, RuntimeException> refusals,
      Work<C> work) {
    this.dataSource = transactions.dataSource();
    this.configuration = transactions.read().configuration();
    this.work = work;
    this.refusals = refusals;
    this.maxGroup = limits.group;
    var writers = Dialect.of(transactions.read()) == Dialect.H2 ? 1 : limits.writers;
    for (var i = 0; i < writers; i++) {
      queues.add(new ArrayBlockingQueue<>(Math.ceilDiv(limits.capacity, writers)));
    }
    this.stopped = new CountDownLatch(writers);
    this.acknowledger =
        new Acknowledger(
            name,
            transactions.durability(),
            meters,
            group -> fail(group, refusals.apply(Refusal.UNKNOWN_OUTCOME)));
    this.measured = GroupMeters.of(name, maxGroup, queues, meters);
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
   * Queues a command.
   *
   * @throws RuntimeException what the refusal is to callers, where the queue is full or the service
   *     stops
   */
  public void submit(C command) {
    if (!open.get()) {
      throw refusals.apply(Refusal.STOPPING);
    }
    var queue = queues.get(Math.floorMod(command.key().hashCode(), queues.size()));
    if (!queue.offer(command)) {
      throw refusals.apply(Refusal.OVERLOADED);
    }
    if (!open.get() && stopped.getCount() == 0 && queue.remove(command)) {
      throw refusals.apply(Refusal.STOPPING);
    }
  }

  private void run(BlockingQueue<C> queue) {
    CommitSequence.enter();
    InTransaction.enter();
    var group = new ArrayList<C>(maxGroup);
    while (open.get() || !queue.isEmpty()) {
      try {
        var first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        group.add(first);
        queue.drainTo(group, maxGroup - 1);
        measured.groupSize().record(group.size());
        write(List.copyOf(group));
      } catch (InterruptedException e) {
        LOG.warn("a writing thread was interrupted; it goes on");
      } catch (RuntimeException | Error e) {
        LOG.error("a group failed", e);
        fail(group, new IllegalStateException("a group failed", e));
      } finally {
        group.clear();
      }
    }
    stopped.countDown();
  }

  private void write(List<C> group) {
    for (var attempt = 1; ; attempt++) {
      try {
        transaction(group);
        acknowledger.committed(group);
        return;
      } catch (UnknownOutcomeException e) {
        LOG.error("the outcome of a commit is unknown: {} commands", group.size(), e);
        CommitSequence.enter();
        fail(group, refusals.apply(Refusal.UNKNOWN_OUTCOME));
        return;
      } catch (SQLException | RuntimeException e) {
        var failure = SqlFailure.of(e);
        if (failure != SqlFailure.PASSING || attempt >= MAX_TRIES) {
          failed(group, e, failure);
          return;
        }
      }
    }
  }

  private void failed(List<C> group, Exception reason, SqlFailure failure) {
    switch (failure) {
      case PASSING -> busy(group, reason);
      case DISCONNECTED -> disconnected(group, reason);
      case LASTING -> split(group, reason);
    }
  }

  /** Nobody is to wait until each group before theirs has looked in vain: all are told at once. */
  private void disconnected(List<C> group, Exception reason) {
    var all = new ArrayList<>(group);
    queues.forEach(queue -> queue.drainTo(all));
    if (disconnected.compareAndSet(false, true)) {
      LOG.error("the database is disconnected; what waits is refused", reason);
    }
    fail(all, refusals.apply(Refusal.DISCONNECTED));
  }

  /** Halves a group that others are in the way of; a single command may be sent again. */
  private void busy(List<C> group, Exception reason) {
    if (group.size() > 1) {
      split(group, reason);
    } else {
      LOG.warn("others were in the way of a command for too long", reason);
      fail(group, refusals.apply(Refusal.BUSY));
    }
  }

  /** Halves a group that cannot be written as a whole; a single command is refused. */
  private void split(List<C> group, Exception reason) {
    if (group.size() == 1) {
      LOG.error("a command cannot be written", reason);
      fail(group, new IllegalStateException("a command cannot be written", reason));
      return;
    }
    var middle = group.size() / 2;
    write(group.subList(0, middle));
    write(group.subList(middle, group.size()));
  }

  private static void fail(List<? extends Command<?>> group, RuntimeException reason) {
    group.forEach(command -> command.fail(reason));
  }

  private void transaction(List<C> group) throws SQLException {
    var begin = System.nanoTime();
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      work(connection, group);
      commit(connection);
    }
    measured.committing().record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    measured.commits().increment();
    if (disconnected.get() && disconnected.compareAndSet(true, false)) {
      LOG.warn("the database is connected again");
    }
  }

  private void work(Connection connection, List<C> group) {
    try {
      work.write(DSL.using(configuration.derive(connection)), group);
    } catch (RuntimeException | Error e) {
      rollback(connection);
      throw e;
    }
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlFailure.of(e) == SqlFailure.PASSING) {
        rollback(connection);
        throw e;
      }
      throw new UnknownOutcomeException(e);
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.warn("a rollback failed", e);
    }
  }

  /** Finishes what was accepted, and refuses the rest. */
  @Override
  public void close() {
    open.set(false);
    Uninterrupted.await(stopped);
    acknowledger.close();
    var late = new ArrayList<C>();
    queues.forEach(queue -> queue.drainTo(late));
    fail(late, refusals.apply(Refusal.STOPPING));
  }
}
