package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group commit over an embedded database in a file. */
final class GroupCommitTest {
  @TempDir private Path folder;

  @Test
  void badEntry_failsAlone() throws Exception {
    try (var ledger = Ledger.open(folder)) {
      var good = new ArrayList<CompletableFuture<Long>>();
      for (var i = 0; i < 20; i++) {
        good.add(ledger.put(i, 10));
      }
      var bad = ledger.put(-1, 10);
      for (var i = 20; i < 40; i++) {
        good.add(ledger.put(i, 10));
      }
      good.forEach(answer -> assertThat(answer.join()).isEqualTo(1));
      assertThatThrownBy(bad::join).hasMessageContaining("cannot be written");
    }
  }

  @Test
  void moreThanTheQueueHolds_isRefusedAtOnceAndLaterAccepted() throws Exception {
    try (var ledger = Ledger.open(folder, new GroupCommit.Limits(5, 1, 512))) {
      var calls = ledger.dataSource.getHikariPoolMXBean();
      calls.suspendPool(); // the writer waits for its connection
      var accepted = new ArrayList<CompletableFuture<Long>>();
      try {
        // the writer may take a group once more before it waits
        Awaitility.await()
            .untilAsserted(() -> {
              assertThatThrownBy(
                      () -> {
                        while (accepted.size() < 5_000) {
                          accepted.add(ledger.put(accepted.size(), 1));
                        }
                      })
                  .hasMessage("OVERLOADED");
              assertThatThrownBy(ledger.commits::requireRoom).hasMessage("OVERLOADED");
            });
      } finally {
        calls.resumePool();
      }
      accepted.forEach(CompletableFuture::join);
      ledger.commits.requireRoom();
      assertThat(ledger.rows()).hasSize(accepted.size());
      assertThat(ledger.put(1, 1).join()).isEqualTo(2);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void stop_finishesWhatWasAcceptedAndRefusesTheRest() throws Exception {
    var accepted = new ArrayList<CompletableFuture<Long>>();
    try (var ledger = Ledger.open(folder)) {
      for (var i = 0; i < 1_000; i++) {
        accepted.add(ledger.put(i, 100));
      }
      ledger.commits.close();
      assertThatThrownBy(() -> ledger.put(1, 1)).hasMessage("STOPPING");
      accepted.forEach(answer -> assertThat(answer).isCompletedWithValue(1L));
    }
    try (var ledger = Ledger.open(folder)) {
      assertThat(ledger.rows()).hasSize(1_000);
    }
  }

  @Test
  void nestedRareWrites_areKept() throws Exception {
    var sql = "insert into ledger (k, n) values (?, 1)";
    try (var ledger = Ledger.open(folder)) {
      ledger.transactions.write(outer -> {
        ledger.transactions.write(inner -> inner.execute(sql, 1));
        assertThat(ledger.transactions.read().fetchCount(outer.selectOne())).isOne();
        return outer.execute(sql, 2);
      });
      ledger.kill();
    }
    try (var ledger = Ledger.open(folder)) {
      assertThat(ledger.rows()).isEqualTo(Map.of(1L, 1L, 2L, 1L));
    }
  }

  @Test
  void fullDisk_refusesAndRecoversWithoutARestart() throws Exception {
    var disk = UnsteadyDisk.mount(folder);
    disk.recording = false;
    try (var ledger = Ledger.open(UnsteadyPath.SCHEME, folder)) {
      ledger.put(1, 100).join();
      disk.full = true;
      assertThatThrownBy(() -> ledger.put(2, 100).join())
          .hasMessageMatching(".*(UNKNOWN_OUTCOME|DISCONNECTED).*");
      assertThatThrownBy(() -> ledger.put(3, 100).join())
          .hasMessageMatching(".*(UNKNOWN_OUTCOME|DISCONNECTED).*");
      disk.full = false;
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> ledger.put(4, 100).handle((_, failure) -> failure == null).join());
      assertThat(ledger.rows()).containsKeys(1L, 4L);
      ledger.kill();
    }
    try (var ledger = Ledger.open(folder)) {
      assertThat(ledger.rows()).containsKeys(1L, 4L);
    }
  }

  @Test
  void disconnected_allThatWaitAreToldAtOnce() {
    var queued = new CountDownLatch(1);
    var looks = new AtomicInteger();
    var nowhere =
        source(() -> {
          looks.incrementAndGet();
          await(queued);
          throw new SQLNonTransientConnectionException("nobody there", "08001");
        });
    try (var commits = commits(nowhere)) {
      var entries = new ArrayList<Nothing>();
      for (var i = 0; i < 1_000; i++) {
        entries.add(new Nothing());
        commits.submit(entries.getLast());
      }
      queued.countDown();
      for (var entry : entries) {
        assertThatThrownBy(() -> entry.answer().join()).hasMessageContaining("DISCONNECTED");
      }
      assertThat(looks).hasValue(1);
    }
  }

  /** What arrived in time must not be overtaken by the deadline of the same attempt. */
  @Test
  void severalWriters_keepTheOrderOfEachKey() {
    var written = new ConcurrentHashMap<Integer, List<Integer>>();
    var entries = new ArrayList<Numbered>();
    try (var commits = commits(source(GroupCommitTest::connection), 3, numbered(written))) {
      for (var number = 0; number < 3_000; number++) {
        entries.add(new Numbered(number % 7, number));
        commits.submit(entries.getLast());
      }
      entries.forEach(entry -> entry.answer().join());
    }
    assertThat(written).hasSize(7);
    assertThat(written.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
  }

  private static final class Numbered extends Command<Void> {
    private final int key;
    private final int number;

    Numbered(int key, int number) {
      this.key = key;
      this.number = number;
    }

    @Override
    protected Object key() {
      return key;
    }
  }

  private static GroupCommit.Work<Numbered> numbered(Map<Integer, List<Integer>> written) {
    return (_, group) ->
        group.forEach(command ->
            written
                .computeIfAbsent(command.key, _ -> new CopyOnWriteArrayList<>())
                .add(command.number));
  }

  private static Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            GroupCommitTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, _, _) -> null);
  }

  private static final class Nothing extends Command<Void> {}

  private static <E extends Command<?>> GroupCommit<E> commits(
      DataSource source, int writers, GroupCommit.Work<E> work) {
    return new GroupCommit<>(
        "nothing",
        new Transactions(DSL.using(SQLDialect.POSTGRES), source, Durability.BY_COMMIT),
        new SimpleMeterRegistry(),
        new GroupCommit.Limits(6_000, writers, 10),
        refusal -> new IllegalStateException(refusal.name()),
        work);
  }

  private static GroupCommit<Nothing> commits(DataSource source) {
    return commits(
        source,
        1,
        (_, _) -> {
          throw new AssertionError("there is no connection");
        });
  }

  private static DataSource source(Callable<Connection> connections) {
    return (DataSource)
        Proxy.newProxyInstance(
            GroupCommitTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> connections.call());
  }
}
