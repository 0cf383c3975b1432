package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.api.Client;

/**
 * The service starts over data that an earlier release has left, and goes on with them. Each file
 * in {@code saved/} holds one attempt that was submitted and one that was running.
 */
final class SavedDatabaseIT {

  @TempDir private Path folder;

  @Test
  void firstRelease_goesOn() throws IOException {
    try (var saved = saved("first-release.mv.db.gz");
        var unpacked = new GZIPInputStream(saved)) {
      Files.copy(unpacked, folder.resolve("yikao.mv.db"));
    }
    goesOn();
  }

  /** Killed, so that the attempts are in its journal and not in its database's file. */
  @Test
  void secondReleaseKilled_goesOn() throws IOException {
    Files.createDirectory(folder.resolve("yikao.journal"));
    try (var saved = new ZipInputStream(saved("second-release-killed.zip"))) {
      for (var entry = saved.getNextEntry(); entry != null; entry = saved.getNextEntry()) {
        Files.copy(saved, folder.resolve(entry.getName()));
      }
    }
    goesOn();
  }

  private static InputStream saved(String name) {
    return Objects.requireNonNull(SavedDatabaseIT.class.getResourceAsStream("/saved/" + name));
  }

  private void goesOn() {
    try (var service = TestService.start(Map.of("yikao.database.url", TestService.file(folder)))) {
      var api = new Client(service.uri());
      var quiz = api.get("/api/quizzes").json().get(1).get("id").getStringValue();
      var running = api.start(quiz, "saved-participant-0002", "李华", "第二支部");
      assertThat(running.status()).as("it was running").isEqualTo(200);
      assertThat(running.json().get("saved").get(0).get("sequence").getIntValue()).isEqualTo(3);
      assertThat(api.submit(running, "{}").status()).isEqualTo(200);
      var board = api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json();
      assertThat(board.get("total").getIntValue()).isEqualTo(2);
      var again = api.start(quiz, "saved-participant-0001", "王小明", "第一支部");
      assertThat(again.json().get("number").getIntValue()).as("the second try").isEqualTo(2);
    }
  }
}
