package yikao.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.ServiceProcess;
import yikao.api.Client;
import yikao.db.Postgres;

/**
 * The service, its PostgreSQL, or both are killed at random moments while clients take attempts;
 * everything acknowledged is there afterwards, and nothing twice. {@code -Dcrash.seed=N} repeats a
 * run's moments and calls.
 */
final class CrashIT {
  private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);
  private static final int MANY = Integer.getInteger("crash.rounds", 50);

  /** What is killed. */
  private enum Kill {
    SERVICE,
    DATABASE,
    BOTH
  }

  @Test
  void killed_onH2KeepsEverythingAcknowledged(@TempDir Path data) {
    rounds(data, Map.of(), 1, Kill.SERVICE);
  }

  @Test
  void killed_onPostgresKeepsEverythingAcknowledged(@TempDir Path data) throws Exception {
    rounds(data, database(), 2, Kill.DATABASE, Kill.SERVICE);
  }

  @Test
  @Tag("full")
  void killedManyTimes_onH2KeepsEverythingAcknowledged(@TempDir Path data) {
    rounds(data, Map.of(), MANY, Kill.SERVICE);
  }

  @Test
  @Tag("full")
  void killedManyTimes_onPostgresKeepsEverythingAcknowledged(@TempDir Path data) throws Exception {
    rounds(data, database(), MANY, Kill.SERVICE, Kill.DATABASE, Kill.BOTH);
  }

  private static Map<String, String> database() throws Exception {
    var settings = new HashMap<String, String>();
    Postgres.database().forEach((name, value) -> settings.put(name, value.toString()));
    return settings;
  }

  private static void rounds(Path data, Map<String, String> settings, int rounds, Kill... kills) {
    var seed = Long.getLong("crash.seed", System.nanoTime());
    var run = new Run(data, settings, new Random(seed));
    try {
      for (var round = 0; round < rounds; round++) {
        var kill = kills[round % kills.length];
        run.round(kill, seed + round);
        LOG.info("crash.seed={} round {} of {}: {} {}", seed, round + 1, rounds, kill, run.said);
      }
      run.checkAll();
    } finally {
      run.service.kill();
    }
  }

  /** One service over one database, killed again and again. */
  private static final class Run {
    private final Path data;
    private final Map<String, String> settings;
    private final Random random;
    private final List<Acknowledged> before = new ArrayList<>();
    private final String quiz;
    private Set<String> ended = new HashSet<>();
    private ServiceProcess service;
    private String said = "";

    Run(Path data, Map<String, String> settings, Random random) {
      this.data = data;
      this.settings = settings;
      this.random = random;
      this.service = ServiceProcess.start(data, settings);
      this.quiz = CrashLoad.quiz(api());
    }

    private Client api() {
      return new Client(service.uri());
    }

    void round(Kill kill, long seed) {
      var load = CrashLoad.start(List.of(api()), quiz, seed);
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> load.acknowledged() > 50);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
      var told =
          switch (kill) {
            case SERVICE -> killService(load);
            case DATABASE -> killDatabase(load);
            case BOTH -> killBoth(load);
          };
      said =
          "%d calls acknowledged, %d refused, %d attempts, %d submissions in doubt"
              .formatted(
                  load.acknowledged(),
                  load.refused(),
                  told.size(),
                  told.stream().filter(Acknowledged::isInDoubt).count());
      CrashLoad.check(api(), quiz, told, ended);
      ended = CrashLoad.ended(api(), quiz);
      before.addAll(told);
    }

    private List<Acknowledged> killService(CrashLoad load) {
      service.kill();
      var told = load.stop();
      service = ServiceProcess.start(data, settings);
      return told;
    }

    /** The service goes on; it has to find the database again by itself. */
    private List<Acknowledged> killDatabase(CrashLoad load) {
      try {
        Postgres.kill();
      } finally {
        Postgres.restart();
      }
      var back = load.acknowledged();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> load.acknowledged() > back + 50);
      return load.stop();
    }

    private List<Acknowledged> killBoth(CrashLoad load) {
      try {
        if (random.nextBoolean()) {
          service.kill();
          Postgres.kill();
        } else {
          Postgres.kill();
          service.kill();
        }
      } finally {
        Postgres.restart();
      }
      return killService(load);
    }

    /** Looks at the attempts of all rounds once more. */
    void checkAll() {
      CrashLoad.check(api(), quiz, before, Set.of());
    }
  }
}
