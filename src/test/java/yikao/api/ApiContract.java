package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.json.tree.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import yikao.TestService;

/** What the service promises to those who answer, through its API, on every database. */
abstract class ApiContract extends WholeBankContract {
  // the way through

  @Test
  void firstStart_offersAMixedTestAContestThemesAndPracticeForEachArea() {
    var quizzes = api.get("/api/quizzes").json();
    var titles = new ArrayList<String>();
    for (var i = 0; i < quizzes.size(); i++) {
      titles.add(quizzes.get(i).get("title").getStringValue());
    }
    assertThat(titles)
        .contains(
            "知识竞赛：100 题",
            "纪律处分条例专题",
            "支部工作专题",
            "发展党员流程专题",
            "廉洁过节",
            "宪法日：宪法与国家象征",
            "全民国家安全教育日",
            "安全生产月",
            "宪法练习");
    assertThat(titles).hasSizeGreaterThanOrEqualTo(26);
    assertThat(quizzes.get(0).get("title").getStringValue()).isEqualTo("党章党规知识测试");
    assertThat(quizzes.get(0).get("maxScore").getIntValue()).isEqualTo(100);
    assertThat(api.get("/api/areas").json().size()).isEqualTo(17);
    var groups = new ArrayList<String>();
    for (var i = 0; i < 26; i++) {
      groups.add(quizzes.get(i).get("group").getStringValue());
    }
    assertThat(groups.subList(0, 2)).containsOnly("test");
    assertThat(groups.subList(2, 9)).containsOnly("theme");
    assertThat(groups.subList(9, 26)).containsOnly("practice");
  }

  @Test
  void frontPage_keepsTheNewestAttemptOfAGuestInEachQuiz_listedOrNot() {
    var key = UUID.randomUUID().toString();
    var first = api.quiz(spec(""));
    var earlier = api.start(first, key, "王小明", "第一支部");
    api.submit(earlier, "{}");
    var ended = api.start(first, key, "王小明", "第一支部");
    api.submit(ended, "{}");
    var running = api.start(api.quiz(spec("")), key, "王小明", "第一支部");
    var another = api.start(first, UUID.randomUUID().toString(), "李红", "第一支部");
    var page = api.send("GET", "/", new byte[0], Map.of("Cookie", TestService.guestCookie(key)));
    assertThat(page.body())
        .containsSubsequence(
            "href=\"/attempts/%s\"".formatted(running.text("id")),
            "href=\"/attempts/%s/result\"".formatted(ended.text("id")))
        .contains("王小明（第一支部），还没有交卷，已答 0 / 5 题")
        .doesNotContain(earlier.text("id"), another.text("id"));
    assertThat(page.headers().get("cache-control")).containsExactly("no-store");
    assertThat(api.get("/").body()).doesNotContain("王小明", "/attempts/");
  }

