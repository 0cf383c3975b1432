package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;

/** A backup counts when what was restored from it serves. */
final class BackupIT {
  private static final int ATTEMPTS = 20;

  @Test
  void h2_backedUpWhileInUse_restoresAndServes(@TempDir Path folder) throws Exception {
    var data = folder.resolve("data");
    var before = new ArrayList<Told>();
    Path backup;
    try (var service = ServiceProcess.start(data, Map.of())) {
      var api = new Client(service.uri());
      for (var i = 0; i < ATTEMPTS; i++) {
        before.add(Told.by(api));
      }
      backup = backupUnderLoad(api);
      assertThat(restore(data, backup)).as("while it runs").isNotZero();
      assertThat(Told.by(api).submitted().status()).as("nothing has happened").isEqualTo(200);
    }
    assertBrokenIsRefused(data, backup, folder.resolve("broken.zip"));
    var restored = ended(data, backup);
    assertThat(restored.status()).as(restored.output()).isZero();
    assertThat(restored.output()).contains("quizzes 2", "database.before-");
    assertServes(data, before, Map.of());
    var fresh = folder.resolve("fresh");
    Files.createDirectories(fresh);
    Files.copy(data.resolve("secrets.properties"), fresh.resolve("secrets.properties"));
    assertThat(restore(fresh, backup)).isZero();
    assertServes(fresh, before, Map.of());
  }

  /** Takes the backup while others go on. */
  private static Path backupUnderLoad(Client api) {
    var stop = new AtomicBoolean();
    var others =
        CompletableFuture.runAsync(() -> {
          while (!stop.get()) {
            Told.by(api);
          }
        });
    Reply made;
    try {
      made = api.post("/api/backups", "{}", TestService.editorToken());
    } finally {
      stop.set(true);
      others.join();
    }
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    var path = Path.of(made.text("path"));
    assertThat(path).hasSize(made.json().get("bytes").getLongValue());
    assertThat(api.post("/api/backups", "{}", "somebody").status()).isEqualTo(403);
    return path;
  }

  /** One sentence, and what is there stays as it was. */
  private static void assertBrokenIsRefused(Path data, Path backup, Path broken) throws Exception {
    var database = data.resolve("database").resolve("yikao.mv.db");
    var live = Files.readAllBytes(database);
    var whole = Files.readAllBytes(backup);
    var flipped = whole.clone();
    flipped[whole.length / 2] ^= (byte) 1;
    for (var bytes :
        List.of(
            flipped,
            Arrays.copyOf(whole, whole.length / 2),
            "not a backup!\n".getBytes(StandardCharsets.UTF_8))) {
      var refused = ended(data, Files.write(broken, bytes));
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.output().lines()).as(refused.output()).hasSize(1);
      assertThat(refused.output()).contains(broken.toString(), "use another one");
      assertThat(Files.readAllBytes(database)).isEqualTo(live);
    }
  }

  private static int restore(Path data, Path backup) throws Exception {
    return ended(data, backup).status();
  }

  private static Commands.Ended ended(Path data, Path backup) throws Exception {
    return Commands.ended(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dyikao.data=" + data,
            "-cp",
            System.getProperty("java.class.path"),
            "yikao.db.RestoreBackup",
            backup.toString()));
  }

  @Test
  void postgres_dumpedWhileInUse_restoresAndServes(@TempDir Path folder) throws Exception {
    var server = DebianPostgres.start();
    if (server.isEmpty()) {
      return;
    }
    try (var postgres = server.get()) {
      var data = folder.resolve("data");
      var before = new ArrayList<Told>();
      Path dump;
      try (var service = ServiceProcess.start(data, postgres.settings("postgres"))) {
        var api = new Client(service.uri());
        for (var i = 0; i < ATTEMPTS; i++) {
          before.add(Told.by(api));
        }
        var refused = api.post("/api/backups", "{}", TestService.editorToken());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("pg_dump");
        dump = postgres.dump("postgres");
        Told.by(api);
      }
      postgres.restore(dump, "restored");
      assertServes(data, before, postgres.settings("restored"));
    }
  }

  private static void assertServes(Path data, List<Told> before, Map<String, String> settings) {
    try (var service = ServiceProcess.start(data, settings)) {
      var api = new Client(service.uri());
      for (var told : before) {
        assertThat(api.submit(told.started(), "{}").body()).isEqualTo(told.submitted().body());
      }
      assertThat(Told.by(api).submitted().status()).as("and goes on").isEqualTo(200);
    }
  }

  /** What a participant was told. */
  private record Told(Reply started, Reply submitted) {
    static Told by(Client api) {
      var quiz = api.get("/api/quizzes").json().get(1).get("id").getStringValue();
      var started = api.start(quiz, UUID.randomUUID().toString(), "王小明", "一");
      assertThat(started.status()).isEqualTo(201);
      return new Told(started, api.submit(started, "{}"));
    }
  }
}
