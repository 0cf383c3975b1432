package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The power fails at any moment. Where the disk keeps whole blocks or nothing, every acknowledged
 * write is there afterwards, and none twice; where it may leave half a block, that is counted.
 */
final class PowerCutTest {
  private static final Logger LOG = LoggerFactory.getLogger(PowerCutTest.class);
  private static final int MANY = Integer.getInteger("powercut.seeds", 100);

  @Test
  void powerCut_wholeBlocks_keepsWhatWasAcknowledged(@TempDir Path folder) throws Exception {
    for (var seed = 0; seed < 2; seed++) {
      assertThat(live(folder, seed, false)).isEmpty();
    }
  }

  @Test
  @Tag("full")
  void powerCuts_wholeBlocks_keepWhatWasAcknowledged(@TempDir Path folder) throws Exception {
    var lost = new TreeMap<Integer, String>();
    for (var seed = 100; seed < 100 + MANY; seed++) {
      var failure = live(folder, seed, false);
      if (!failure.isEmpty()) {
        lost.put(seed, failure);
      }
    }
    LOG.info(
        "power cuts, whole blocks: {} of {} seeds lost something: {}", lost.size(), MANY, lost);
    assertThat(lost).isEmpty();
  }

  /** What README says of such disks. */
  @Test
  @Tag("full")
  void powerCuts_tornBlocks_areCounted(@TempDir Path folder) throws Exception {
    var lost = new TreeMap<Integer, String>();
    for (var seed = 100; seed < 100 + MANY; seed++) {
      var failure = live(folder, seed, true);
      if (!failure.isEmpty()) {
        lost.put(seed, failure);
      }
    }
    LOG.info("power cuts, torn blocks: {} of {} seeds lost something: {}", lost.size(), MANY, lost);
    assertThat(lost).hasSizeLessThan(MANY);
  }

  /** Starts over what each cut has left, writes on, and cuts again; says what was lost. */
  private static String live(Path folder, int seed, boolean tearing) throws Exception {
    var random = new Random(seed);
    var lives = Files.createDirectory(folder.resolve((tearing ? "torn" : "whole") + seed));
    var acknowledged = new HashMap<Long, Long>();
    for (var life = 0; life < 4; life++) {
      var now = Files.createDirectories(lives.resolve("life" + life));
      var disk = UnsteadyDisk.mount(now);
      disk.tearing = tearing;
      try (var ledger = Ledger.open(UnsteadyPath.SCHEME, now)) {
        disk.syncFolder();
        var failure = difference(ledger, acknowledged);
        if (!failure.isEmpty()) {
          return failure;
        }
        write(ledger, random, acknowledged, 20 + random.nextInt(200));
        disk.cutPower(now, lives.resolve("life" + (life + 1)), random);
      } catch (RuntimeException e) {
        return "cannot be opened: " + e.getMessage();
      }
    }
    try (var ledger = Ledger.open(lives.resolve("life4"))) {
      return difference(ledger, acknowledged);
    } catch (RuntimeException e) {
      return "cannot be opened: " + e.getMessage();
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

  private static String difference(Ledger ledger, Map<Long, Long> acknowledged) {
    var rows = ledger.rows();
    return rows.equals(new TreeMap<>(acknowledged))
        ? ""
        : "%d rows of %d".formatted(rows.size(), acknowledged.size());
  }
}
