package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.TestService;
import yikao.api.Client;

/** How the service starts and stops as a process. */
final class StartIT {

  @Test
  void unknownSetting_stopsTheStartWithItsName(@TempDir Path data) {
    var log = failed(data, Map.of("yikao.publik-address", "x"));
    assertThat(log).contains("yikao.publik-address").doesNotContain("\tat ");
  }

  @Test
  void wrongSettings_stopTheStartWithASentenceForEach(@TempDir Path data) {
    var log =
        failed(
            data,
            Map.of(
                "yikao.time-zone", "Mars/Olympus",
                "yikao.sweep", "often",
                "yikao.database.pool", "many",
                "yikao.trusted-proxies", "10.0.0.0/8"));
    assertThat(log.lines().filter(l -> l.contains("wrong setting:")))
        .hasSize(4)
        .anyMatch(l -> l.contains("yikao.time-zone=Mars/Olympus") && l.contains("Asia/Shanghai"))
        .anyMatch(l -> l.contains("yikao.sweep=often"))
        .anyMatch(l -> l.contains("yikao.database.pool=many"))
        .anyMatch(l -> l.contains("yikao.trusted-proxies=10.0.0.0/8"));
  }

  @Test
  void addressOfAnotherMachine_stopsTheStartWithASentence(@TempDir Path data) {
    var log = failed(data, Map.of("yikao.address", "192.0.2.1"));
    assertThat(log).contains("yikao.address", "192.0.2.1:").doesNotContain("\tat ");
  }

  @Test
  void databaseThatCannotBeReached_stopsTheStartWithASentence(@TempDir Path data) {
    var url = "jdbc:postgresql://127.0.0.1:1/yikao?password=hidden";
    var log = failed(data, Map.of("yikao.database.url", url));
    assertThat(log)
        .contains("yikao.database.url=jdbc:postgresql://127.0.0.1:1/yikao,")
        .doesNotContain("\tat ", "hidden");
  }

  @Test
  void damagedSecrets_stopTheStartWithASentence(@TempDir Path data) throws IOException {
    Files.writeString(
        data.resolve("secrets.properties"), "editor-token-sha256=x\nparticipant-key=y\n");
    var log = failed(data, Map.of());
    assertThat(log).contains("yikao.secrets=", "editor-token-sha256").doesNotContain("\tat ");
  }

  /** Guests would not be known again, and answers are lost. */
  @Test
  void secretsThatAreEmptied_andADamagedDatabase_stopTheNextStartWithWhatToDo(@TempDir Path data)
      throws IOException {
    ServiceProcess.start(data, Map.of()).close();
    var secrets = data.resolve("secrets.properties");
    var before = Files.readString(secrets);
    Files.writeString(secrets, "");
    assertRefused(
        failedAgain(data),
        secrets.toString(),
        "participant-key",
        "yikao.accept-new-secrets=",
        "Restore the file from your copy");
    assertThat(secrets).isEmptyFile();
    Files.writeString(secrets, before);

    var file = data.resolve("database").resolve("yikao.mv.db");
    var bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 3 * 4096, bytes.length - 4096, (byte) 7);
    Files.write(file, bytes);
    assertRefused(failedAgain(data), file.getParent().toString(), "bin/yikao restore");

    Files.writeString(file, "not a database");
    assertRefused(failedAgain(data), file.toString(), "bin/yikao restore");
    assertThat(file).hasContent("not a database");

