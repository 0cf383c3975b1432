package yikao;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import yikao.access.Secrets;

/** The whole service in this process, on a free port, over a database in memory. */
public final class TestService implements AutoCloseable {
  private static final String EDITOR_TOKEN = "editor-token-for-tests-only";

  private final Path folder;
  private final EmbeddedServer server;

  private TestService(Path folder, EmbeddedServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts the service; what is given goes before the defaults of tests. */
  public static TestService start(Map<String, Object> overrides) {
    try {
      var folder = Files.createTempDirectory("yikao-test");
      writeSecrets(folder.resolve("secrets.properties"));
      var properties = new HashMap<>(Defaults.settings(folder));
      properties.put(
          "yikao.database.url",
          "jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
              .formatted(UUID.randomUUID()));
      properties.put("yikao.port", -1);
      properties.put("yikao.bank", Path.of("question-bank").toAbsolutePath().toString());
      properties.putAll(overrides);
      var context =
          ApplicationContext.builder()
              .eagerInitSingletons(true)
              .propertySources(PropertySource.of("test", properties, 1_000))
              .start();
      return new TestService(folder, context.getBean(EmbeddedServer.class).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeSecrets(Path file) throws IOException {
    var hash = Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256(EDITOR_TOKEN));
    Files.writeString(file, "editor-token-sha256=" + hash + "\n");
  }

  /** The token that makes its bearer an editor. */
  public static String editorToken() {
    return EDITOR_TOKEN;
  }

  /** Where the service listens. */
  public URI uri() {
    return server.getURI();
  }

  /** The address of a path. */
  public String at(String path) {
    return uri() + path;
  }

  /** The service's beans. */
  public ApplicationContext context() {
    return server.getApplicationContext();
  }

  /** Calls the API as an editor. */
  public HttpResponse<String> edit(String method, String path, String json) {
    var request =
        HttpRequest.newBuilder(URI.create(at(path)))
            .method(method, BodyPublishers.ofString(json))
            .header("Content-Type", json.startsWith("{") ? "application/json" : "text/csv")
            .header("Authorization", "Bearer " + EDITOR_TOKEN)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a quiz and returns its code. */
  public String createQuiz(String json) {
    var response = edit("POST", "/api/quizzes", json);
    if (response.statusCode() != 201) {
      throw new IllegalStateException(response.body());
    }
    return response.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
  }

  @Override
  public void close() {
    context().close();
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(TestService::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
