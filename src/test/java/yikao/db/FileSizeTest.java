package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are written over and over do not let the file grow. */
final class FileSizeTest {
  @Test
  void updates_keepTheFileWithinThreeTimesTheData(@TempDir Path folder) throws Exception {
    run(folder, 1_500, 3);
  }

  @Test
  @Tag("full")
  void manyUpdates_keepTheFileWithinThreeTimesTheData(@TempDir Path folder) throws Exception {
    run(folder, 20_000, 40);
  }

  private static void run(Path folder, int keys, int times) throws Exception {
    var limits = new JournalDurability.Limits(1 << 20, 8 << 20, Duration.ofSeconds(2), true);
    try (var ledger = Ledger.open(folder, limits)) {
      var random = new Random(1);
      for (var i = 0; i < times * keys / 20; i++) {
        for (var j = 0; j < 19; j++) {
          ledger.put(random.nextInt(keys), 2_000);
        }
        ledger.put(random.nextInt(keys), 2_000).join();
      }
      var live = ledger.rows().size() * 2_000L;
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(ledger.durability.fileBytes()).isLessThan(3 * live));
    }
  }
}
