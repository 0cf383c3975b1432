package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group commit over an embedded database in a file. */
final class GroupCommitTest {
  private static final JournalDurability.Limits LIMITS =
      new JournalDurability.Limits(64 << 10, 200 << 10, Duration.ofSeconds(30), true);
  @TempDir private Path folder;

  @Test
  void badEntry_failsAlone() throws Exception {
    try (var ledger = Ledger.open(folder, LIMITS)) {
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
    var groups = new GroupCommit.Limits(5, 1, 512);
    try (var ledger = Ledger.open(folder, LIMITS, groups)) {
      var hold = new CountDownLatch(1);
      var held = new CountDownLatch(1);
      var other =
          Thread.ofPlatform()
              .start(() ->
                  ledger.transactions.write(_ -> {
                    held.countDown();
                    return await(hold);
                  }));
      held.await();
      var accepted = new ArrayList<CompletableFuture<Long>>();
      assertThatThrownBy(
              () -> {
                for (var i = 0; i < 5_000; i++) {
                  accepted.add(ledger.put(i, 1));
                }
              })
          .hasMessage("OVERLOADED");
      hold.countDown();
      other.join();
      accepted.forEach(CompletableFuture::join);
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
    try (var ledger = Ledger.open(folder, LIMITS)) {
      for (var i = 0; i < 1_000; i++) {
        accepted.add(ledger.put(i, 100));
      }
      ledger.commits.close();
      assertThatThrownBy(() -> ledger.put(1, 1)).hasMessage("STOPPING");
      accepted.forEach(answer -> assertThat(answer).isCompletedWithValue(1L));
    }
    try (var ledger = Ledger.open(folder, LIMITS)) {
      assertThat(ledger.rows()).hasSize(1_000);
    }
  }

  @Test
  void regularStop_leavesOneFileAndAnEmptyJournal() throws Exception {
    try (var ledger = Ledger.open(folder, LIMITS)) {
      ledger.put(1, 100).join();
    }
    assertThat(Disk.LOCAL.list(ShadowFile.folder(folder.resolve("test.mv.db")))).isEmpty();
  }

  @Test
  void nestedRareWrites_areKept() throws Exception {
    var sql = "insert into ledger (k, n) values (?, 1)";
    try (var ledger = Ledger.open(folder, LIMITS)) {
      ledger.transactions.write(outer -> {
        ledger.transactions.write(inner -> inner.execute(sql, 1));
        assertThat(ledger.transactions.read().fetchCount(outer.selectOne())).isOne();
        return outer.execute(sql, 2);
      });
      ledger.kill();
    }
    try (var ledger = Ledger.open(folder, LIMITS)) {
      assertThat(ledger.rows()).isEqualTo(Map.of(1L, 1L, 2L, 1L));
    }
  }

  @Test
  void fullDisk_refusesAndRecoversWithoutARestart() throws Exception {
    var disk = new UnsteadyDisk();
    disk.recording = false;
    ShadowPath.mount(folder, disk);
    try (var ledger = Ledger.open(folder, LIMITS)) {
      ledger.put(1, 100).join();
      disk.full = true;
      assertThatThrownBy(() -> ledger.put(2, 100).join()).hasMessageContaining("UNKNOWN_OUTCOME");
      assertThatThrownBy(() -> ledger.put(3, 100).join()).hasMessageContaining("DATABASE_AWAY");
      disk.full = false;
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> ledger.put(4, 100).handle((_, failure) -> failure == null).join());
      assertThat(ledger.rows()).containsKeys(1L, 4L).doesNotContainKey(3L);
      ledger.kill();
    }
    try (var ledger = Ledger.open(folder, LIMITS)) {
      assertThat(ledger.rows()).containsKeys(1L, 4L).doesNotContainKey(3L);
    }
  }
}
