package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.FORMER_MARKING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.db.Transactions;
import yikao.scoring.Points;

/** What staff do with a quiz and its attempts, through the API, on every database. */
abstract class OrganisingContract extends WholeBankContract {
  // more time

  @Test
  void extension_reopensWhatExpiredMeanwhile() {
    var quiz =
        api.quiz(spec("\"timeLimitMinutes\":10,\"tries\":1,\"reveal\":{\"what\":\"score\"}"));
    var key = UUID.randomUUID().toString();
    var started = api.start(quiz, key, "甲", "一");
    api.save(started, 1, response(started, 1, 1, true));
    var outage = clock.instant();
    clock.forward(Duration.ofMinutes(11));
    assertThat(api.submit(started, "{}").text("state")).isEqualTo("expired");
    var extended =
        api.post(
            "/api/quizzes/%s/extensions".formatted(quiz),
            "{\"minutes\":30,\"since\":\"%s\",\"extensions\":0,\"reason\":\"停电\"}"
                .formatted(outage),
            TestService.editorToken());
    assertThat(extended.json().get("reopened").getIntValue()).isEqualTo(1);
    assertThat(
            api.get("/api/quizzes/%s/leaderboard".formatted(quiz))
                .json()
                .get("total")
                .getIntValue())
        .isZero();
    var resumed = api.start(quiz, key, "甲", "一");
    assertThat(resumed.text("id")).isEqualTo(started.text("id"));
    assertThat(resumed.json().get("saved").size()).isEqualTo(1);
    assertThat(api.submit(resumed, answers.allRight(resumed.json())).number("score"))
        .isEqualByComparingTo("10");
  }

  /**
   * Each reopening keeps the marking it takes back, though the attempt is marked anew each time.
   */
  @Test
  void extensions_ofOneThatExpiresTwice_keepBothFormerMarkings() {
    var quiz =
        api.quiz(spec("\"timeLimitMinutes\":10,\"tries\":1,\"reveal\":{\"what\":\"score\"}"));
    var started = api.start(quiz);
    for (var time = 0; time < 2; time++) {
      assertThat(api.save(started, time + 1, response(started, time + 1, 1, true)).status())
          .isEqualTo(204);
      var outage = clock.instant();
      clock.forward(Duration.ofMinutes(31));
      assertThat(api.submit(started, "{}").text("state")).isEqualTo("expired");
      var extended =
          api.post(
              "/api/quizzes/%s/extensions".formatted(quiz),
              "{\"minutes\":30,\"since\":\"%s\",\"extensions\":%d,\"reason\":\"停电\"}"
                  .formatted(outage, time),
              TestService.editorToken());
      assertThat(extended.status()).as(extended.body()).isEqualTo(200);
      assertThat(extended.json().get("reopened").getIntValue()).isEqualTo(1);
    }
    var former =
        service
            .context()
            .getBean(Transactions.class)
            .read()
            .selectFrom(FORMER_MARKING)
            .where(FORMER_MARKING.ATTEMPT_ID.eq(UUID.fromString(started.text("id"))))
            .orderBy(FORMER_MARKING.NUMBER)
            .fetch(r -> r.getNumber() + ": " + Points.text(r.getScore()));
    assertThat(former).containsExactly("1: 2", "2: 4");
    assertThat(api.submit(started, "{}").number("score")).isEqualByComparingTo("4");
  }

  @Test
  void extensionSentTwice_extendsOnce() {
    var quiz = api.quiz(spec("\"timeLimitMinutes\":10"));
    var started = api.start(quiz);
    var path = "/api/quizzes/%s/extensions".formatted(quiz);
    var body =
        "{\"minutes\":5,\"since\":\"%s\",\"extensions\":0,\"reason\":\"断网\"}"
            .formatted(clock.instant());
    assertThat(api.post(path, body, TestService.editorToken()).status()).isEqualTo(200);
    assertThat(api.post(path, body, TestService.editorToken()).problem())
        .isEqualTo("extension.stale");
    var resumed = api.get("/api/attempts/" + started.text("id"), started.text("token"));
    assertThat(Instant.parse(resumed.text("deadline")))
        .isEqualTo(Instant.parse(started.text("deadline")).plusSeconds(300));
  }

  // edits

