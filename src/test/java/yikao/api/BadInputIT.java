package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.annotation.Body;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.web.router.Router;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
    for (var other : List.of("Z", "a", "", "AB", "@", "true")) {
      var body = "{\"sequence\":9,\"choices\":[\"%s\"]}".formatted(other);
      refused(api.save(started, 1, body), 422, "invalid", "choices");
    }
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
        api.save(started, 1, "{\"sequence\":\"zwei\",\"choices\":[]}"), 422, "invalid", "sequence");
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
    for (var key : List.of("short", "1111111111111111", "wang-xiao-ming-138001", "a".repeat(201))) {
      refused(api.start(quiz, key, "甲", "一"), 422, "invalid", "Idempotency-Key");
    }
    refused(
        api.send("POST", path, "{\"participant\":{\"name\":\"甲\"}}", Map.of()),
        422,
        "invalid",
        "Idempotency-Key");
  }

  @Test
  void requestFromAnotherSiteWithOurCookie() {
    var path = "/api/attempts/%s/submission".formatted(started.text("id"));
    var cookie =
        Map.of(
            "Cookie",
            TestService.guestCookie(UUID.randomUUID().toString()),
            "Sec-Fetch-Site",
            "cross-site");
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
    refused(api.submit(started, "{\"responses\":[null]}"), 422, "invalid", "responses[0]");
    refused(
        api.save(started, 1, "{\"sequence\":9,\"choices\":[null]}"), 422, "invalid", "choices[0]");
    var spec =
        api.post(
            "/api/quizzes", "{\"title\":\"x\",\"sections\":[null]}", TestService.editorToken());
    refused(spec, 422, "invalid", "sections[0]");
    var amendment =
        api.post(
            "/api/quizzes/%s/amendments/preview".formatted(quiz),
            "{\"question\":\"01-constitution-001\",\"choices\":[null]}",
            TestService.editorToken());
    refused(amendment, 422, "invalid", "choices[0]");
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
  void everyJsonBody_withAnUnknownField_isRefusedByName() {
    var routes = jsonRoutes();
    assertThat(routes).hasSizeGreaterThan(8);
    routes.forEach(
        route -> refused(call(route, "{\"no-such\":{\"a\":[1]}}"), 422, "invalid", "no-such"));
  }

  @Test
  void everyJsonBody_thatIsNoObject_isRefused() {
    for (var body : List.of("[]", "7", "\"x\"", "true")) {
      jsonRoutes().forEach(route -> refused(call(route, body), 422, "invalid", "body"));
    }
    jsonRoutes().forEach(route -> refused(call(route, "{} {}"), 400, "malformed"));
    jsonRoutes().forEach(route -> refused(call(route, "{\"a\""), 400, "malformed"));
  }

  @Test
  void bodyLeftOut_isNamed() {
    for (var body : List.of("", " ", "null")) {
      jsonRoutes().stream()
          .filter(route -> !route.endsWith("/submission") && !route.endsWith("/bank/loads"))
          .forEach(route -> refused(call(route, body), 422, "invalid", "body"));
    }
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    refused(api.send("PUT", "/api/organisations", "", headers), 422, "invalid", "body");
  }

  /** Every route whose body is JSON, as the router knows them. */
  private static List<String> jsonRoutes() {
    return service
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .filter(r ->
            Arrays.stream(r.getTargetMethod().getArguments())
                .anyMatch(a ->
                    a.getAnnotationMetadata().hasAnnotation(Body.class) && a.getType().isRecord()))
        .map(r -> r.getHttpMethod() + " " + r.getUriMatchTemplate())
        .distinct()
        .sorted()
        .toList();
  }

  private Reply call(String route, String body) {
    var parts = route.split(" ", 2);
    var path =
        parts[1]
            .replace("{quiz}", quiz)
            .replace("{id}", started.text("id"))
            .replace("{code}", "none")
            .replace("{kind}", "members")
            .replace("{sitting}", UUID.randomUUID().toString())
            .replace("{number}", "1");
    var headers = new HashMap<String, String>();
    headers.put("Idempotency-Key", UUID.randomUUID().toString());
    headers.putAll(
        Client.bearer(
            path.matches(".*/(responses/1|submission|participant)")
                ? started.text("token")
                : TestService.editorToken()));
    return api.send(parts[0], path, body, headers);
  }

  @Test
  void unknownAndMistypedFields_areNamedWithTheirPlaces_allAtOnce() {
    var reply =
        api.post(
            "/api/quizzes",
            """
            {"title":["x"],"timeLimit":30,"tires":1,"tries":1.5,"reveal":{"wen":"at-once"},
             "sections":[{"type":"single","count":1,"points":true,"areas":[{"aera":"x"}]}],
             "counting":"worst","listed":"yes","title":"y"}\
            """,
            TestService.editorToken());
    refused(
        reply,
        422,
        "invalid",
        "title",
        "timeLimit",
        "tires",
        "tries",
        "reveal.wen",
        "sections[0].points",
        "sections[0].areas[0].aera",
        "counting",
        "listed",
        "title");
    assertThat(reply.body()).contains("没有这个字段", "写了两次", "best, first, last, average");
  }

  @Test
  void wrongFields_areNamedInEnglishToo() {
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Accept-Language", "en");
    var reply = api.send("POST", "/api/quizzes", "{\"tires\":1,\"tries\":1.5}", headers);
    assertThat(reply.body()).contains("is not a known field", "must be a whole number");
  }

  @Test
  void moments_asNumbersOrBeyondTheCentury_areRefused() {
    for (var moment :
        List.of(
            "1767225600000",
            "\"+58882-01-01T00:00:00Z\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"1999-12-31T23:59:59Z\"",
            "\"tomorrow\"")) {
      var spec =
          "{\"title\":\"x\",\"closes\":%s,\"sections\":[{\"type\":\"judge\",\"count\":1,\"points\":1}]}";
      refused(
          api.post("/api/quizzes", spec.formatted(moment), TestService.editorToken()),
          422,
          "invalid",
          "closes");
      refused(
          api.post(
              "/api/quizzes/%s/extensions".formatted(quiz),
              "{\"minutes\":5,\"since\":%s,\"extensions\":0,\"reason\":\"x\"}".formatted(moment),
              TestService.editorToken()),
          422,
          "invalid",
          "since");
    }
  }

  @Test
  void numbersBeyondAllMeasure_areRefusedAtOnce() {
    for (var number : List.of("1e999999999", "1e-999999999", "0e999999999", "9".repeat(900))) {
      refused(
          api.put(
              "/api/attempts/%s/marks/4".formatted(started.text("id")),
              "{\"points\":%s}".formatted(number),
              TestService.editorToken()),
          422,
          "invalid",
          "points");
    }
  }

  @Test
  void tenThousandBrackets_areMalformed() {
    var deep = "[".repeat(9_000) + "]".repeat(9_000);
    refused(
        api.put("/api/quizzes/" + quiz, "{\"title\":" + deep + "}", TestService.editorToken()),
        400,
        "malformed");
  }

  @Test
  void numberInTheBody_isTheOneInTheAddress() {
    var choices = ",\"sequence\":9,\"choices\":[]}";
    refused(api.save(started, 1, "{\"number\":2" + choices), 422, "invalid", "number");
  }

  @Test
  void queriesThatCannotBeRead_areRefusedByName() {
    var attempts = "/api/quizzes/%s/attempts?".formatted(quiz);
    var board = "/api/quizzes/%s/leaderboard".formatted(quiz);
    for (var query :
        List.of(
            "pending=1",
            "pending=yes",
            "pending=",
            "pending=TRUE",
            "pending=true&pending=false",
            "after=x",
            "after=1-1-1-1-1",
            "after=",
            "limit=x",
            "limit=1.5",
            "limit=",
            "limit=0",
            "limit=1001",
            "limit=99999999999",
            "limit=%00")) {
      refused(
          api.get(attempts + query, TestService.editorToken()),
          422,
          "invalid",
          query.replaceAll("=.*", ""));
    }
    for (var query : List.of("?limit=x", "?limit=201", "?page=-1", "?page=1e3", "?by=team")) {
      refused(api.get(board + query), 422, "invalid", query.replaceAll("=.*|[?]", ""));
    }
    refused(api.get(board + "?by=organisation&under=%00"), 422, "invalid", "under");
    refused(api.get(board + "/me?attempt=x"), 422, "invalid", "attempt");
    var page = "/attempts/%s".formatted(started.text("id"));
    assertThat(api.get(page + "?saved=x", started.text("token")).status()).isEqualTo(422);
    assertThat(api.get("/quizzes/%s/leaderboard?page=x".formatted(quiz)).status()).isEqualTo(422);
    assertThat(api.get("/type?size=huge").status()).isEqualTo(422);
    assertThat(api.get(attempts + "pending=true&limit=1000", TestService.editorToken()).status())
        .isEqualTo(200);
  }

  @Test
  void wishesForALanguageThatSayNothing_arePassedOver() {
    for (var wish : List.of(",", ";", ",,;", ";q=", "zh;q=7", "-", "x")) {
      var headers = new HashMap<>(Client.bearer(started.text("token")));
      headers.put("Accept-Language", wish);
      headers.put("Accept-Charset", wish);
      var path = "/attempts/" + started.text("id");
      assertThat(api.send("GET", "/api" + path, new byte[0], headers).status()).isEqualTo(200);
      assertThat(api.send("GET", path + "?saved=1", new byte[0], headers).status()).isEqualTo(200);
    }
  }

  @Test
  void compressedBody_isRefused_whateverItIs() {
    var body = "{\"sequence\":9,\"choices\":[]}".getBytes(StandardCharsets.UTF_8);
    for (var encoding : List.of("gzip", "deflate", "br", "identity, gzip", ",")) {
      var headers = new HashMap<>(Client.bearer(started.text("token")));
      headers.put("Content-Type", "application/json");
      headers.put("Content-Encoding", encoding);
      refused(
          api.send(
              "PUT", "/api/attempts/%s/responses/1".formatted(started.text("id")), body, headers),
          415,
          "unsupported-media-type");
    }
  }

  @Test
  void manyWrongFields_areToldUpToTwenty_andNoneAtAnyLength() {
    var areas = "{\"area\":\"x\",\"count\":0},".repeat(100) + "{}";
    var many =
        "{\"title\":\"x\",\"sections\":[{\"type\":\"judge\",\"count\":1,\"points\":1,\"areas\":[%s]}]}"
            .formatted(areas);
    assertThat(api.post("/api/quizzes", many, TestService.editorToken()).fields()).hasSize(20);
    var choices = "\"😀%s\",".formatted("x".repeat(5_000)).repeat(2);
    var level =
        "{\"title\":\"x\",\"sections\":[{\"type\":\"judge\",\"count\":1,\"points\":1,\"difficulty\":{%s:1}}]}"
            .formatted(choices.substring(0, choices.length() / 2 - 1));
    var reply = api.post("/api/quizzes", level, TestService.editorToken());
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).hasSizeLessThan(1_000).contains("xxx…");
  }

  @Test
  void quizWithBadFields_namesThemAll() {
    var reply =
        api.post(
            "/api/quizzes",
            """
            {"title":"","sections":[{"type":"single","count":0,"points":-1},{"count":1}],
             "timeLimitMinutes":0,"entry":"join-code","passMark":5.555}\
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
  void wrongCodesFromOneAddress_areLimited() {
    try (var limited = TestService.start(Map.of("yikao.limits.wrong-codes-per-minute", "3"))) {
      var client = new Client(limited.uri());
      for (var wrong = 0; wrong < 3; wrong++) {
        var refused = client.send("POST", "/api/sittings/join", "{\"code\":\"000000\"}", Map.of());
        assertThat(refused.status()).isEqualTo(403);
      }
      var fourth = client.send("POST", "/api/sittings/join", "{\"code\":\"000000\"}", Map.of());
      refused(fourth, 429, "too-many-tries");
      assertThat(fourth.headers()).containsKey("retry-after");
      assertThat(client.get("/s/000000").status()).isEqualTo(429);
    }
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
