package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node at a time does, over a PostgreSQL that several share. */
final class PeriodicTasksIT {
  private BareDatabase database;

  @BeforeEach
  void open() throws Exception {
    database = BareDatabase.postgres();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** A node with its task, and a clock that the test puts forward. */
  private final class OneOf {
    final Ticking task = new Ticking(true, true);
    final TestClock clock = new TestClock(database.transactions().read());
    final Leases leases = new Leases(database.transactions(), clock, new Node());
    final PeriodicTasks tasks = new PeriodicTasks(List.of(task), leases);

    void start() {
      tasks.onApplicationEvent(null);
    }
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(20, TimeUnit.SECONDS);
  }

  @Test
  void taskForOneNode_runsWhereTheLeaseIsHeldAndIsHandedOver() {
    var one = new OneOf();
    var other = new OneOf();
    try {
      one.start();
      await().until(() -> one.task.runs.get() > 0);
      other.start();
      var before = one.task.runs.get();
      await().until(() -> one.task.runs.get() > before + 50);
      assertThat(other.task.runs).hasValue(0);
      one.tasks.close();
      var runs = one.task.runs.get();
      await().until(() -> other.task.runs.get() > 0);
      assertThat(one.task.runs).hasValue(runs);
    } finally {
      one.tasks.close();
      other.tasks.close();
    }
  }

  @Test
  void leaseLost_runIsToldAndNoneFollows() {
    var one = new OneOf();
    var other = new OneOf();
    one.task.isLong = true;
    try {
      one.start();
      await().until(() -> one.task.isRunning);
      // as where this node was frozen for longer than a lease lasts
      other.clock.forward(Duration.ofHours(1));
      assertThat(other.leases.lease("ticking").isHeld()).isTrue();
      one.clock.forward(Duration.ofHours(1));
      await().until(() -> !one.task.isRunning);
      other.start();
      await().until(() -> other.task.runs.get() > 50);
      assertThat(one.task.runs).hasValue(1);
    } finally {
      one.tasks.close();
      other.tasks.close();
    }
  }
}
