package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.api.Client;

/**
 * The disk under the embedded database is full, or refuses every write: clear errors, and the same
 * process goes on when it takes them again. Needs a service that opens H2 again after a failed
 * write.
 */
@Tag("full")
final class DiskIT {
  private static final int MEGABYTES = 64;

  @Test
  void fullDisk_isSaidAndPasses(@TempDir Path folder) throws Exception {
    var disk = Files.createDirectory(folder.resolve("disk"));
    var mounted =
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=%dm".formatted(MEGABYTES),
            "tmpfs",
            disk.toString());
    assumeTrue(mounted, "a small disk cannot be mounted here: it takes root");
    try {
      var filler = disk.resolve("filler");
      outage(
          folder,
          Map.of("yikao.data", disk.toString()),
          _ -> run("dd", "if=/dev/zero", "of=" + filler, "bs=64k"),
          _ -> run("rm", filler.toString()));
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  /** As a disk that has become read-only: the limit holds for files that are open, too. */
  @Test
  void diskThatTakesNoWrite_isSaidAndPasses(@TempDir Path folder) throws Exception {
    outage(
        folder,
        Map.of(),
        pid -> run("prlimit", "--pid", Long.toString(pid), "--fsize=0:"),
        pid -> run("prlimit", "--pid", Long.toString(pid), "--fsize=unlimited:"));
  }

  /** Something done to the disk, or to the process. */
  private interface Step {
    void take(long pid) throws IOException, InterruptedException;
  }

  private static void outage(Path folder, Map<String, String> where, Step begin, Step end)
      throws Exception {
    var settings = new HashMap<>(where);
    settings.put("yikao.secrets", folder.resolve("secrets.properties").toString());
    var service = ServiceProcess.start(folder, settings);
    try {
      var api = new Client(service.uri());
      var management = new Client(service.management());
      var quiz = CrashLoad.quiz(api);
      var load = CrashLoad.start(List.of(api), quiz, 1);
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> load.acknowledged() > 200);
      begin.take(service.process().pid());
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> load.refused() > 20);
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> management.get("/health/readiness").status() == 503);
      assertThat(management.get("/health/liveness").status()).isEqualTo(200);
      end.take(service.process().pid());
      var then = load.acknowledged();
      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> load.acknowledged() > then + 100);
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> management.get("/health/readiness").status() == 200);
      var told = load.stop();
      CrashLoad.check(api, quiz, told, Set.of());
    } finally {
      service.kill();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
