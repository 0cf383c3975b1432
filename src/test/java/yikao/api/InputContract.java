package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client.Reply;

/** What databases differ in: the texts and the moments that they hold. Neither may meet them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InputContract {
  private static final List<String> UNSEEN =
      List.of("\\u200b", "\\u202e", "\\u3164", "王\\u202e明", "\\u0007", "\\ud83d", "\\u0000", " ");

  private static final String SECTION = "\"sections\":[{\"type\":\"%s\",\"count\":1,\"points\":1}]";

  private TestService service;
  private Client api;
  private String quiz;

  /** The settings of the database. */
  abstract Map<String, Object> database() throws Exception;

  @BeforeAll
  void start() throws Exception {
    service = TestService.start(database());
    api = new Client(service.uri());
    quiz = api.quiz("{\"title\":\"x\",\"listed\":false,%s}".formatted(SECTION.formatted("essay")));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private static void refused(Reply reply, String field) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    assertThat(reply.fields()).containsExactly(field);
  }

  private Reply edit(String method, String path, String body) {
    return api.send(method, path, body, Client.bearer(TestService.editorToken()));
  }

  @Test
  void namesAndBranchesThatCannotBeSeen_areRefused() {
    for (var text : UNSEEN) {
      var key = UUID.randomUUID().toString();
      refused(api.start(quiz, key, text, "一支部"), "participant.name");
      refused(api.start(quiz, key, "王小明", text), "participant.branch");
    }
    var key = UUID.randomUUID().toString();
    assertThat(api.start(quiz, key, "\\u200b 王\\u00ad小明\\u3000", "𠮷支部").status()).isEqualTo(201);
  }

  @Test
  void titlesReasonsAndCommentsThatCannotBeSeen_areRefused() {
    var started = api.start(quiz);
    api.submit(started, "{}");
    for (var text : UNSEEN) {
      var section = SECTION.formatted("judge");
      refused(
          edit("POST", "/api/quizzes", "{\"title\":\"%s\",%s}".formatted(text, section)), "title");
      refused(
          edit(
              "POST",
              "/api/quizzes/%s/extensions".formatted(quiz),
              "{\"minutes\":1,\"since\":\"2026-01-01T00:00:00Z\",\"extensions\":0,\"reason\":\"%s\"}"
                  .formatted(text)),
          "reason");
      refused(
          edit(
              "POST",
              "/api/quizzes/%s/amendments/preview".formatted(quiz),
              "{\"question\":\"01-constitution-001\",\"blank\":1,\"text\":\"%s\"}".formatted(text)),
          "text");
    }
    for (var text : List.of("王\\u202e明", "\\u0007", "\\ud83d", "\\u0000")) {
      refused(
          edit(
              "PUT",
              "/api/attempts/%s/marks/1".formatted(started.text("id")),
              "{\"points\":1,\"version\":0,\"comment\":\"%s\"}".formatted(text)),
          "comment");
      refused(
          edit(
              "POST",
              "/api/quizzes",
              "{\"title\":\"x\",\"description\":\"%s\",%s}"
                  .formatted(text, SECTION.formatted("judge"))),
          "description");
    }
    assertThat(
            edit(
                    "PUT",
                    "/api/attempts/%s/marks/1".formatted(started.text("id")),
                    "{\"points\":1,\"version\":0,\"comment\":\"一\\n二\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void organisationsThatCannotBeSeen_areRefused_andTidiedOtherwise() {
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    for (var text : List.of("\u200b", "\u202e", "\u3164", "a\u0000b", "\u0007")) {
      var named = "code,name,parent\nA,%s,\n".formatted(text);
      refused(api.send("PUT", "/api/organisations", named, headers), "line 2: name");
      var coded = "code,name,parent\n%s,甲支部,\n".formatted(text);
      refused(api.send("PUT", "/api/organisations", coded, headers), "line 2: code");
    }
    assertThat(api.get("/api/organisations").json().size()).isZero();
  }

  @Test
  void nulInPathsAndQueries_leadsNowhere() {
    var token = TestService.editorToken();
    for (var path :
        List.of(
            "/api/quizzes/a%00b",
            "/api/quizzes/%00/leaderboard",
            "/api/quizzes/%00/content",
            "/api/quizzes/%00/attempts",
            "/api/questions/a%00b",
            "/api/jobs/%00",
            "/api/attempts/%00",
            "/quizzes/a%00b",
            "/quizzes/%00/leaderboard",
            "/assets/%00/%00",
            "/%00")) {
      assertThat(api.get(path, token).status()).as(path).isIn(400, 404);
    }
    var board = "/api/quizzes/%s/leaderboard?by=organisation&under=%%00".formatted(quiz);
    refused(api.get(board), "under");
  }

  @Test
  void closingInMilliseconds_isRefused_andTheFrontPageStaysUp() {
    for (var closes :
        List.of(
            "1767225600000000", "\"+58882-01-01T00:00:00Z\"", "\"+1000000000-12-31T23:59:59Z\"")) {
      refused(
          edit(
              "POST",
              "/api/quizzes",
              "{\"title\":\"x\",\"closes\":%s,%s}".formatted(closes, SECTION.formatted("judge"))),
          "closes");
    }
    var last =
        api.quiz(
            "{\"title\":\"最后\",\"closes\":\"2100-01-01T00:00:00Z\",\"timeLimitMinutes\":43200,%s}"
                .formatted(SECTION.formatted("judge")));
    assertThat(api.start(last).status()).isEqualTo(201);
    assertThat(api.get("/").status()).isEqualTo(200);
    assertThat(api.get("/quizzes/" + last).status()).isEqualTo(200);
  }

  @Test
  void responses_holdWhatCanBeStored() {
    var started = api.start(quiz);
    var wrong = new ArrayList<Reply>();
    for (var text : List.of("a\\u0000", "\\ud83d", "\\udc00\\ud800")) {
      wrong.add(api.save(started, 1, "{\"sequence\":1,\"text\":[\"%s\"]}".formatted(text)));
    }
    assertThat(wrong).allSatisfy(reply -> refused(reply, "text[0]"));
    assertThat(api.save(started, 1, "{\"sequence\":1,\"text\":[\"😀𠮷\\u200b\\n二\"]}").status())
        .isEqualTo(204);
  }
}
