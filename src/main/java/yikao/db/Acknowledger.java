package yikao.db;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the callers of committed groups once these are durable: at once, or where that takes a
 * sync, after it. While one sync runs the next groups are written, and the sync after it is for all
 * of them.
 */
final class Acknowledger {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

  private final Durability durability;
  private final Consumer<List<? extends Command<?>>> unknownOutcome;
  private final Timer waiting;
  private final Timer syncing;
  private final BlockingQueue<List<? extends Command<?>>> committed = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean open = true;

  /**
   * Starts answering.
   *
   * @param name of the queue, in metrics and thread names
   * @param unknownOutcome tells the callers of a group that may not be durable
   */
  Acknowledger(
      String name,
      Durability durability,
      MeterRegistry meters,
      Consumer<List<? extends Command<?>>> unknownOutcome) {
    this.durability = durability;
    this.unknownOutcome = unknownOutcome;
    this.waiting = timer("yikao.group.waiting", name, meters);
    this.syncing = timer("yikao.group.sync", name, meters);
    this.thread = Thread.ofPlatform().name(name + "-sync").unstarted(this::run);
    if (durability.takesSync()) {
      thread.start();
    }
  }

  private static Timer timer(String what, String queue, MeterRegistry meters) {
    return Timer.builder(what).tag("queue", queue).publishPercentileHistogram().register(meters);
  }

  /** Takes a group whose transaction is committed. */
  void committed(List<? extends Command<?>> group) {
    durability.committed();
    if (durability.takesSync()) {
      committed.add(group);
    } else {
      complete(group);
    }
  }

  private void complete(List<? extends Command<?>> group) {
    for (var command : group) {
      waiting.record(command.age(), TimeUnit.NANOSECONDS);
      command.complete();
    }
  }

  private void run() {
    var groups = new ArrayList<List<? extends Command<?>>>();
    while (open || !committed.isEmpty()) {
      try {
        var first = committed.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          groups.add(first);
          committed.drainTo(groups);
          sync(groups);
        }
      } catch (InterruptedException e) {
        LOG.warn("a syncing thread was interrupted; it goes on");
      } finally {
        groups.clear();
      }
    }
  }

  private void sync(List<List<? extends Command<?>>> groups) {
    var begin = System.nanoTime();
    try {
      durability.sync();
      syncing.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
      groups.forEach(this::complete);
    } catch (SQLException | RuntimeException e) {
      LOG.error("it is unknown whether {} groups are durable", groups.size(), e);
      groups.forEach(unknownOutcome);
    }
  }

  /** Answers everybody who waits; nobody may come any more. */
  void close() {
    open = false;
    Uninterrupted.join(thread);
  }
}