    Files.delete(file);
    assertRefused(failedAgain(data), file + " is missing", "bin/yikao restore");
    assertThat(file).doesNotExist();
  }

  private static String failedAgain(Path data) throws IOException {
    Files.delete(data.resolve("service.log"));
    return failed(data, Map.of());
  }

  private static void assertRefused(String log, String... words) {
    assertThat(log).contains(words).doesNotContain("\tat ", "ERROR");
  }

  @Test
  void readOnlyData_stopTheStartWithASentence(@TempDir Path data) throws IOException {
    var unprivileged = unprivileged();
    if (unprivileged.isEmpty()) {
      return;
    }
    TestService.secrets(data);
    for (var name : List.of("database", "backups")) {
      var folder = Files.createDirectories(data.resolve(name));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
      var command = new ArrayList<>(unprivileged.get());
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-Dyikao.data=" + data,
              "-cp",
              System.getProperty("java.class.path"),
              "yikao.Application"));
      var ended = Commands.ended(command);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      assertThat(ended.status()).as(ended.output()).isEqualTo(1);
      assertRefused(ended.output(), folder.toString(), "yikao.data");
    }
  }

  /** Root may write everywhere, but not without its capabilities; absent where it keeps them. */
  @SuppressWarnings("SystemOut")
  private static Optional<List<String>> unprivileged() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of(List.of());
    }
    var without = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");
    var probe = new ArrayList<>(without);
    probe.add("true");
    if (Files.isExecutable(Path.of("/usr/bin/setpriv")) && Commands.ended(probe).status() == 0) {
      return Optional.of(without);
    }
    System.out.println(
        "SKIPPED: a start over folders that are read-only, since root cannot give up its"
            + " capabilities with setpriv here; run the tests as another user");
    return Optional.empty();
  }

  @Test
  void dataOfTheService_areClosedToOthers_thoseOfBeforeToo(@TempDir Path folder)
      throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    ServiceProcess.start(data, Map.of()).close();
    var backup = data.resolve("backups").resolve("yikao-20260101T0.zip");
    Files.writeString(backup, "of an earlier release");
    Files.setPosixFilePermissions(backup, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(backup.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    var unfinished = Files.writeString(backup.resolveSibling("yikao-20260102T0.zip.new"), "half");
    try (var service = ServiceProcess.start(data, Map.of())) {
      assertThat(service.log()).contains("now its owner alone can");
      var api = new Client(service.uri());
      assertThat(api.post("/api/backups", "{}", TestService.editorToken()).status()).isEqualTo(201);
      assertClosed(data);
    }
    assertClosed(data);
    assertThat(unfinished).doesNotExist();
  }

  private static void assertClosed(Path data) throws IOException {
    try (var files = Files.walk(data)) {
      for (var path : files.filter(f -> !f.endsWith("service.log") && !f.equals(data)).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void badBank_atTheFirstStartStopsItWithFileLineAndReason(@TempDir Path data) throws IOException {
    var bank = Files.createDirectories(data.resolve("bank"));
    Files.writeString(bank.resolve("areas.yaml"), "方面：\n  - 代码: a\n    名称: 甲\n");
    Files.writeString(bank.resolve("documents.yaml"), "文件:\n");
    var log = failed(data, Map.of("yikao.bank", bank.toString()));
    assertThat(log).contains("areas.yaml").contains("全角冒号");
  }

  private static String failed(Path data, Map<String, String> settings) {
    var service = ServiceProcess.launch(data, settings);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !service.process().isAlive());
    assertThat(service.process().exitValue()).isNotZero();
    return service.log();
  }

  @Test
  void secrets_areReadableByTheirOwnerAlone_andTheTokenIsInNoLog(@TempDir Path data)
      throws IOException {
    var folder = data.resolve("fresh");
    var secrets = folder.resolve("own.properties");
    var settings = Map.of("yikao.secrets", secrets.toString());
    var file = folder.resolve("editor-token");
    var token = "";
    try (var first = ServiceProcess.start(folder, settings)) {
      token = Files.readString(file).strip();
      assertThat(first.log()).contains("editor token", file.toString(), first.uri().toString());
    }
    for (var closed : List.of(secrets, file)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
          .isEqualTo("rw-------");
    }
    try (var second = ServiceProcess.start(folder, settings)) {
      assertThat(second.log().split("editor token in the file", -1)).as("still there").hasSize(3);
      var api = new Client(second.uri());
      assertThat(api.post("/api/backups", "{}", token).status()).isEqualTo(201);
      assertThat(file).doesNotExist();
      assertThat(second.log())
          .contains("staff call actor=\"token:editor\" address=\"127.0.0.1\" method=\"POST\"");
    }
    try (var third = ServiceProcess.start(folder, settings)) {
      assertThat(third.log().split("editor token in the file", -1)).hasSize(3);
      assertThat(third.log()).as("of all three").doesNotContain(token);
    }
  }

  @Test
  void stop_drainsWhatWasAccepted_andLogsNothingPrivate(@TempDir Path data) {
    var service = ServiceProcess.start(data, Map.of());
    var api = new Client(service.uri());
    var quiz = api.get("/api/quizzes").json().get(1).get("id").getStringValue();
    var key = UUID.randomUUID().toString();
    var started = api.start(quiz, key, "欧阳丽华", "秘密支部");
    var submission = CompletableFuture.supplyAsync(() -> api.submit(started, "{}"));
    assertThat(submission.join().status()).isEqualTo(200);
    var before = size(data);
    service.close();
    assertThat(service.log())
        .contains("started attempt=\"%s\"".formatted(started.text("id")), "submitted attempt")
        .doesNotContain("欧阳丽华", "秘密支部", started.text("token"), key)
        .doesNotContain("ERROR", "WARN");
    assertThat(size(data)).as("the file is compacted").isLessThan(before);
    try (var again = ServiceProcess.start(data, Map.of())) {
      var next = new Client(again.uri());
      assertThat(next.submit(started, "{}").body()).isEqualTo(submission.join().body());
    }
  }

  private static long size(Path data) {
    return data.resolve("database").resolve("yikao.mv.db").toFile().length();
  }
}
