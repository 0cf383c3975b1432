package yikao;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Arrays.copyOf;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
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
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import yikao.access.Secrets;
import yikao.db.OwnerOnly;

/** The whole service in this process, on an H2 in memory unless told otherwise. */
public final class TestService implements AutoCloseable {
  private static final String EDITOR_TOKEN = "editor-token-of-the-tests";
  private final EmbeddedServer server;

  private TestService(EmbeddedServer server) {
    this.server = server;
  }

  public static TestService start(Map<String, Object> overrides) {
    try {
      var data = Files.createTempDirectory("yikao-test");
      var settings = new HashMap<String, Object>(Defaults.settings(data));
      settings.put("yikao.port", -1);
      settings.put("yikao.management.port", -1);
      settings.put("yikao.secrets", secrets(data).toString());
      settings.put("yikao.database.url", memory());
      settings.put("yikao.first-access", "token");
      settings.put("yikao.limits.starts-per-minute", 1_000_000);
      settings.put("yikao.limits.wrong-tokens", 1_000_000);
      settings.put("yikao.sweep", "100ms");
      settings.putAll(overrides);
      var server = ApplicationContext.run(EmbeddedServer.class, settings);
      return new TestService(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a setting is as shipped. */
  public static String shipped(String setting) {
    var settings = new Properties();
    try (var stream = TestService.class.getResourceAsStream("/application.properties")) {
      settings.load(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings.getProperty(setting);
  }

  /** A fresh H2 in memory. */
  public static String memory() {
    return "jdbc:h2:mem:"
        + UUID.randomUUID()
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
  }

  /** An H2 in a file, as it is shipped. */
  public static String file(Path folder) {
    return Defaults.h2(folder.resolve("yikao"));
  }

  /** A file of secrets with the token of {@link #editorToken}. */
  public static Path secrets(Path folder) throws IOException {
    var hash = Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256(EDITOR_TOKEN));
    var key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    var file = folder.resolve("secrets.properties");
    Files.createDirectories(folder);
    Files.writeString(
        file, "editor-token-sha256=%s%nparticipant-key=%s%ndata-key=%2$s%n".formatted(hash, key));
    OwnerOnly.mend(file); // so that no test is warned of it
    return file;
  }

  public static String editorToken() {
    return EDITOR_TOKEN;
  }

  /** The cookie of a guest's browser, signed with the key of {@link #secrets}. */
  public static String guestCookie(String secret) {
    return guestCookie("yikao_guest", secret);
  }

  /** The same under another name. */
  public static String guestCookie(String name, String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
      var digest = mac.doFinal(("cookie %s\0%s".formatted(name, secret)).getBytes(UTF_8));
      var signature = Base64.getUrlEncoder().withoutPadding().encodeToString(copyOf(digest, 16));
      return "%s=%s.%s".formatted(name, secret, signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI uri() {
    return server.getURI();
  }

  /** Where metrics and health are. */
  public URI management() {
    var port =
        ((NettyEmbeddedServer) server)
            .getBoundPorts().stream().filter(p -> p != server.getPort()).findFirst().orElseThrow();
    return URI.create("http://%s:%d".formatted(server.getHost(), port));
  }

  /** The address of a path. */
  public String at(String path) {
    return uri() + path;
  }

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
    server.close();
  }
}
