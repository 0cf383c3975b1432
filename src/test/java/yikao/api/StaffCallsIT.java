package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import yikao.TestService;
import yikao.api.Client.Reply;

/** What calls of staff leave in the audit log, and what those who try to be staff meet. */
final class StaffCallsIT {
  private static final int FREE = 3;
  private static final String WRONG = "a-token-that-somebody-tries";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private TestService service;
  private Client api;
  private String quiz;

  @BeforeEach
  void start() throws Exception {
    service =
        TestService.start(
            Map.of(
                "yikao.bank",
                new SmallBank().root().toString(),
                "yikao.trusted-proxies",
                "127.0.0.1",
                "yikao.limits.wrong-tokens",
                FREE));
    api = new Client(service.uri());
    quiz = api.quiz(SmallBankContract.spec(SmallBank.ELEVEN, "single", 1, 2, ""));
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() {
    logger().detachAppender(log);
    service.close();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("yikao.audit");
  }

  private Reply call(String method, String path, String address, Map<String, String> credentials) {
    var headers = new HashMap<>(credentials);
    headers.put("X-Forwarded-For", address);
    var isFile =
        path.contains("/imports/organisations")
            || path.contains("/imports/members")
            || (method.equals("PUT") && path.endsWith("/organisations"));
    headers.put("Content-Type", isFile ? "text/csv" : "application/json");
    var body = method.equals("GET") ? "" : "{}";
    return api.send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private Reply job(String address, String token) {
    return call("GET", "/api/jobs/" + UUID.randomUUID(), address, Client.bearer(token));
  }

  /** The lines since the last time. */
  private List<Map<String, String>> lines() {
    var lines =
        List.copyOf(log.list).stream()
            .map(line ->
                line.getKeyValuePairs().stream()
                    .collect(Collectors.toMap(p -> p.key, p -> String.valueOf(p.value))))
            .toList();
    log.list.clear();
    return lines;
  }

  private List<UriRouteInfo<?, ?>> staffRoutes() {
    return service
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .filter(
            r -> r.getHttpMethod() != HttpMethod.HEAD && r.getHttpMethod() != HttpMethod.OPTIONS)
        .filter(StaffCallsIT::isStaffs)
        .<UriRouteInfo<?, ?>>map(r -> r)
        .toList();
  }

  private static boolean isStaffs(UriRouteInfo<?, ?> route) {
    var method = route.getTargetMethod().getExecutableMethod().getTargetMethod();
    var operation = method.getAnnotation(Operation.class);
    return operation != null && operation.summary().endsWith("(staff)");
  }

  @Test
  void everyStaffRoute_leavesOneLineForACall_andForARefusedOne() {
    var routes = staffRoutes();
    assertThat(routes).hasSizeGreaterThan(15);
    var address = 0;
    for (var route : routes) {
      var template = route.getUriMatchTemplate().toPathString();
      var method = route.getHttpMethod().name();
      var id = UUID.randomUUID().toString();
      var path =
          template
              .replace("{quiz}", quiz)
              .replace("{number}", "1")
              .replace("{code}", "none")
              .replace("{kind}", "members")
              .replace("{sitting}", "6d0a3b6e-3c3a-4f5e-9f1e-0a1b2c3d4e5f")
              .replace("{id}", id);
      assertThat(path).doesNotContain("{");
      for (var credentials :
          List.of(
              Client.bearer(TestService.editorToken()),
              Client.bearer(WRONG),
              Map.<String, String>of())) {
        address++;
        var from = "198.51.%d.%d".formatted(100 + address / 200, 1 + address % 200);
        var reply = call(method, path, from, credentials);
        var written = lines();
        assertThat(written).as("%s %s: %s", method, template, reply.body()).hasSize(1);
        assertThat(written.getFirst())
            .containsEntry("address", from)
            .containsEntry("method", method)
            .containsEntry("route", template)
            .containsEntry("status", Integer.toString(reply.status()));
        var isStaff = credentials.containsValue("Bearer " + TestService.editorToken());
        assertThat(written.getFirst().get("actor")).isEqualTo(isStaff ? "token:editor" : "none");
        if (isStaff && template.contains("{quiz}")) {
          assertThat(written.getFirst()).containsEntry("quiz", quiz);
        }
        if (isStaff && template.contains("{id}")) {
          assertThat(written.getFirst()).containsEntry("id", id);
        }
        assertThat(written.toString()).doesNotContain(WRONG, TestService.editorToken());
      }
    }
  }

  @Test
  void keysAndNamesReadByStaff_leaveALine_andParticipantsLeaveNone() {
    var started = api.start(quiz);
    api.save(started, 1, "{\"sequence\":1,\"choices\":[]}");
    api.submit(started, "{}");
    api.review(started);
    api.get("/api/quizzes/" + quiz + "/leaderboard");
    assertThat(lines()).isEmpty();
    var review = "/api/attempts/%s/review".formatted(started.text("id"));
    var board = "/api/quizzes/" + quiz + "/leaderboard";
    for (var path : List.of(review, board, "/attempts/%s/result".formatted(started.text("id")))) {
      var reply = call("GET", path, "198.51.100.1", Client.bearer(TestService.editorToken()));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      var written = lines();
      assertThat(written).as(path).hasSize(1);
      assertThat(written.getFirst()).containsEntry("status", "200");
      assertThat(written.toString()).doesNotContain("王小明", "第一支部");
    }
  }

  /** What a caller writes may not make a line of its own. */
  @Test
  void oddPathsAndAddresses_standInTheLogAsAQuestionMark() {
    var credentials = Client.bearer(TestService.editorToken());
    call("GET", "/api/questions/a%0Ab%20c", "198.51.100.1 x=y", credentials);
    assertThat(lines().getFirst()).containsEntry("id", "?").containsEntry("address", "?");
  }

  @Test
  void wrongTokens_areSlowedDown_andTheRightOneIsServedAllTheSame() {
    var hall = "203.0.113.7";
    for (var i = 0; i <= FREE; i++) {
      assertThat(job(hall, WRONG + i).status()).isEqualTo(403);
    }
    for (var i = 0; i < 100; i++) {
      var reply = job(hall, WRONG + i);
      assertThat(reply.status()).isIn(403, 429);
      if (reply.status() == 429) {
        assertThat(reply.problem()).isEqualTo("too-many-tokens");
        assertThat(Long.parseLong(reply.headers().get("retry-after").getFirst()))
            .isBetween(1L, 900L);
        assertThat(reply.headers().get("content-security-policy")).hasSize(1);
      }
      assertThat(job(hall, TestService.editorToken()).problem()).isEqualTo("no-such-job");
    }
    assertThat(job("203.0.113.8", WRONG).status()).as("another address").isEqualTo(403);
    var lines = lines();
    assertThat(lines.stream().filter(l -> l.get("actor").equals("none")))
        .extracting(l -> l.get("address"))
        .containsExactly(hall, "203.0.113.8");
    assertThat(lines).filteredOn(l -> l.get("actor").equals("token:editor")).hasSize(100);
  }

  /** An attempt's routes take the editor's token too. */
  @Test
  void wrongTokensForAnAttempt_areSlowedDown_andItsOwnIsServed() {
    var started = api.start(quiz);
    var path = "/api/attempts/" + started.text("id");
    var last = 0;
    for (var i = 0; i < FREE + 2; i++) {
      last = call("GET", path, "203.0.113.7", Client.bearer(WRONG + i)).status();
    }
    assertThat(last).isEqualTo(429);
    var own = Client.bearer(started.text("token"));
    assertThat(call("GET", path, "203.0.113.7", own).status()).isEqualTo(200);
    var cookie = Map.of("Cookie", TestService.guestCookie(UUID.randomUUID().toString()));
    assertThat(call("GET", path, "203.0.113.7", cookie).status()).as("no token").isEqualTo(403);
  }
}
