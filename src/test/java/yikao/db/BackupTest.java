package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy holds everything that was acknowledged before it began, and stands by itself. */
final class BackupTest {
  private static final int KEYS = 500;

  /** Also where the file grows as fast as it is copied, which is not waited out. */
  @Tag("full")
  @Test
  @Timeout(90)
  void copyUnderLoad_holdsAllThatWasAcknowledgedBefore(@TempDir Path folder) throws Exception {
    var running = Files.createDirectory(folder.resolve("running"));
    try (var ledger = Ledger.open(running)) {
      var stop = new AtomicBoolean();
      var load = CompletableFuture.runAsync(() -> load(ledger, stop));
      for (var round = 0; round < 3; round++) {
        ledger.put(round, 1_000).join();
        var acknowledged = new HashMap<Long, Long>();
        for (var key = 0L; key < KEYS; key += 7) {
          acknowledged.put(key, ledger.put(key, 1_000).join());
        }
        var zip = folder.resolve("copy%d.zip".formatted(round));
        ledger.database.copyTo(zip);
        var copy = Files.createDirectory(folder.resolve("copy" + round));
        new BackupArchive(zip).unpack("test.mv.db", copy.resolve("test.mv.db"));
        var rows = rows(copy);
        acknowledged.forEach((key, n) -> assertThat(rows.get(key)).isGreaterThanOrEqualTo(n));
      }
      stop.set(true);
      load.join();
    }
  }

  private static void load(Ledger ledger, AtomicBoolean stop) {
    var random = new Random(5);
    while (!stop.get()) {
      for (var i = 0; i < 9; i++) {
        ledger.put(random.nextInt(KEYS), 1_000);
      }
      ledger.put(random.nextInt(KEYS), 1_000).join();
    }
  }

  private static Map<Long, Long> rows(Path folder) throws Exception {
    try (var ledger = Ledger.open(folder)) {
      return new HashMap<>(ledger.rows());
    }
  }
}