  @Test
  void rightAnswers_earnAllPointsAndAPlaceOnTheLeaderboard() {
    var quiz = api.quiz(spec("\"tries\":1"));
    var started = api.start(quiz);
    assertThat(started.status()).isEqualTo(201);
    var receipt = api.submit(started, answers.allRight(started.json()));
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.number("score")).isEqualByComparingTo("10");
    assertThat(receipt.json().get("passed").getBooleanValue()).isTrue();
    var board = api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json();
    assertThat(board.get("total").getIntValue()).isEqualTo(1);
    assertThat(board.get("entries").get(0).get("name").getStringValue()).isEqualTo("王*明");
    assertThat(board.get("entries").get(0).get("score").getIntValue()).isEqualTo(10);
    assertThat(board.get("asOf")).isNotNull();
  }

  @Test
  void review_showsKeyExplanationAndClause() {
    var started = api.start(api.quiz(spec("")));
    api.submit(started, "{}");
    var review = api.review(started).json();
    var question = review.get("questions").get(0);
    var original = answers.question(question);
    assertThat(question.get("explanation").getStringValue()).isEqualTo(original.explanation());
    assertThat("\"choices\":[\"%s\"]".formatted(question.get("key").get(0).getStringValue()))
        .isEqualTo(answers.right(question));
    assertThat(question.get("citation").get("locator").getStringValue())
        .isEqualTo(original.citation().locator());
    assertThat(question.get("mark").getIntValue()).isZero();
  }

  @Test
  void documentsNamed_questionsOfTheseAlone_andOnesWithoutQuestionsRefused() {
    var quiz = api.quiz(spec("\"documents\":[\"party-branch-2018\",\"law-constitution\"]"));
    for (var i = 0; i < 5; i++) {
      var questions = api.start(quiz).json().get("questions");
      for (var q = 0; q < questions.size(); q++) {
        assertThat(answers.question(questions.get(q)).citation().document())
            .isIn("party-branch-2018", "law-constitution");
      }
    }
    var refused =
        api.post(
            "/api/quizzes", spec("\"documents\":[\"no-such-law\"]"), TestService.editorToken());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("documents", "no-such-law");
  }

  // once is once

  @Test
  void startTwice_givesTheSameAttemptAndKillsTheOldToken() {
    var quiz = api.quiz(spec(""));
    var key = UUID.randomUUID().toString();
    var first = api.start(quiz, key, "甲", "支部");
    var second = api.start(quiz, key, "甲", "支部");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(second.json().get("questions")).isEqualTo(first.json().get("questions"));
    assertThat(api.save(first, 1, response(first, 1, 1, true)).problem()).isEqualTo("not-yours");
    assertThat(api.save(second, 1, response(second, 1, 1, true)).status()).isEqualTo(204);
  }

  @Test
  void submitTwice_givesTheSameReceipt() {
    var started = api.start(api.quiz(spec("")));
    var first = api.submit(started, "{}");
    var second = api.submit(started, answers.allRight(started.json()));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.number("score")).isZero();
  }

  @Test
  void submissionWithoutABody_isAllowed() {
    var started = api.start(api.quiz(spec("")));
    assertThat(api.submit(started, "").status()).isEqualTo(200);
  }

  @Test
  void clientsAtOnce_makeOneAttemptAndOneReceiptAndLoseNothing() throws Exception {
    clientsAtOnce(100);
  }

  @Tag("full")
  @Test
  void clientsAtOnce_aThousandTimes_loseNothing() throws Exception {
    clientsAtOnce(1_000);
  }

  private void clientsAtOnce(int rounds) throws Exception {
    var quiz = api.quiz(spec("\"tries\":1"));
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var round = 0; round < rounds; round++) {
        var key = UUID.randomUUID().toString();
        var starts =
            together(
                threads,
                List.of(
                    () -> api.start(quiz, key, "甲", "一"), () -> api.start(quiz, key, "甲", "一")));
        assertThat(starts).allMatch(r -> r.status() == 200 || r.status() == 201);
        assertThat(starts.stream().filter(r -> r.status() == 201)).hasSize(1);
        assertThat(starts.get(0).text("id")).isEqualTo(starts.get(1).text("id"));
        var own = api.start(quiz, key, "甲", "一");
        var saves =
            together(
                threads,
                List.of(
                    () -> api.save(own, 1, response(own, 1, 1, false)),
                    () -> api.save(own, 1, response(own, 1, 2, true)),
                    () -> api.save(own, 2, response(own, 2, 1, true)),
                    () -> api.save(own, 2, response(own, 2, 1, true))));
        // the older one of the first question may come too late; what is stored is the newer one
        assertThat(saves.subList(1, 4)).allMatch(r -> r.status() == 204);
        assertThat(saves.getFirst().status()).isIn(204, 409);
        var submissions =
            together(threads, List.of(() -> api.submit(own, "{}"), () -> api.submit(own, "{}")));
        assertThat(submissions).allMatch(r -> r.status() == 200);
        assertThat(submissions.get(0).body()).isEqualTo(submissions.get(1).body());
        assertThat(submissions.get(0).number("score")).isEqualByComparingTo("4");
      }
    }
    var board = api.get("/api/quizzes/%s/leaderboard?limit=1".formatted(quiz)).json();
    assertThat(board.get("total").getIntValue()).isEqualTo(rounds);
  }

  @Test
  void olderSequence_neverOverwrites() {
    var started = api.start(api.quiz(spec("")));
    assertThat(api.save(started, 1, response(started, 1, 5, true)).status()).isEqualTo(204);
    assertThat(api.save(started, 1, response(started, 1, 4, false)).problem())
        .isEqualTo("response-stale");
    var older =
        "{\"responses\":[{\"number\":1,\"sequence\":3,%s}]}"
            .formatted(answers.wrong(started.json().get("questions").get(0)));
    assertThat(api.submit(started, older).problem()).isEqualTo("response-stale");
    assertThat(api.submit(started, "{}").number("score")).isEqualByComparingTo("2");
  }

  @Test
  void submission_keepsWhatItLeavesOut() {
    var started = api.start(api.quiz(spec("")));
    api.save(started, 1, response(started, 1, 1, true));
    var second =
        "{\"responses\":[{\"number\":2,\"sequence\":1,%s}]}"
            .formatted(answers.right(started.json().get("questions").get(1)));
    assertThat(api.submit(started, second).number("score")).isEqualByComparingTo("4");
  }

  @Test
  void resume_showsWhatWasSavedAndTheSamePaper() {
    var started = api.start(api.quiz(spec("")));
    api.save(started, 2, response(started, 2, 7, true));
    var resumed = api.get("/api/attempts/" + started.text("id"), started.text("token"));
    assertThat(resumed.json().get("questions")).isEqualTo(started.json().get("questions"));
    assertThat(resumed.json().get("saved").size()).isEqualTo(1);
    assertThat(resumed.json().get("saved").get(0).get("sequence").getIntValue()).isEqualTo(7);
    assertThat(resumed.has("token")).isFalse();
  }

  // tries

  @Test
  void tries_areCountedAndTheBestCounts() {
    var quiz = api.quiz(spec("\"tries\":2"));
    var key = UUID.randomUUID().toString();
    var first = api.start(quiz, key, "甲", "一");
    api.submit(first, answers.allRight(first.json()));
    var second = api.start(quiz, key, "甲", "一");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json().get("number").getIntValue()).isEqualTo(2);
    api.submit(second, "{}");
    assertThat(api.start(quiz, key, "甲", "一").problem()).isEqualTo("no-tries-left");
    assertThat(first(quiz).get("score").getIntValue()).isEqualTo(10);
  }

  @Test
  void tries_countedByAverage() {
    var quiz = api.quiz(spec("\"tries\":2,\"counting\":\"average\""));
    var key = UUID.randomUUID().toString();
    var first = api.start(quiz, key, "甲", "一");
    api.submit(first, answers.allRight(first.json()));
    api.submit(api.start(quiz, key, "甲", "一"), "{}");
    assertThat(first(quiz).get("score").getIntValue()).isEqualTo(5);
  }

  // time

  @Test
  void deadline_endsTheAttemptWithWhatWasSaved() {
    var started = api.start(api.quiz(spec("\"timeLimitMinutes\":10")));
    api.save(started, 1, response(started, 1, 1, true));
    clock.forward(Duration.ofMinutes(10).plusSeconds(2));
    assertThat(api.save(started, 2, response(started, 2, 1, true)).status())
        .as("within the grace")
        .isEqualTo(204);
    clock.forward(Duration.ofSeconds(4));
    assertThat(api.save(started, 3, response(started, 3, 1, true)).problem())
        .isIn("too-late", "attempt-ended");
    var receipt = api.submit(started, answers.allRight(started.json()));
    assertThat(receipt.text("state")).isEqualTo("expired");
    assertThat(receipt.number("score")).isEqualByComparingTo("4");
    assertThat(receipt.json().get("elapsedMillis").getLongValue()).isEqualTo(600_000);
  }

  @Test
  void sweep_endsAttemptsThatNobodyComesBackTo() {
    var quiz = api.quiz(spec("\"timeLimitMinutes\":10"));
    var started = api.start(quiz);
    api.save(started, 1, response(started, 1, 1, true));
    clock.forward(Duration.ofMinutes(11));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json().get("total").getIntValue()
                == 1);
    assertThat(first(quiz).get("score").getIntValue()).isEqualTo(2);
  }

  @Test
  void window_closesStartsAndCutsAttempts() {
    var now = clock.instant();
    var quiz =
        api.quiz(
            spec(
                "\"opens\":\"%s\",\"closes\":\"%s\",\"timeLimitMinutes\":60"
                    .formatted(now.plusSeconds(60), now.plusSeconds(600))));
    assertThat(api.start(quiz).problem()).isEqualTo("quiz-not-open");
    clock.forward(Duration.ofSeconds(120));
    var started = api.start(quiz);
    assertThat(Instant.parse(started.text("deadline")))
        .isEqualTo(now.plusSeconds(600).truncatedTo(ChronoUnit.MILLIS));
    clock.forward(Duration.ofSeconds(500));
    assertThat(api.start(quiz).problem()).isEqualTo("quiz-closed");
  }

  @Test
  void minimumTime_refusesAnEarlySubmission() {
    var started = api.start(api.quiz(spec("\"minimumSeconds\":60")));
    var early = api.submit(started, "{}");
    assertThat(early.problem()).isEqualTo("too-early");
    assertThat(early.headers()).containsKey("retry-after");
    clock.forward(Duration.ofSeconds(61));
    assertThat(api.submit(started, "{}").status()).isEqualTo(200);
  }

  // reveal

  @Test
  void revealAfterTheWindow_waitsForThoseWhoMayFinish() {
    var quiz =
        api.quiz(
            spec(
                "\"closes\":\"%s\",\"atClose\":\"finish\",\"timeLimitMinutes\":30,\"reveal\":{\"when\":\"after-window\"}"
                    .formatted(clock.instant().plusSeconds(600))));
    var started = api.start(quiz);
    api.submit(started, "{}");
    clock.forward(Duration.ofMinutes(11));
    assertThat(api.review(started).has("questions")).isFalse();
    clock.forward(Duration.ofMinutes(30));
    assertThat(api.review(started).has("questions")).isTrue();
  }

  @Test
  void reveal_hidesScoreReviewAndLeaderboardUntilTheWindowIsOver() {
    var quiz =
        api.quiz(
            spec(
                "\"closes\":\"%s\",\"reveal\":{\"what\":\"review\",\"when\":\"after-window\"}"
                    .formatted(clock.instant().plusSeconds(600))));
    var started = api.start(quiz);
    var receipt = api.submit(started, answers.allRight(started.json()));
    assertThat(receipt.has("score")).isFalse();
    assertThat(receipt.has("passed")).isFalse();
    assertThat(api.review(started).has("questions")).isFalse();
    var board = "/api/quizzes/%s/leaderboard".formatted(quiz);
    assertThat(api.get(board).problem()).isEqualTo("leaderboard-hidden");
    clock.forward(Duration.ofSeconds(606));
    assertThat(api.review(started).json().get("questions").size()).isEqualTo(5);
    assertThat(api.get(board).json().get("total").getIntValue()).isEqualTo(1);
  }

  @Test
  void reveal_ofAnswersShowsNoKey() {
    var started = api.start(api.quiz(spec("\"reveal\":{\"what\":\"answers\"}")));
    api.submit(started, "{}");
    var question = api.review(started).json().get("questions").get(0);
    assertThat(question.get("key")).isNull();
    assertThat(question.get("mark")).isNull();
    assertThat(question.get("explanation")).isNull();
    assertThat(question.get("citation")).isNull();
  }

  // leaderboards

  @Test
  void leaderboard_ordersByScoreThenTimeThenWhoWasFirst() {
    var quiz = api.quiz(spec("\"minimumParticipants\":2"));
    var slow = api.start(quiz, UUID.randomUUID().toString(), "慢慢来", "甲支部");
    clock.forward(Duration.ofSeconds(30));
    var quick = api.start(quiz, UUID.randomUUID().toString(), "快得很", "甲支部");
    var poor = api.start(quiz, UUID.randomUUID().toString(), "没答对", "乙支部");
    clock.forward(Duration.ofSeconds(30));
    api.submit(slow, answers.allRight(slow.json()));
    api.submit(quick, answers.allRight(quick.json()));
    api.submit(poor, "{}");
    var path = "/api/quizzes/%s/leaderboard".formatted(quiz);
    var entries = api.get(path).json().get("entries");
    assertThat(names(entries)).containsExactly("快*很", "慢*来", "没*对");
    var page = api.get(path + "?limit=1&page=2").json();
    assertThat(names(page.get("entries"))).containsExactly("慢*来");
    assertThat(page.get("entries").get(0).get("rank").getIntValue()).isEqualTo(2);
    var me =
        api.get(path + "/me?attempt=" + poor.text("id"), poor.text("token")).json().get("entries");
    assertThat(me.get(2).get("me").getBooleanValue()).isTrue();
    assertThat(me.get(2).get("rank").getIntValue()).isEqualTo(3);
    var branches = api.get(path + "?by=branch").json();
    assertThat(branches.get("total").getIntValue()).as("乙支部 has too few").isEqualTo(1);
    assertThat(branches.get("entries").get(0).get("participants").getIntValue()).isEqualTo(2);
    assertThat(branches.get("entries").get(0).get("score").getBigDecimalValue())
        .isEqualByComparingTo("10");
  }

  private static List<String> names(JsonNode entries) {
    return IntStream.range(0, entries.size())
        .mapToObj(i -> entries.get(i).get("name").getStringValue())
        .toList();
  }

  // attempts hold what they need

  @Test
  void drawnPapers_differAndRepeatNothing() {
    var quiz =
        api.quiz(
            """
            {"title":"抽题","sections":[{"type":"single","count":20,"points":1}],"listed":false,
             "draw":"least-used-first"}\
            """);
    var papers = new HashSet<List<String>>();
    for (var i = 0; i < 10; i++) {
      var questions = api.start(quiz).json().get("questions");
      var stems =
          IntStream.range(0, questions.size())
              .mapToObj(n -> questions.get(n).get("stem").getStringValue())
              .toList();
      assertThat(stems).doesNotHaveDuplicates().hasSize(20);
      papers.add(stems);
    }
    assertThat(papers).hasSizeGreaterThan(5);
  }

  @Test
  void decimalPoints_addUpExactly() {
    var quiz =
        api.quiz(
            """
            {"title":"小数","sections":[{"type":"judge","count":3,"points":0.1}],"listed":false}\
            """);
    var started = api.start(quiz);
    assertThat(api.submit(started, answers.allRight(started.json())).number("score"))
        .isEqualByComparingTo(new BigDecimal("0.3"));
  }
}
