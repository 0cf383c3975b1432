package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;

/**
 * What a stranger with a script does to one small machine, and what a participant notices of it
 * meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttackIT {
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final int MEGA = 1_048_576;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Pattern DIRECT =
      Pattern.compile("(?m)^yikao_direct_memory_bytes\\S* (\\S+)$");

  private ServiceProcess service;
  private Client api;
  private Client management;
  private String quiz;
  private double before;
  private int logged;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    service =
        ServiceProcess.startAsShipped(
            data,
            Map.of("yikao.bank", new SmallBank().root().toString(), "yikao.limits.stalled", "2s"));
    api = new Client(service.uri());
    management = new Client(service.management());
    // as long a list as in a busy week
    for (var i = 0; i < 20; i++) {
      quiz = api.quiz(listed());
    }
    for (var i = 0; i < 50; i++) {
      takePart();
    }
    before = direct();
    logged = service.log().length();
  }

  private static String listed() {
    return SmallBankContract.spec(SmallBank.ELEVEN, "single", 10, 2, "")
        .replace(
            "\"listed\":false", "\"listed\":true,\"description\":\"%s\"".formatted("学".repeat(80)));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /** The most of the machine's memory that the process has had, in megabytes. */
  private long peak() throws IOException {
    var status = Path.of("/proc", Long.toString(service.process().pid()), "status");
    var peak = Files.readAllLines(status).stream().filter(l -> l.startsWith("VmHWM")).findFirst();
    return Long.parseLong(peak.orElseThrow().replaceAll("\\D", "")) / 1_024;
  }

  /** A participant starts and saves; each is answered without an error, within a second. */
  private void takePart() {
    var key = UUID.randomUUID().toString();
    var started = quick(201, () -> api.start(quiz, key, "王小明", "第一支部"));
    quick(204, () -> api.save(started, 1, "{\"sequence\":1,\"choices\":[]}"));
  }

  private interface Asked {
    Client.Reply ask();
  }

  private static Client.Reply quick(int status, Asked asked) {
    var begun = System.nanoTime();
    var reply = asked.ask();
    var taken = Duration.ofNanos(System.nanoTime() - begun);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(taken).isLessThan(QUICK);
    return reply;
  }

  private void takePart(int times) {
    for (var i = 0; i < times; i++) {
      takePart();
    }
  }

  private double direct() {
    var found = DIRECT.matcher(management.get("/prometheus").body());
    assertThat(found.find()).isTrue();
    return Double.parseDouble(found.group(1));
  }

  /** Afterwards nothing remains of it: neither in memory nor in the log. */
  private void isOver() throws IOException {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(direct()).isLessThan(before + 24.0 * MEGA));
    takePart();
    assertThat(peak()).as("megabytes").isLessThan(512);
    assertThat(service.log().length() - logged).isLessThan(300_000);
    assertThat(service.log()).doesNotContain("OutOfMemory", "OutOfDirectMemory", " ERROR ");
  }

  private Socket connect() throws IOException {
    var socket = new Socket("127.0.0.1", service.uri().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setReceiveBufferSize(4_096);
    return socket;
  }

  /** Sends; whether the other side took it. */
  private static boolean send(Socket socket, byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return true;
    } catch (SocketException e) {
      return false; // it was cut off, which is right
    }
  }

  private static boolean send(Socket socket, String text) throws IOException {
    return send(socket, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first line that comes back; empty where the connection was closed instead. */
  private static String answer(Socket socket) throws IOException {
    var line = new StringBuilder();
    try {
      var in = socket.getInputStream();
      for (var c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
        line.append((char) c);
      }
    } catch (SocketException e) {
      return "";
    }
    return line.toString();
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  private static String get(String path) {
    return "GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path);
  }

  private static String begun(String method, String path, String headers, int length) {
    return "%s %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
        .formatted(method, path, headers, length);
  }

  @Test
  void pipelining_byThirtyConnectionsThatReadNothing() throws IOException {
    var sockets = new ArrayList<Socket>();
    for (var round = 0; round < 3; round++) {
      for (var i = 0; i < 30; i++) {
        sockets.add(connect());
        send(sockets.getLast(), get("/api/quizzes").repeat(500));
      }
      takePart(10);
    }
    close(sockets);
    isOver();
  }

  @Test
  void largeAnswers_thatNobodyReads() throws IOException {
    var sockets = new ArrayList<Socket>();
    for (var i = 0; i < 60; i++) {
      sockets.add(connect());
      send(sockets.getLast(), get("/swagger/ui/swagger-ui-bundle.js").repeat(10));
      if (i % 20 == 0) {
        takePart();
      }
    }
    takePart(10);
    for (var socket : sockets) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> !send(socket, "x"));
    }
    close(sockets);
    isOver();
  }

  @Test
  void unfinishedBodies_ofOneMegabyte() throws IOException {
    var sockets = new ArrayList<Socket>();
    var some = "x".repeat(MEGA - 1_000);
    var junk = "Authorization: Bearer junk\r\n";
    var paths =
        List.of(
            begun("POST", "/api/quizzes", "", MEGA),
            begun("PUT", "/api/organisations", junk, MEGA),
            begun("PUT", "/api/attempts/%s/responses/1".formatted(UUID.randomUUID()), junk, MEGA),
            begun(
                "POST", "/api/attempts/%s/submission".formatted(UUID.randomUUID()), junk, 500_000),
            begun("POST", "/quizzes/%s/attempts".formatted(quiz), "", MEGA));
    for (var i = 0; i < 45; i++) {
      sockets.add(connect());
      if (send(sockets.getLast(), paths.get(i % paths.size()))) {
        send(sockets.getLast(), some.substring(0, i % 5 == 3 ? 499_000 : some.length()));
      }
      if (i % 5 == 0) {
        takePart();
      }
    }
    takePart(10);
    for (var socket : sockets) {
      assertThat(answer(socket)).matches("|HTTP/1.1 (401|403|404|408|413|415|429|503) .*");
    }
    close(sockets);
    isOver();
  }

  @Test
  void bodiesAndHeadersThatStall_areGivenUpWithinSeconds() throws IOException {
    var key = "Idempotency-Key: %s\r\n".formatted(UUID.randomUUID());
    var body = begun("POST", "/api/quizzes/%s/attempts".formatted(quiz), key, 5_000);
    var sockets = new ArrayList<Socket>();
    for (var i = 0; i < 20; i++) {
      sockets.add(connect());
      send(sockets.getLast(), i % 2 == 0 ? body + "{" : "GET / HTTP/1.1\r\nHost: x\r\nX: ");
    }
    var begun = System.nanoTime();
    takePart(5);
    for (var i = 0; i < sockets.size(); i++) {
      assertThat(answer(sockets.get(i))).matches(i % 2 == 0 ? "HTTP/1.1 408 .*" : "");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    close(sockets);
    isOver();
  }

  @Test
  void bodyThatDrips_isGivenUpAsWell() throws IOException {
    var key = "Idempotency-Key: %s\r\n".formatted(UUID.randomUUID());
    try (var socket = connect()) {
      send(socket, begun("POST", "/api/quizzes/%s/attempts".formatted(quiz), key, 5_000));
      Awaitility.await()
          .atMost(Duration.ofSeconds(8))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> socket.getInputStream().available() > 0 || !send(socket, " "));
      assertThat(answer(socket)).matches("|HTTP/1.1 408 .*");
    }
    isOver();
  }

  @Test
  void hugeSaveWithAJunkToken_isRefusedInAFewWords() throws IOException {
    var started = api.start(quiz);
    var path = "/api/attempts/%s/responses/1".formatted(started.text("id"));
    var choices = "1,".repeat(200_000);
    var body = "{\"sequence\":1,\"choices\":[%s1]}".formatted(choices);
    for (var i = 0; i < 10; i++) {
      var reply = api.put(path, body, "junk");
      assertThat(reply.status()).isIn(403, 429);
      assertThat(reply.body()).hasSizeLessThan(2_000);
    }
    assertThat(api.put(path, body, started.text("token")).status()).isEqualTo(413);
    var small = "{\"sequence\":1,\"choices\":[%s1]}".formatted("1,".repeat(10_000));
    var wrong = api.put(path, small, started.text("token"));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body()).hasSizeLessThan(10_000);
    takePart(5);
    isOver();
  }

  @Test
  void kilobytesThatWouldUnpackToMegabytes() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bomb)) {
      zip.write(new byte[MEGA]);
    }
    var path = "/api/quizzes/%s/attempts".formatted(quiz);
    var sockets = new ArrayList<Socket>();
    for (var i = 0; i < 200; i++) {
      sockets.add(connect());
      send(sockets.getLast(), begun("POST", path, "Content-Encoding: gzip\r\n", 4_000));
      send(sockets.getLast(), bomb.toByteArray());
      if (i % 20 == 0) {
        takePart();
      }
    }
    for (var socket : sockets) {
      assertThat(answer(socket)).matches("|HTTP/1.1 (415|503) .*");
    }
    close(sockets);
    isOver();
  }

  @Test
  void thousandsOfHeaders_inRequestsThatDoNotEnd() throws IOException {
    var sockets = new ArrayList<Socket>();
    for (var i = 0; i < 400; i++) {
      sockets.add(connect());
      send(sockets.getLast(), "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(i % 2 == 0 ? 90 : 1_900));
      if (i % 40 == 0) {
        takePart();
      }
    }
    takePart(5);
    close(sockets);
    isOver();
  }

  @Test
  void metricsAskedThousandsOfTimes_stopNobody() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 8; i++) {
        asked.add(
            threads.submit(() -> {
              var wrong = 0;
              for (var n = 0; n < 500; n++) {
                wrong += management.get("/prometheus").status() == 200 ? 0 : 1;
              }
              return wrong;
            }));
      }
      while (!asked.stream().allMatch(Future::isDone)) {
        takePart();
      }
      for (var one : asked) {
        assertThat(one.get()).isZero();
      }
    }
    isOver();
  }

  @Test
  void metricsAndHealth_areOnTheirOwnPortAlone() {
    for (var path :
        List.of("/prometheus", "/prometheus/", "/health", "/health/", "/health/readiness")) {
      assertThat(api.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(api.get("/health/liveness").status()).isEqualTo(200);
    for (var path : List.of("/prometheus", "/health", "/health/readiness", "/health/liveness")) {
      assertThat(management.get(path).status()).as(path).isEqualTo(200);
    }
    for (var path : List.of("/", "/api/quizzes", "/swagger/yikao.yml", "/assets/yikao.css")) {
      assertThat(management.get(path).status()).as(path).isEqualTo(404);
    }
  }

  /** Of the most that there may be, all are taken by somebody who asks nothing. */
  @Test
  void idleConnectionsOfOthers_keepNobodyOut(@TempDir Path data) throws IOException {
    var bank = new SmallBank().root().toString();
    try (var small =
        ServiceProcess.start(data, Map.of("yikao.limits.connections", "40", "yikao.bank", bank))) {
      var client = new Client(small.uri());
      var other = client.quiz(listed());
      var sockets = new ArrayList<Socket>();
      for (var i = 0; i < 60; i++) {
        sockets.add(new Socket("127.0.0.1", small.uri().getPort()));
        sockets.getLast().setSoTimeout(PATIENCE_MILLIS);
        send(sockets.getLast(), get("/health/liveness"));
        answer(sockets.getLast());
      }
      for (var phone = 0; phone < 5; phone++) {
        try (var own = HttpClient.newHttpClient()) {
          var page = HttpRequest.newBuilder(small.uri().resolve("/quizzes/" + other)).build();
          Awaitility.await()
              .atMost(Duration.ofSeconds(5))
              .ignoreExceptions()
              .until(() -> own.send(page, BodyHandlers.discarding()).statusCode() == 200);
        }
      }
      assertThat(new Client(small.management()).get("/health/readiness").status()).isEqualTo(200);
      close(sockets);
    }
  }

  @Test
  void tooManyConnections_areClosedAtOnce_andOthersGoOn(@TempDir Path data) throws IOException {
    try (var small =
        ServiceProcess.start(data, Map.of("yikao.limits.connections-per-address", "20"))) {
      var sockets = new ArrayList<Socket>();
      for (var i = 0; i < 40; i++) {
        sockets.add(new Socket("127.0.0.1", small.uri().getPort()));
        sockets.getLast().setSoTimeout(PATIENCE_MILLIS);
      }
      var closed = 0;
      for (var socket : sockets) {
        send(socket, get("/health/liveness"));
        closed += answer(socket).isEmpty() ? 1 : 0;
      }
      assertThat(closed).isBetween(20, 25);
      close(sockets);
      var client = new Client(URI.create(small.uri().toString()));
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .ignoreExceptions()
          .until(() -> client.get("/api/quizzes").status() == 200);
    }
  }
}
