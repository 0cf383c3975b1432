package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.api.Client;

/** The folder that is copied to a server, started by its own script. */
final class DistributionIT {
  private static final Path FOLDER = Path.of("target", "yikao").toAbsolutePath();
  private static final Path SCRIPT = FOLDER.resolve("bin").resolve("yikao");

  @Test
  void script_servesAndStopsBySigterm(@TempDir Path data) throws IOException {
    served(data, System.getProperty("java.home"), SCRIPT);
  }

  /** An operator's JAVA_HOME may be of another release. */
  @Test
  void javaHomeOfAnOlderRelease_isPassedOver(@TempDir Path data) throws IOException {
    var old = Files.createDirectories(data.resolve("jdk-17"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    var java = Files.createDirectories(old.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 1\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    served(data, old.toString(), SCRIPT);
  }

  /** The list that scanners for known holes read. */
  @Test
  @SuppressWarnings("SystemOut")
  void everyLibrary_isListedWithItsLicence() throws IOException {
    if (!Files.exists(FOLDER.resolve("bom.json"))) {
      System.out.println("SKIPPED: the list of libraries, which an offline build does not make");
      return;
    }
    var list =
        JsonMapper.createDefault()
            .readValue(Files.readAllBytes(FOLDER.resolve("bom.json")), JsonNode.class);
    var listed = new TreeSet<String>();
    for (var library : list.get("components").values()) {
      listed.add(
          "%s-%s.jar"
              .formatted(
                  library.get("name").getStringValue(), library.get("version").getStringValue()));
      assertThat(library.get("licenses").size()).as(library.toString()).isPositive();
    }
    try (var files = Files.list(FOLDER.resolve("lib"))) {
      assertThat(files.map(f -> f.getFileName().toString())).hasSameElementsAs(listed);
    }
  }

  /** Where the cache does not fit, the start is only slower, and says nothing of it. */
  @Tag("full")
  @Test
  void cacheThatDoesNotFit_isPassedOverSilently(@TempDir Path data) throws IOException {
    var copy = data.resolve("copy");
    try (var files = Files.walk(FOLDER)) {
      for (var file : files.toList()) {
        Files.copy(file, copy.resolve(FOLDER.relativize(file).toString()));
      }
    }
    Files.writeString(copy.resolve("yikao.aot"), "not a cache");
    var script = copy.resolve("bin").resolve("yikao");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThat(served(data, System.getProperty("java.home"), script))
        .doesNotContain("AOT", "[warning]", "[error]");
  }

  /** It must not restore to where the service does not look. */
  @Test
  void settingsOfTheService_areThoseOfARestoreToo(@TempDir Path data) throws IOException {
    var log = data.resolve("log");
    var process =
        start(
            List.of(SCRIPT.toString(), "restore", "none.zip"),
            log,
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "JAVA_OPTS", "-Dyikao.database.url=jdbc:postgresql://127.0.0.1/yikao",
                "YIKAO_DATA", data.resolve("data").toString()));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains(
            "yikao.database.url=jdbc:postgresql://127.0.0.1/yikao",
            data.resolve("data/database").toString());
  }

  private static String served(Path data, String javaHome, Path script) throws IOException {
    var port = ServiceProcess.freePort();
    var managementPort = ServiceProcess.freePort();
    var log = data.resolve("log");
    var process =
        start(
            List.of(script.toString()),
            log,
            Map.of(
                "JAVA_HOME", javaHome,
                "YIKAO_DATA", data.resolve("data").toString(),
                "YIKAO_PORT", Integer.toString(port),
                "YIKAO_MANAGEMENT_PORT", Integer.toString(managementPort)));
    try {
      var api = new Client(URI.create("http://127.0.0.1:" + port));
      var management = new Client(URI.create("http://127.0.0.1:" + managementPort));
      Awaitility.await()
          .atMost(Duration.ofSeconds(120))
          .ignoreExceptions()
          .until(() -> !process.isAlive() || management.get("/health/readiness").status() == 200);
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(api.get("/").body()).contains("党章党规知识测试");
      assertThat(api.get("/api/areas").json().size()).isEqualTo(17);
      process.destroy();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
      assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
      return Files.readString(log);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void noJdk_isSaidInOneLine(@TempDir Path data) throws IOException {
    var log = data.resolve("log");
    var script = data.resolve("yikao");
    // the script without the places where this machine keeps its JDKs
    Files.writeString(
        script, Files.readString(SCRIPT).replaceAll("/usr/lib/jvm/\\*|/opt/java/\\*", ""));
    var process = start(List.of("sh", script.toString()), log, Map.of("PATH", bare(data)));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(log)).hasSize(1).first().asString().contains("JDK 25");
  }

  /** A folder with nothing but what the script itself calls. */
  private static String bare(Path folder) throws IOException {
    var bin = Files.createDirectories(folder.resolve("bare"));
    for (var tool : List.of("dirname", "readlink", "sed", "grep")) {
      for (var place : List.of("/usr/bin", "/bin")) {
        var found = Path.of(place, tool);
        if (Files.exists(found) && !Files.exists(bin.resolve(tool))) {
          Files.writeString(bin.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(found));
          assertThat(bin.resolve(tool).toFile().setExecutable(true)).isTrue();
        }
      }
    }
    return bin.toString();
  }

  private static Process start(List<String> command, Path log, Map<String, String> environment)
      throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    return builder.redirectOutput(log.toFile()).start();
  }
}
