package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with eight writers is killed again and again; what it acknowledged is there. */
final class LedgerKillTest {
  private static final long KEYS = 2_000;

  @Test
  void kills_loseNothingAcknowledged(@TempDir Path folder) throws Exception {
    kill(folder, 3);
  }

  @Test
  @Tag("full")
  void manyKills_loseNothingAcknowledged(@TempDir Path folder) throws Exception {
    kill(folder, 50);
  }

  private static void kill(Path folder, int times) throws Exception {
    var acknowledged = new HashMap<Long, Long>();
    var random = new Random(1);
    for (var i = 0; i < times; i++) {
      run(folder, acknowledged, 100 + random.nextInt(500));
    }
    try (var ledger = Ledger.open(folder)) {
      var rows = ledger.rows();
      assertThat(acknowledged).isNotEmpty();
      acknowledged.forEach((key, n) -> assertThat(rows.get(key)).isGreaterThanOrEqualTo(n));
    }
  }

  /** Kills after so many acknowledgements, and takes in those that were on their way. */
  private static void run(Path folder, Map<Long, Long> acknowledged, int after)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerKillTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = process.inputReader()) {
      var said = new StringBuilder();
      var seen = read(out, acknowledged, after, said);
      process.toHandle().destroyForcibly();
      read(out, acknowledged, Integer.MAX_VALUE, said);
      assertThat(seen).as("acknowledged before the kill, %s", said).isEqualTo(after);
    }
    process.waitFor();
  }

  private static int read(
      BufferedReader out, Map<Long, Long> acknowledged, int most, StringBuilder said)
      throws IOException {
    var seen = 0;
    String line;
    while (seen < most && (line = out.readLine()) != null) {
      if (line.startsWith("ack ") && line.endsWith(";")) {
        var parts = line.substring(4, line.length() - 1).split(" ", -1);
        acknowledged.merge(Long.valueOf(parts[0]), Long.valueOf(parts[1]), Math::max);
        seen++;
      } else {
        said.append(line).append('\n');
      }
    }
    return seen;
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    var ledger = Ledger.open(Path.of(arguments[0]));
    for (var i = 0; i < 8; i++) {
      Thread.ofPlatform()
          .start(() -> {
            var random = ThreadLocalRandom.current();
            while (true) {
              var key = random.nextLong(KEYS);
              var n = ledger.put(key, random.nextInt(1_000)).join();
              System.out.println("ack %d %d;".formatted(key, n));
            }
          });
    }
  }
}
