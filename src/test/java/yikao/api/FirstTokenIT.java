package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.db.Postgres;

/** The editor's token lies in a file from the first start until it was used. */
final class FirstTokenIT {
  private static final String NAME = "{\"title\":\"x\"}";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("editor-token");
  }

  private String token() throws IOException {
    return Files.readString(file()).strip();
  }

  private TestService node(Map<String, Object> database) throws IOException {
    var settings = new HashMap<>(database);
    settings.put("yikao.bank", new SmallBank().root().toString());
    settings.put("yikao.secrets", folder.resolve("secrets.properties").toString());
    return TestService.start(settings);
  }

  @Test
  void file_isForItsOwnerAlone_andGoesWithTheFirstCallThatSucceeds() throws IOException {
    try (var service = node(Map.of())) {
      var api = new Client(service.uri());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
      var token = token();
      assertThat(folder.resolve("secrets.properties")).content().doesNotContain(token);
      assertThat(api.post("/api/quizzes", NAME, "another-token").status()).isEqualTo(403);
      assertThat(api.get("/api/areas").status()).isEqualTo(200);
      assertThat(api.post("/api/quizzes", NAME, token).status()).as("refused").isEqualTo(422);
      assertThat(file()).exists();
      api = new Client(service.uri());
      assertThat(api.post("/api/bank/loads", "{}", token).status()).isEqualTo(200);
      assertThat(file()).doesNotExist();
      assertThat(api.post("/api/bank/loads", "{}", token).status()).isEqualTo(200);
    }
  }

  @Test
  void file_isThereUntilThen_alsoAfterARestart() throws IOException {
    var database = Map.<String, Object>of("yikao.database.url", TestService.memory());
    node(database).close();
    var token = token();
    try (var service = node(database)) {
      assertThat(token()).isEqualTo(token);
      assertThat(new Client(service.uri()).post("/api/bank/loads", "{}", token).status())
          .isEqualTo(200);
    }
    assertThat(file()).doesNotExist();
    node(database).close();
    assertThat(file()).doesNotExist();
  }

  @Test
  void fileOfAnotherToken_staysWhereItIs() throws IOException {
    TestService.secrets(folder);
    Files.writeString(file(), "of another installation");
    try (var service = node(Map.of())) {
      var api = new Client(service.uri());
      assertThat(api.post("/api/bank/loads", "{}", TestService.editorToken()).status())
          .isEqualTo(200);
    }
    assertThat(file()).hasContent("of another installation");
  }

  /** They share the file of secrets, and so this one. */
  @Test
  void twoNodes_haveOneFile_andItGoesWithACallToEither() throws Exception {
    var database = Postgres.database();
    try (var first = node(database);
        var second = node(database)) {
      assertThat(first.uri()).isNotEqualTo(second.uri());
      var token = token();
      var api = new Client(second.uri());
      assertThat(api.post("/api/bank/loads", "{}", token).status()).isEqualTo(200);
      assertThat(file()).doesNotExist();
      var other = new Client(first.uri());
      assertThat(other.post("/api/bank/loads", "{}", token).status()).isEqualTo(200);
    }
  }
}
