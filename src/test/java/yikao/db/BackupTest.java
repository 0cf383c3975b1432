package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy holds everything that was acknowledged before, and stands by itself. */
final class BackupTest {
  private static final int KEYS = 500;

  /** So that H2 uses freed space again: a copy that it makes itself then lacks the latest. */
  private static final Duration LONG = Duration.ofSeconds(3);

  private static final JournalDurability.Limits LIMITS =
      new JournalDurability.Limits(1 << 20, 100 << 20, Duration.ofSeconds(60), true);

  @Test
  void copyOfWhatIsWrittenOverAndOver_holdsAllThatWasAcknowledged(@TempDir Path folder)
      throws Exception {
    try (var ledger = Ledger.open(folder.resolve("running"), LIMITS)) {
      var random = new Random(5);
      for (var round = 0; round < 2; round++) {
        for (var begin = System.nanoTime(); System.nanoTime() - begin < LONG.toNanos(); ) {
          for (var i = 0; i < 19; i++) {
            ledger.put(random.nextInt(KEYS), 1_000);
          }
          ledger.put(0, 1_000).join();
        }
        var acknowledged = ledger.rows();
        var copy = Files.createDirectory(folder.resolve("copy" + round));
        try (var out = Files.newOutputStream(copy.resolve("test.mv.db"))) {
          ledger.durability.copy(out);
        }
        assertThat(rows(copy)).isEqualTo(acknowledged);
      }
    }
  }

  private static Map<Long, Long> rows(Path folder) throws Exception {
    try (var ledger = Ledger.open(folder, LIMITS)) {
      return new HashMap<>(ledger.rows());
    }
  }
}
