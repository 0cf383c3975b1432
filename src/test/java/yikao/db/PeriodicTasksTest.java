package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is periodic, over a database of one process. */
final class PeriodicTasksTest {
  private final BareDatabase database = BareDatabase.h2();
  private final Ticking everywhere = new Ticking(true, false);
  private final Ticking onOne = new Ticking(true, true);
  private final Ticking unwanted = new Ticking(false, false);

  @AfterEach
  void close() {
    database.close();
  }

  private PeriodicTasks tasks() {
    var transactions = database.transactions();
    var leases = new Leases(transactions, new TestClock(transactions.read()), new Node());
    return new PeriodicTasks(List.of(everywhere, onOne, unwanted), leases);
  }

  @Test
  void tasks_runFromTheStartUntilTheyAreClosed() {
    var tasks = tasks();
    assertThat(everywhere.runs).hasValue(0);
    tasks.onApplicationEvent(null);
    await().until(() -> everywhere.runs.get() > 2 && onOne.runs.get() > 2);
    tasks.close();
    assertThat(unwanted.runs).hasValue(0);
    assertThat(running()).isEmpty();
  }

  /** Threads that run a task. */
  private static List<Thread> running() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("ticking"))
        .toList();
  }

  @Test
  void longRuns_areToldThatTheServiceStops() {
    everywhere.isLong = true;
    onOne.isLong = true;
    var tasks = tasks();
    tasks.onApplicationEvent(null);
    await().until(() -> everywhere.isRunning && onOne.isRunning);
    tasks.close();
    assertThat(everywhere.runs).hasValue(1);
    assertThat(onOne.runs).hasValue(1);
    assertThat(running()).isEmpty();
  }

  @Test
  void neverStarted_closesAllTheSame() {
    tasks().close();
    assertThat(everywhere.runs).hasValue(0);
  }
}
