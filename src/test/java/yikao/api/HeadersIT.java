package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import yikao.TestService;

/** What every answer tells a browser, whoever gives it: a page, a filter or the connection. */
final class HeadersIT {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String JUNK = "Authorization: Bearer junk\r\n";

  private TestService service;

  private void start(Map<String, Object> settings) throws IOException {
    var all = new HashMap<>(settings);
    all.put("yikao.bank", new SmallBank().root().toString());
    all.put("yikao.limits.stalled", "300ms");
    service = TestService.start(all);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private record Answer(int status, Map<String, List<String>> headers, String body) {}

  /** Sends as it is, and reads until the other side closes. */
  private Answer send(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", service.uri().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var parts = all.split("\r\n\r\n", 2);
      var lines = parts[0].split("\r\n");
      var headers = new HashMap<String, List<String>>();
      for (var i = 1; i < lines.length; i++) {
        var header = lines[i].split(": ", 2);
        headers
            .computeIfAbsent(header[0].toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(header[1]);
      }
      return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, parts[1]);
    }
  }

  private static String request(String line, String headers, String body) {
    return "%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(line, headers, body.length(), body);
  }

  private Client.Reply started() {
    var api = new Client(service.uri());
    return api.start(api.quiz(SmallBankContract.spec(SmallBank.ELEVEN, "single", 10, 2, "")));
  }

  /** By what is refused, and with which status. */
  private Map<String, Integer> requests() {
    var id = UUID.randomUUID();
    var started = started();
    var save = "PUT /api/attempts/%s/responses/1".formatted(started.text("id"));
    var own = JSON + "Authorization: Bearer %s\r\n".formatted(started.text("token"));
    var requests = new LinkedHashMap<String, Integer>();
    requests.put(request("GET /", "", ""), 200);
    requests.put(request("GET /assets/x/yikao.css", "", ""), 200);
    requests.put(request("GET /swagger", "", ""), 200);
    requests.put(request("GET /nothing", "", ""), 404);
    requests.put(request("GET /api/nothing", "", ""), 404);
    requests.put(request("GET /assets/x/none", "", ""), 404);
    requests.put(request("GET /swagger/ui/index.html", "", ""), 404);
    requests.put(request("GET /prometheus", "", ""), 404);
    requests.put(request("GET /a%00b", "", ""), 404);
    requests.put(request("DELETE /api/areas", "", ""), 405);
    requests.put(request("GET /api/jobs/" + id, "", ""), 401);
    requests.put(request("GET /api/jobs/" + id, JUNK, ""), 403);
    requests.put(request("POST /api/quizzes", JSON + JUNK, "{}"), 403);
    requests.put(
        request("POST /quizzes/x/attempts", "Sec-Fetch-Site: cross-site\r\n", "name=x"), 403);
    requests.put(request(save, JSON, "{}"), 401);
    requests.put(request(save, JSON + JUNK, "{}"), 403);
    requests.put(request(save.replace(started.text("id"), id.toString()), JSON + JUNK, ""), 404);
    requests.put(request(save, own, "x".repeat(40_000)), 413);
    requests.put(request(save, own, "{").replace("Length: 1", "Length: 9"), 408);
    requests.put(
        request(save, own, "9c40\r\n" + "x".repeat(40_000) + "\r\n0\r\n\r\n")
            .replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked"),
        413);
    requests.put(request("GET /" + "x".repeat(5_000), "", ""), 413);
    requests.put(request("GET /", "X-Long: " + "x".repeat(9_000) + "\r\n", ""), 413);
    requests.put(request("GET /", "no header\r\n", ""), 400);
    return requests;
  }

  @Test
  void everyAnswer_alsoARefusal_carriesTheSecurityHeaders() throws IOException {
    start(Map.of());
    for (var entry : requests().entrySet()) {
      var answer = send(entry.getKey());
      var said = entry.getKey().lines().findFirst().orElse("").replaceAll("x{9,}", "xx");
      assertThat(answer.status()).as(said + answer).isEqualTo(entry.getValue());
      assertThat(answer.headers())
          .as("%s %s", said, answer)
          .containsEntry("x-content-type-options", List.of("nosniff"))
          .containsEntry("referrer-policy", List.of("same-origin"))
          .doesNotContainKey("strict-transport-security");
      assertThat(answer.headers().get("content-security-policy").getFirst())
          .contains("frame-ancestors 'none'", "base-uri 'none'")
          .doesNotContain("unsafe-eval", "http", "*");
      if (answer.status() >= 400) {
        assertThat(answer.headers()).containsEntry("cache-control", List.of("no-store"));
      }
    }
  }

  @Test
  void tooManyTries_andAFullQueueToo() throws IOException {
    start(Map.of("yikao.limits.wrong-tokens", 1, "yikao.limits.buffered", 1 << 20));
    var job = request("GET /api/jobs/" + UUID.randomUUID(), JUNK, "");
    send(job);
    send(job);
    assertSecured(send(job), 429);
    var body = "x".repeat(400_000);
    var started = started();
    var path = "POST /api/attempts/%s/submission".formatted(started.text("id"));
    var own = JSON + "Authorization: Bearer %s\r\n".formatted(started.text("token"));
    // more than an address may hold of unfinished bodies
    var unfinished = request(path, own, body).replace(": 400000", ": 400001");
    assertSecured(send(unfinished), 503);
  }

  private static void assertSecured(Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.headers())
        .containsKeys("content-security-policy", "retry-after")
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("cache-control", List.of("no-store"));
  }

  @Test
  void hsts_standsInEveryAnswer_whereItIsSet() throws IOException {
    start(Map.of("yikao.public-address", "https://quiz.example.org", "yikao.hsts", "30d"));
    for (var request : requests().entrySet()) {
      assertThat(send(request.getKey()).headers())
          .as(request.getKey())
          .containsEntry("strict-transport-security", List.of("max-age=2592000"));
    }
  }

  @Test
  void hsts_isOffUnlessItIsSet() throws IOException {
    start(Map.of("yikao.public-address", "https://quiz.example.org"));
    assertThat(send(request("GET /", "", "")).headers())
        .doesNotContainKey("strict-transport-security");
  }

  @Test
  void pageOfTheApi_hasNothingOfTheLibrarysOwnPages() throws IOException {
    start(Map.of());
    for (var path :
        List.of(
            "/swagger/ui/index.html",
            "/swagger/ui/swagger-initializer.js",
            "/swagger/ui/oauth2-redirect.html",
            "/swagger/ui/./index.html",
            "/swagger/ui/%69ndex.html",
            "/swagger/ui//index.html",
            "/swagger//ui/index.html",
            "/swagger/ui/",
            "/swagger/",
            "/swagger/page.html",
            "/swagger/views/swagger-ui/index.html")) {
      assertThat(send(request("GET " + path, "", "")).status()).as(path).isEqualTo(404);
    }
    var page = send(request("GET /swagger?url=https://evil.example/x&configUrl=//evil", "", ""));
    assertThat(page.body()).doesNotContain("evil", "<script>", "petstore", "http");
    assertThat(page.headers().get("content-type").getFirst()).startsWith("text/html");
    for (var file :
        List.of("yikao.yml", "page.js", "ui/swagger-ui.css", "ui/swagger-ui-bundle.js")) {
      var answer = send(request("GET /swagger/" + file, "", ""));
      assertThat(answer.status()).as(file).isEqualTo(200);
      assertThat(answer.headers().get("content-security-policy").getFirst())
          .contains("script-src 'self'");
    }
  }
}