  @Test
  void startsWhileTheQuizIsEdited_neverUseAnOldBlueprint() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var round = 0; round < 30; round++) {
        var quiz = api.quiz(spec(""));
        var edited = spec("").replace("\"count\":3", "\"count\":4");
        var replies =
            together(
                threads,
                List.of(
                    () -> api.put("/api/quizzes/" + quiz, edited, TestService.editorToken()),
                    () -> api.start(quiz),
                    () -> api.start(quiz)));
        var changed = replies.get(0).status() == 200;
        for (var start : replies.subList(1, 3)) {
          if (start.status() == 201) {
            assertThat(start.json().get("questions").size()).isEqualTo(changed ? 6 : 5);
          } else {
            assertThat(start.problem()).isEqualTo("quiz-changed");
          }
        }
      }
    }
  }

  // marks

  @Test
  void essay_waitsForAPersonAndThenCounts() {
    var quiz =
        api.quiz(
            """
            {"title":"简答","sections":[{"type":"essay","count":1,"points":10}],"listed":false}\
            """);
    var started = api.start(quiz);
    var receipt = api.submit(started, answers.allRight(started.json()));
    assertThat(receipt.has("score")).as("not yet marked").isFalse();
    assertThat(api.review(started).json().get("pending").getIntValue()).isEqualTo(1);
    var board = "/api/quizzes/%s/leaderboard".formatted(quiz);
    assertThat(api.get(board).json().get("total").getIntValue()).isZero();
    var waiting =
        api.get("/api/quizzes/%s/attempts?pending=true".formatted(quiz), TestService.editorToken());
    assertThat(waiting.json().get(0).get("id").getStringValue()).isEqualTo(started.text("id"));
    var path = "/api/attempts/%s/marks/1".formatted(started.text("id"));
    assertThat(api.put(path, "{\"points\":8.5,\"version\":0}", started.text("token")).problem())
        .isEqualTo("staff-only");
    assertThat(
            api.put(path, "{\"points\":10.5,\"version\":0}", TestService.editorToken()).problem())
        .isEqualTo("invalid");
    assertThat(
            api.put(path, "{\"points\":8.5,\"version\":0}", TestService.editorToken())
                .number("score"))
        .isEqualByComparingTo("8.5");
    assertThat(first(quiz).get("score").getBigDecimalValue()).isEqualByComparingTo("8.5");
  }

  @Test
  void amendment_isPreviewedConfirmedAndFollowedByStandings() {
    var quiz =
        api.quiz(
            """
            {"title":"更正","sections":[{"type":"single","count":1,"points":10}],"listed":false,"passMark":6}\
            """);
    var started = api.start(quiz);
    var shown = started.json().get("questions").get(0);
    var question = answers.question(shown);
    api.submit(
        started,
        "{\"responses\":[{\"number\":1,\"sequence\":1,%s}]}".formatted(answers.wrong(shown)));
    assertThat(first(quiz).get("score").getIntValue()).isZero();
    var path = "/api/quizzes/%s/amendments".formatted(quiz);
    var body =
        "{\"question\":\"%s\",\"choices\":[\"%s\"]"
            .formatted(question.id(), Answers.wrongChoice(question));
    var preview = api.post(path + "/preview", body + "}", TestService.editorToken());
    assertThat(preview.json().get("changed").getIntValue()).isEqualTo(1);
    assertThat(preview.json().get("newlyPassed").getIntValue()).isEqualTo(1);
    assertThat(api.review(started).number("score")).as("a preview changes nothing").isZero();
    var confirmed =
        api.post(path, body + ",\"amendments\":0,\"reason\":\"答案有误\"}", TestService.editorToken());
    assertThat(confirmed.status()).isEqualTo(200);
    assertThat(api.review(started).number("score")).isEqualByComparingTo("10");
    assertThat(first(quiz).get("score").getIntValue()).isEqualTo(10);
    var stale =
        api.post(path, body + ",\"amendments\":0,\"reason\":\"再来\"}", TestService.editorToken());
    assertThat(stale.problem()).isEqualTo("amendment.stale");
    var out =
        "{\"question\":\"%s\",\"voided\":\"out-of-maximum\",\"amendments\":1,\"reason\":\"作废\"}"
            .formatted(question.id());
    assertThat(api.post(path, out, TestService.editorToken()).status()).isEqualTo(200);
    assertThat(api.review(started).number("maxScore")).isZero();
  }

  @Test
  void amendment_reachesAttemptsThatEndLater() {
    var quiz =
        api.quiz(
            """
            {"title":"更正二","sections":[{"type":"single","count":1,"points":10}],"listed":false}\
            """);
    var started = api.start(quiz);
    var question = answers.question(started.json().get("questions").get(0));
    api.post(
        "/api/quizzes/%s/amendments".formatted(quiz),
        "{\"question\":\"%s\",\"voided\":\"full-points\",\"amendments\":0,\"reason\":\"作废\"}"
            .formatted(question.id()),
        TestService.editorToken());
    assertThat(api.submit(started, "{}").number("score")).isEqualByComparingTo("10");
  }

  // quizzes

  @Test
  void quizThatThePoolCannotFill_isRefusedWithSectionAndNumber() {
    var reply =
        api.post(
            "/api/quizzes",
            """
            {"title":"太多","sections":[{"type":"single","count":5,"points":1},
              {"type":"essay","count":400,"points":1}]}\
            """,
            TestService.editorToken());
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.fields()).containsExactly("sections[1].count");
  }

  @Test
  void quizEdit_afterTheFirstAttemptIsLimited() {
    var quiz = api.quiz(spec("\"timeLimitMinutes\":10"));
    var path = "/api/quizzes/" + quiz;
    assertThat(api.put(path, spec("\"timeLimitMinutes\":20"), TestService.editorToken()).status())
        .isEqualTo(200);
    api.start(quiz);
    var refused = api.put(path, spec("\"timeLimitMinutes\":30"), TestService.editorToken());
    assertThat(refused.fields()).containsExactly("timeLimitMinutes");
    var renamed =
        api.put(
            path, spec("\"timeLimitMinutes\":20").replace("合约测验", "改名"), TestService.editorToken());
    assertThat(renamed.text("title")).isEqualTo("改名");
  }

  @Test
  void editing_isForEditors() {
    assertThat(api.post("/api/quizzes", spec(""), "x").status()).isEqualTo(403);
    assertThat(api.send("POST", "/api/quizzes", spec(""), Map.of()).status()).isEqualTo(401);
    assertThat(api.get("/api/questions/01-constitution-001", "x").status()).isEqualTo(403);
    assertThat(api.post("/api/bank/loads", "", "x").status()).isEqualTo(403);
    assertThat(
            api.post("/api/bank/loads", "", TestService.editorToken())
                .json()
                .get("changed")
                .getIntValue())
        .isZero();
  }
}
