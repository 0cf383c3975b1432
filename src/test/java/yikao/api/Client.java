package yikao.api;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import yikao.TestService;

/** Calls the API as a client does. */
public final class Client {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = JsonMapper.createDefault();
  private final URI base;

  public Client(URI base) {
    this.base = base;
  }

  /** What came back. */
  public record Reply(int status, String body, Map<String, List<String>> headers) {
    public JsonNode json() {
      try {
        return JSON.readValue(body, Argument.of(JsonNode.class));
      } catch (IOException e) {
        throw new UncheckedIOException(body, e);
      }
    }

    public String text(String field) {
      return json().get(field).coerceStringValue();
    }

    public BigDecimal number(String field) {
      return json().get(field).getBigDecimalValue();
    }

    public boolean has(String field) {
      var node = json().get(field);
      return node != null && !node.isNull();
    }

    /** The kind of problem, without its prefix. */
    public String problem() {
      return text("type").replace("urn:yikao:", "");
    }

    public List<String> fields() {
      var errors = json().get("errors");
      return errors == null
          ? List.of()
          : IntStream.range(0, errors.size())
              .mapToObj(i -> errors.get(i).get("field").getStringValue())
              .toList();
    }
  }

  public Reply send(String method, String path, byte[] body, Map<String, String> headers) {
    try {
      var request =
          HttpRequest.newBuilder(base.resolve(path))
              .timeout(Duration.ofSeconds(30))
              .method(
                  method,
                  body.length == 0
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      var response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Reply(response.statusCode(), response.body(), response.headers().map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Reply send(String method, String path, String body, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.putIfAbsent("Content-Type", "application/json");
    return send(method, path, body.getBytes(StandardCharsets.UTF_8), all);
  }

  public Reply get(String path) {
    return send("GET", path, new byte[0], Map.of());
  }

  public Reply get(String path, String token) {
    return send("GET", path, new byte[0], bearer(token));
  }

  public Reply post(String path, String body, String token) {
    return send("POST", path, body, bearer(token));
  }

  public Reply put(String path, String body, String token) {
    return send("PUT", path, body, bearer(token));
  }

  public static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  /** Starts as the guest that the key stands for. */
  public Reply start(String quiz, String key, String name, String branch) {
    return send(
        "POST",
        "/api/quizzes/%s/attempts".formatted(quiz),
        "{\"participant\":{\"name\":\"%s\",\"branch\":\"%s\"}}".formatted(name, branch),
        Map.of("Idempotency-Key", key));
  }

  public Reply start(String quiz) {
    return start(quiz, UUID.randomUUID().toString(), "王小明", "第一支部");
  }

  public Reply save(Reply started, int number, String body) {
    return put(
        "/api/attempts/%s/responses/%d".formatted(started.text("id"), number),
        body,
        started.text("token"));
  }

  public Reply submit(Reply started, String body) {
    return post(
        "/api/attempts/%s/submission".formatted(started.text("id")), body, started.text("token"));
  }

  public Reply review(Reply started) {
    return get("/api/attempts/%s/review".formatted(started.text("id")), started.text("token"));
  }

  /** Creates a quiz as an editor. */
  public String quiz(String spec) {
    return made("/api/quizzes", spec).text("id");
  }

  /**
   * Makes an organisation as an administrator.
   *
   * @param parent its code; empty: on top
   */
  public void organisation(String code, String name, String parent) {
    var above = parent.isEmpty() ? "" : "\"parent\":\"%s\",".formatted(parent);
    made(
        "/api/organisations",
        "{\"code\":\"%s\",\"name\":\"%s\",\"kind\":\"branch\",%s\"reason\":\"新成立\"}"
            .formatted(code, name, above));
  }

  /** Registers a member as an administrator, and returns by what it is known. */
  public String member(String name, String in) {
    return member(name, in, "");
  }

  /**
   * The same with more that is known.
   *
   * @param more fields of its body, each after a comma
   */
  public String member(String name, String in, String more) {
    return made(
            "/api/members",
            "{\"name\":\"%s\",\"organisation\":\"%s\"%s,\"reason\":\"登记\"}"
                .formatted(name, in, more))
        .text("id");
  }

  private Reply made(String path, String body) {
    var reply = post(path, body, TestService.editorToken());
    if (reply.status() != 201) {
      throw new IllegalStateException(reply.body());
    }
    return reply;
  }
}
