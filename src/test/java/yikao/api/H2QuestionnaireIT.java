package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.db.FileBytes;

/** On an embedded H2 in a file, as it is shipped. */
final class H2QuestionnaireIT extends QuestionnaireContract {
  private static final String WRITTEN = "four came back, and this was written";

  private Path folder = Path.of("");

  @Override
  Map<String, Object> database() throws Exception {
    folder = Files.createTempDirectory("yikao-h2");
    return Map.of("yikao.database.url", TestService.file(folder));
  }

  @Override
  boolean isPostgres() {
    return false;
  }

  /** What is deleted at the closing is not left in the file. */
  @Test
  void anonymous_whatIsDeletedAtTheClosing_isForgottenByTheFile() throws Exception {
    var file = folder.resolve("yikao.mv.db");
    var id = openAnonymous(6, 4, WRITTEN);
    assertThat(FileBytes.of(file).hold(WRITTEN)).isTrue();
    close(id);
    await().atMost(Duration.ofSeconds(60)).until(() -> !FileBytes.of(file).hold(WRITTEN));
  }
}
