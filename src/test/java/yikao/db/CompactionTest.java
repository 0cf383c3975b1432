package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.EmbeddedDatabase.Fill;

/** The file grows while it is written over and over, and shrinks to what it holds. */
final class CompactionTest {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionTest.class);

  @TempDir private Path folder;

  @Test
  void compacted_holdsTheSameInLittleMoreThanItNeeds() throws Exception {
    try (var ledger = Ledger.open(folder)) {
      overwrite(ledger, 500, 3_000);
      var rows = ledger.rows();
      var grown = ledger.database.fill();
      assertThat(grown.live()).isLessThan(grown.bytes() / 3);
      assertThat(ledger.database.commits()).isGreaterThan(100);
      assertThat(ledger.database.compact()).isTrue();
      assertThat(ledger.database.fill().bytes()).isLessThan(3 * 500 * 2_000);
      assertThat(ledger.rows()).isEqualTo(rows);
      assertThat(ledger.put(1, 10).join()).isEqualTo(rows.get(1L) + 1);
    }
  }

  @Test
  void callsMeanwhile_waitAndNoneFails() throws Exception {
    try (var ledger = Ledger.open(folder)) {
      overwrite(ledger, 300, 600);
      var stop = new AtomicBoolean();
      var callers = new ArrayList<CompletableFuture<Integer>>();
      for (var i = 0; i < 4; i++) {
        var key = 1_000 + i;
        callers.add(CompletableFuture.supplyAsync(() -> call(ledger, key, stop)));
      }
      for (var i = 0; i < 3; i++) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(ledger.database::compact);
      }
      stop.set(true);
      for (var i = 0; i < 4; i++) {
        long calls = callers.get(i).join();
        assertThat(ledger.rows().get(1_000L + i)).isEqualTo(calls);
      }
    }
  }

  private static int call(Ledger ledger, long key, AtomicBoolean stop) {
    var calls = 0;
    while (!stop.get()) {
      ledger.put(key, 100).join();
      ledger.transactions.read().fetch("select count(*) from ledger");
      calls++;
    }
    return calls;
  }

  @Test
  void whileTheFileIsCopied_isPutOffAndHoldsNobody() throws Exception {
    try (var ledger = Ledger.open(folder)) {
      overwrite(ledger, 500, 3_000);
      var zip = folder.resolve("copy.zip");
      var copy =
          CompletableFuture.runAsync(() -> {
            try {
              ledger.database.copyTo(zip);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
      Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> Files.exists(zip));
      assertThat(ledger.database.compact()).isFalse();
      assertThat(ledger.database.isHoldingCalls()).isFalse();
      copy.join();
      assertThat(ledger.database.compact()).isTrue();
    }
  }

  @Test
  void connectionThatIsHeld_isNotCutOff() throws Exception {
    try (var ledger = Ledger.open(folder);
        var held = ledger.dataSource.getConnection()) {
      assertThat(ledger.database.compact()).isFalse();
      assertThat(held.isValid(1)).isTrue();
      assertThat(ledger.put(1, 10).join()).isEqualTo(1);
    }
  }

  @Test
  void regularStop_compacts() throws Exception {
    try (var ledger = Ledger.open(folder)) {
      overwrite(ledger, 500, 3_000);
    }
    assertThat(Ledger.size(folder.resolve("test.mv.db"))).isLessThan(3 * 500 * 2_000);
  }

  @Test
  void grown_whereItIsSeveralTimesWhatItHolds() {
    var mega = 1L << 20;
    assertThat(Compaction.hasGrown(new Fill(50 * mega, mega))).isFalse();
    assertThat(Compaction.hasGrown(new Fill(100 * mega, 30 * mega))).isFalse();
    assertThat(Compaction.hasGrown(new Fill(100 * mega, 20 * mega))).isTrue();
  }

  /** What the operators' page says of a hundred megabytes, of text that cannot be made smaller. */
  @Test
  @Tag("full")
  void aHundredMegabytes_areCompactedInSeconds() throws Exception {
    try (var ledger = Ledger.open(folder)) {
      var all = new ArrayList<CompletableFuture<Long>>();
      for (var key = 0; key < 50_000; key++) {
        all.add(ledger.put(key, 2_000));
        if (all.size() == 5_000) {
          all.forEach(CompletableFuture::join);
          all.clear();
        }
      }
      overwrite(ledger, 50_000, 100_000);
      var grown = ledger.database.fill();
      var began = System.nanoTime();
      assertThat(ledger.database.compact()).isTrue();
      var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      var after = ledger.database.fill();
      LOG.info("compacted from {} to {} bytes in {} ms", grown.bytes(), after.bytes(), millis);
      assertThat(after.bytes()).isGreaterThan(90_000_000);
    }
  }

  private static void overwrite(Ledger ledger, int keys, int times) {
    var random = new Random(1);
    for (var i = 0; i < times; i += 20) {
      for (var j = 0; j < 19; j++) {
        ledger.put(random.nextInt(keys), 2_000);
      }
      ledger.put(random.nextInt(keys), 2_000).join();
    }
  }
}
