package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.access.SecretsRefusedException;
import yikao.db.Postgres;

/** Nodes over one database have the same secrets. */
final class SecretsOnTwoNodesIT {
  @TempDir private Path folder;

  /** A node whose file does not exist yet. */
  private TestService node(Map<String, Object> database, String file) throws IOException {
    var settings = new HashMap<>(database);
    settings.put("yikao.bank", new SmallBank().root().toString());
    settings.put("yikao.secrets", folder.resolve(file).toString());
    return TestService.start(settings);
  }

  @Test
  void nodeWithOtherSecrets_isRefused_alsoAtTheFirstStart() throws Exception {
    var database = Postgres.database();
    var refused = new ArrayList<Throwable>();
    var started =
        atOnce(List.of(() -> node(database, "a/s"), () -> node(database, "b/s")), refused);
    try {
      assertThat(started).hasSize(1);
      assertThat(refused).hasSize(1);
      assertThat(refused.getFirst()).rootCause().isInstanceOf(SecretsRefusedException.class);
      var files = List.of(folder.resolve("a/s"), folder.resolve("b/s"));
      assertThat(files.stream().filter(f -> f.toFile().exists()))
          .as("the other has made no key")
          .hasSize(1);
      assertThatThrownBy(() -> node(database, "c/s"))
          .rootCause()
          .isInstanceOf(SecretsRefusedException.class);
    } finally {
      started.forEach(TestService::close);
    }
  }

  /** The first of them makes it, and the other reads it. */
  @Test
  void nodesWithOneFile_bothStart_alsoAtTheFirstStart() throws Exception {
    var database = Postgres.database();
    var refused = new ArrayList<Throwable>();
    var started = atOnce(List.of(() -> node(database, "s"), () -> node(database, "s")), refused);
    started.forEach(TestService::close);
    assertThat(refused).isEmpty();
    assertThat(started).hasSize(2);
    node(database, "s").close();
  }

  private static List<TestService> atOnce(
      List<Callable<TestService>> starts, List<Throwable> refused) throws InterruptedException {
    var begin = new CyclicBarrier(starts.size());
    var started = new ArrayList<TestService>();
    try (var threads = Executors.newFixedThreadPool(starts.size())) {
      var running =
          starts.stream()
              .map(start ->
                  threads.submit(() -> {
                    begin.await();
                    return start.call();
                  }))
              .toList();
      for (var node : running) {
        try {
          started.add(node.get());
        } catch (ExecutionException e) {
          refused.add(e.getCause());
        }
      }
    }
    return started;
  }
}
