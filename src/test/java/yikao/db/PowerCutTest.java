package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power fails at any moment; every acknowledged write is there afterwards, and none twice. */
final class PowerCutTest {
  private static final JournalDurability.Limits LIMITS =
      new JournalDurability.Limits(64 << 10, 100 << 10, Duration.ofSeconds(30), true);

  @Test
  void powerCut_keepsWhatWasAcknowledged(@TempDir Path folder) throws Exception {
    cutSeveralTimes(folder, 0, 2);
  }

  @Test
  @Tag("full")
  void powerCuts_keepWhatWasAcknowledged(@TempDir Path folder) throws Exception {
    cutSeveralTimes(folder, 100, 100);
  }

  private static void cutSeveralTimes(Path folder, int seed, int times) throws Exception {
    for (var i = seed; i < seed + times; i++) {
      cutOften(Files.createDirectory(folder.resolve("seed" + i)), new Random(i));
    }
  }

  /** Starts over what each cut has left, writes on, and cuts again. */
  static void cutOften(Path folder, Random random) throws Exception {
    var acknowledged = new HashMap<Long, Long>();
    for (var life = 0; life < 4; life++) {
      var now = Files.createDirectories(folder.resolve("life" + life));
      var next = folder.resolve("life" + (life + 1));
      var disk = new UnsteadyDisk();
      disk.load(now);
      ShadowPath.mount(now, disk);
      try (var ledger = Ledger.open(now, LIMITS)) {
        check(ledger, acknowledged);
        write(ledger, random, acknowledged, 20 + random.nextInt(200));
        disk.cutPower(now, next, random);
      }
    }
    try (var ledger = Ledger.open(folder.resolve("life4"), LIMITS)) {
      check(ledger, acknowledged);
    }
  }

  private static void write(
      Ledger ledger, Random random, Map<Long, Long> acknowledged, int groups) {
    for (var group = 0; group < groups; group++) {
      var answers = new HashMap<Long, CompletableFuture<Long>>();
      for (var i = random.nextInt(5); i >= 0; i--) {
        var key = random.nextLong(300);
        answers.put(key, ledger.put(key, random.nextInt(3_000)));
      }
      answers.forEach((key, answer) -> acknowledged.put(key, answer.join()));
      if (random.nextInt(30) == 0) {
        var key = 1_000 + random.nextLong(10);
        ledger.transactions.write(
            dsl -> dsl.execute("merge into ledger (k, n, v) values (?, ?, null)", key, 1L));
        acknowledged.put(key, 1L);
      }
    }
  }

  private static void check(Ledger ledger, Map<Long, Long> acknowledged) {
    assertThat(ledger.rows()).isEqualTo(new java.util.TreeMap<>(acknowledged));
  }
}
