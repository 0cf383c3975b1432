package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/** Bad input gets a clear problem with its field, and changes nothing. */
final class BadInputIT {
  private static final int MAX_ESSAY = 5_000;
  private static TestService service;
  private static Client api;
  private static String quiz;
  private Reply started;
  private JsonNode before;

  @BeforeAll
  static void start() {
    service = TestService.start(Map.of("yikao.limits.body", "20000"));
    api = new Client(service.uri());
    quiz =
        api.quiz(
            """
            {"title":"坏输入","listed":false,"sections":[
              {"type":"single","count":1,"points":1},{"type":"multiple","count":1,"points":1},
              {"type":"blank","count":1,"points":1},{"type":"essay","count":1,"points":1}]}\
            """);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void attempt() {
    started = api.start(quiz);
    api.save(started, 1, "{\"sequence\":3,\"choices\":[\"%s\"]}".formatted(choice(1, 0)));
    before = saved();
  }

  @AfterEach
  void nothingChanged() {
    assertThat(saved()).isEqualTo(before);
  }

  private JsonNode saved() {
    return api.get("/api/attempts/" + started.text("id"), started.text("token"))
        .json()
        .get("saved");
  }

  private String choice(int number, int index) {
    return started
        .json()
        .get("questions")
        .get(number - 1)
        .get("choices")
        .get(index)
        .get("id")
        .getStringValue();
  }

  private static void refused(Reply reply, int status, String problem, String... fields) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.headers().get("content-type").getFirst())
        .startsWith("application/problem+json");
    assertThat(reply.problem()).isEqualTo(problem);
    assertThat(reply.text("title")).isNotBlank();
    assertThat(reply.text("detail")).isNotBlank().isNotEqualTo(reply.problem());
    assertThat(reply.fields()).containsExactly(fields);
  }

  @Test
  void foreignChoice() {
    var body = "{\"sequence\":9,\"choices\":[\"%s\"]}".formatted(choice(2, 0));
    refused(api.save(started, 1, body), 422, "invalid", "choices");
  }

  @Test
  void severalChoicesOfASingle() {
    var body = "{\"sequence\":9,\"choices\":[\"%s\",\"%s\"]}".formatted(choice(1, 0), choice(1, 1));
    refused(api.save(started, 1, body), 422, "invalid", "choices");
  }

  @Test
  void textForAChoice() {
    refused(api.save(started, 1, "{\"sequence\":9,\"text\":[\"x\"]}"), 422, "invalid", "choices");
  }

  @Test
  void wrongNumberOfTexts() {
    refused(
        api.save(started, 4, "{\"sequence\":9,\"text\":[\"x\",\"y\"]}"), 422, "invalid", "text");
  }

  @Test
  void textTooLong() {
    var text = "长".repeat(MAX_ESSAY + 1);
    refused(
        api.save(started, 4, "{\"sequence\":9,\"text\":[\"%s\"]}".formatted(text)),
        422,
        "invalid",
        "text");
  }

  @Test
  void negativeSequence() {
    refused(api.save(started, 1, "{\"sequence\":-1,\"choices\":[]}"), 422, "invalid", "sequence");
  }

  @Test
  void missingSequence() {
    refused(api.save(started, 1, "{\"choices\":[]}"), 422, "invalid", "sequence");
  }

  @Test
  void wrongType() {
    refused(
        api.save(started, 1, "{\"sequence\":\"zwei\",\"choices\":[]}"), 400, "malformed", "body");
  }

  @Test
  void brokenJson() {
    refused(api.save(started, 1, "{\"sequence\":"), 400, "malformed");
  }

  @Test
  void brokenUtf8() {
    var body = "{\"sequence\":9,\"text\":[\"x".getBytes(StandardCharsets.UTF_8);
    var broken = Arrays.copyOf(body, body.length + 4);
    broken[body.length] = (byte) 0xc3;
    broken[body.length + 1] = (byte) 0x28;
    broken[body.length + 2] = '"';
    broken[body.length + 3] = ']';
    var whole = new String(broken, StandardCharsets.ISO_8859_1) + "}";
    var headers = new HashMap<>(Client.bearer(started.text("token")));
    headers.put("Content-Type", "application/json");
    var reply =
        api.send(
            "PUT",
            "/api/attempts/%s/responses/4".formatted(started.text("id")),
            whole.getBytes(StandardCharsets.ISO_8859_1),
            headers);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("malformed");
  }

  @Test
  void numberOutsideTheAttempt() {
    refused(api.save(started, 5, "{\"sequence\":9,\"choices\":[]}"), 404, "no-such-question");
    refused(api.save(started, 0, "{\"sequence\":9,\"choices\":[]}"), 404, "no-such-question");
    refused(
        api.submit(started, "{\"responses\":[{\"number\":5,\"sequence\":9,\"choices\":[]}]}"),
        422,
        "invalid",
        "responses[0].number");
  }

  @Test
  void sameNumberTwiceInASubmission() {
    refused(
        api.submit(
            started,
            "{\"responses\":[{\"number\":1,\"sequence\":8,\"choices\":[]},{\"number\":1,\"sequence\":9,\"choices\":[]}]}"),
        422,
        "invalid",
        "responses[1].number");
  }

  @Test
  void anothersToken() {
    var other = api.start(quiz);
    var path = "/api/attempts/%s".formatted(started.text("id"));
    var body = "{\"sequence\":9,\"choices\":[]}";
    refused(api.get(path, other.text("token")), 403, "not-yours");
    refused(api.put(path + "/responses/1", body, other.text("token")), 403, "not-yours");
    refused(api.post(path + "/submission", "{}", other.text("token")), 403, "not-yours");
    refused(api.get(path + "/review", other.text("token")), 403, "not-yours");
    refused(api.get(path), 401, "unauthorized");
    refused(api.put(path + "/responses/1", body, TestService.editorToken()), 403, "not-yours");
  }

  @Test
  void unknownIds() {
    var token = started.text("token");
    refused(api.get("/api/attempts/" + UUID.randomUUID(), token), 404, "no-such-attempt");
    refused(api.get("/api/attempts/1", token), 400, "malformed", "id");
    refused(api.get("/api/quizzes/nope"), 404, "no-such-quiz");
    refused(api.start("nope"), 404, "no-such-quiz");
    refused(api.get("/api/nothing"), 404, "no-such-resource");
  }

  @Test
  void hugeBody() {
    var body = "{\"sequence\":9,\"choices\":[\"%s\"]}".formatted("x".repeat(30_000));
    assertThat(api.save(started, 1, body).status()).isEqualTo(413);
  }

  @Test
  void wrongMethodAndContentType() {
    assertThat(api.send("DELETE", "/api/quizzes", "", Map.of()).status()).isEqualTo(405);
    var headers = new HashMap<>(Client.bearer(started.text("token")));
    headers.put("Content-Type", "text/plain");
    var path = "/api/attempts/%s/responses/1".formatted(started.text("id"));
    assertThat(api.send("PUT", path, "x", headers).status()).isEqualTo(415);
  }

  @Test
  void participantWithoutNameBranchOrKey() {
    var path = "/api/quizzes/%s/attempts".formatted(quiz);
    refused(
        api.start(quiz, UUID.randomUUID().toString(), " ", "一"),
        422,
        "invalid",
        "participant.name");
    refused(
        api.start(quiz, UUID.randomUUID().toString(), "甲", "字".repeat(101)),
        422,
        "invalid",
        "participant.branch");
    refused(api.start(quiz, "short", "甲", "一"), 422, "invalid", "Idempotency-Key");
    refused(
        api.send("POST", path, "{\"participant\":{\"name\":\"甲\"}}", Map.of()),
        422,
        "invalid",
        "Idempotency-Key");
  }

  @Test
  void requestFromAnotherSiteWithOurCookie() {
    var path = "/api/attempts/%s/submission".formatted(started.text("id"));
    var cookie = Map.of("Cookie", "yikao_guest=0123456789abcdef", "Sec-Fetch-Site", "cross-site");
    refused(api.send("POST", path, "{}", cookie), 403, "cross-site");
  }

  @Test
  void formFromAnotherSiteWithoutOurCookie_makesNoNewGuest() {
    var headers =
        Map.of("Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site");
    var reply =
        api.send("POST", "/quizzes/%s/attempts".formatted(quiz), "name=a&branch=b", headers);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.headers()).doesNotContainKey("set-cookie");
  }

  @Test
  void nullsInLists() {
    refused(api.submit(started, "{\"responses\":[null]}"), 422, "invalid", "responses[0].number");
    refused(api.save(started, 1, "{\"sequence\":9,\"choices\":[null]}"), 422, "invalid", "choices");
    var spec =
        api.post(
            "/api/quizzes", "{\"title\":\"x\",\"sections\":[null]}", TestService.editorToken());
    refused(spec, 422, "invalid", "sections[0]");
    var amendment =
        api.post(
            "/api/quizzes/%s/amendments/preview".formatted(quiz),
            "{\"question\":\"01-constitution-001\",\"choices\":[null]}",
            TestService.editorToken());
    refused(amendment, 422, "invalid", "choices");
  }

  @Test
  void problem_isInEnglishWhereTheCallerPrefersIt() {
    var reply =
        api.send(
            "GET", "/api/quizzes/nope", new byte[0], Map.of("Accept-Language", "en-GB,zh;q=0.5"));
    assertThat(reply.text("title")).isEqualTo("No such quiz");
    assertThat(api.get("/api/quizzes/nope").text("title")).isEqualTo("没有这个测验");
  }

  @Test
  void quizWithBadFields_namesThemAll() {
    var reply =
        api.post(
            "/api/quizzes",
            """
            {"title":"","sections":[{"type":"single","count":0,"points":-1},{"count":1}],
             "timeLimitMinutes":0,"entry":"members","passMark":5.555}\
            """,
            TestService.editorToken());
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.fields())
        .contains(
            "title",
            "sections[0].count",
            "sections[0].points",
            "sections[1].type",
            "sections[1].points",
            "timeLimitMinutes",
            "entry");
  }

  @Test
  void organisations_areImportedAllOrNone() {
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    var bad = "code,name,parent\nA,甲党委,\nB,,A\nC,丙支部,X\n";
    var reply = api.send("PUT", "/api/organisations", bad, headers);
    assertThat(reply.fields()).containsExactly("line 3: name", "line 4: parent");
    assertThat(api.get("/api/organisations").json().size()).isZero();
  }

  @Test
  void startsFromOneAddress_areLimited() {
    try (var limited = TestService.start(Map.of("yikao.limits.starts-per-minute", "2"))) {
      var client = new Client(limited.uri());
      var practice = client.get("/api/quizzes").json().get(1).get("id").getStringValue();
      client.start(practice);
      client.start(practice);
      var third = client.start(practice);
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.headers()).containsKey("retry-after");
    }
  }
}
