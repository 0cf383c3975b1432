package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
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
  void secrets_areReadableByTheirOwnerAlone_andTheTokenIsPrintedOnce(@TempDir Path data)
      throws IOException {
    var folder = data.resolve("fresh");
    var secrets = folder.resolve("own.properties");
    var settings = Map.of("yikao.secrets", secrets.toString());
    try (var first = ServiceProcess.start(folder, settings)) {
      assertThat(first.log()).contains("editor token").contains(first.uri().toString());
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
        .isEqualTo("rw-------");
    Files.delete(folder.resolve("service.log"));
    try (var second = ServiceProcess.start(folder, settings)) {
      assertThat(second.log()).doesNotContain("editor token");
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
