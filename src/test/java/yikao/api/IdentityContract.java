package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/** Who took an attempt: kept where it was earned, corrected where it was wrong, told to staff. */
abstract class IdentityContract extends SmallBankContract {
  private static final String CORRECTED =
      "{\"name\":\"李小红\",\"branch\":\"第二支部\",\"reason\":\"填错\",\"version\":0}";
  private static final String NAMED = "{\"name\":\"李小红\",\"branch\":\"第二支部\"}";

  private String quiz(String more) {
    return api.quiz(three(more));
  }

  private Reply correctOwn(Reply started, String body) {
    return api.put(
        "/api/attempts/%s/participant".formatted(started.text("id")), body, started.text("token"));
  }

  private Reply correct(Reply started, String body) {
    return staff("POST", "/api/attempts/%s/corrections".formatted(started.text("id")), body);
  }

  private Reply annul(Reply started) {
    return staff(
        "POST",
        "/api/attempts/%s/annulment".formatted(started.text("id")),
        "{\"reason\":\"停电中断\"}");
  }

  /** The rows of a board by person: name, branch and score. */
  private List<String> people(String quiz) {
    return list(board(quiz, "").json().get("entries")).stream()
        .map(e ->
            "%s %s %s"
                .formatted(
                    e.get("name").getStringValue(),
                    e.get("branch").getStringValue(),
                    e.get("score").coerceStringValue()))
        .toList();
  }

  private List<JsonNode> listed(String quiz, String query) {
    return list(staff("/api/quizzes/%s/attempts%s".formatted(quiz, query)).json());
  }

  // two people, one phone

  @Test
  void startElsewhereUnderAnotherName_changesNoOldBoard() {
    var old = quiz("");
    var key = secret();
    handIn(started(old, key, "王小明", "第一支部"), "{}");
    var other = quiz("");
    var second = started(other, key, "李小红", "第二支部");
    assertThat(people(old)).containsExactly("王*明 第一支部 0");
    handIn(second, "{}");
    assertThat(people(old)).containsExactly("王*明 第一支部 0");
    assertThat(people(other)).containsExactly("李*红 第二支部 0");
  }

  @Test
  void runningAttempt_continuedUnderAnotherName_keepsItsOwn() {
    var quiz = quiz("");
    var key = secret();
    var first = started(quiz, key, "王小明", "第一支部");
    var again = api.start(quiz, key, "李小红", "第二支部");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("id")).isEqualTo(first.text("id"));
    assertThat(listed(quiz, "?state=running"))
        .extracting(a -> a.get("name").getStringValue())
        .containsExactly("王小明");
    handIn(again, "{}");
    assertThat(people(quiz)).containsExactly("王*明 第一支部 0");
  }

  @Test
  void anotherSecret_isAnotherPerson_evenOfTheSameName() {
    var quiz = quiz("\"tries\":1");
    handIn(started(quiz, secret(), "王小明", "第一支部"), "{}");
    handIn(started(quiz, secret(), "王小明", "第一支部"), "{}");
    assertThat(people(quiz)).hasSize(2);
  }

  // names and branches

  @Test
  void ownNameAndBranch_areCorrectedWhileTheAttemptRuns() {
    var quiz = quiz("\"tries\":1");
    var started = started(quiz, secret(), "王晓明", "第三支部");
    api.save(started, 1, chosen(started, 1, 1, SmallBank.RIGHT));
    var corrected = correctOwn(started, "{\"name\":\"王小明\",\"branch\":\"第一支部\"}");
    assertThat(corrected.status()).as(corrected.body()).isEqualTo(200);
    assertThat(corrected.text("name")).isEqualTo("王小明");
    assertThat(api.save(started, 2, chosen(started, 2, 1, SmallBank.RIGHT)).status())
        .isEqualTo(204);
    handIn(started, "{}");
    assertThat(people(quiz)).containsExactly("王*明 第一支部 20");
    assertProblem(correctOwn(started, NAMED), 409, "attempt-ended");
    assertThat(people(quiz)).containsExactly("王*明 第一支部 20");
  }

  @Test
  void ownCorrection_isForTheParticipantAlone_andByTheRuleForNames() {
    var quiz = quiz("");
    var started = started(quiz);
    var other = started(quiz);
    var path = "/api/attempts/%s/participant".formatted(started.text("id"));
    var body = NAMED;
    assertProblem(api.put(path, body, other.text("token")), 403, "not-yours");
    assertThat(staff("PUT", path, body).status()).isEqualTo(403);
    for (var name : List.of("", " ", "\\u200b", "\\u202e王", "\\u3164")) {
      assertRefused(correctOwn(started, body.replace("李小红", name)), "name");
      assertRefused(correctOwn(started, body.replace("第二支部", name)), "branch");
    }
    assertThat(listed(quiz, "?state=running"))
        .extracting(a -> a.get("name").getStringValue())
        .containsExactly("王小明", "王小明");
  }

  @Test
  void staffCorrects_withAReason_andTheBoardFollows() {
    var quiz = quiz("");
    var started = started(quiz);
    handIn(started, allRight(started));
    assertRefused(correct(started, CORRECTED.replace("填错", " ")), "reason");
    assertProblem(
        api.post(
            "/api/attempts/%s/corrections".formatted(started.text("id")),
            CORRECTED,
            started.text("token")),
        403,
        "staff-only");
    var corrected = correct(started, CORRECTED);
    assertThat(corrected.text("name")).as(corrected.body()).isEqualTo("李小红");
    assertThat(people(quiz)).containsExactly("李*红 第二支部 30");
    assertThat(rows(board(quiz, "?by=branch"))).containsExactly("1 第二支部 30");
    assertThat(api.review(started).number("score")).isEqualByComparingTo("30");
  }

  @Test
  void staffCorrects_aRunningAttempt_whichGoesOn() {
    var quiz = quiz("\"timeLimitMinutes\":10");
    var started = started(quiz);
    correct(started, CORRECTED);
    assertThat(api.save(started, 1, chosen(started, 1, 1, SmallBank.RIGHT)).status())
        .isEqualTo(204);
    forwardMinutes(11);
    expired(started);
    assertThat(people(quiz)).containsExactly("李*红 第二支部 10");
  }

  @Test
  void ownCorrections_haveABound_andStaffStillCorrects() {
    var quiz = quiz("");
    var key = secret();
    var started = started(quiz, key, "王小明", "第一支部");
    for (var time = 1; time <= 20; time++) {
      var corrected = correctOwn(started, NAMED.replace("第二支部", "第%d支部".formatted(time)));
      assertThat(corrected.status()).as(corrected.body()).isEqualTo(200);
    }
    assertThat(correctOwn(started, NAMED.replace("第二", "第20")).status())
        .as("as it is")
        .isEqualTo(200);
    assertProblem(correctOwn(started, NAMED.replace("第二", "第21")), 409, "correction.too-many");
    var headers =
        Map.of(
            "Cookie",
            TestService.guestCookie(key),
            "Content-Type",
            "application/x-www-form-urlencoded");
    var page = "/attempts/%s/participant".formatted(started.text("id"));
    var form = api.send("POST", page, "name=%E6%9D%8E&branch=1&do=correct", headers);
    assertThat(form.status()).as(form.body()).isEqualTo(409);
    assertThat(form.body()).contains("20");
    assertThat(listed(quiz, "?state=running"))
        .extracting(a -> a.get("branch").getStringValue() + a.get("corrections").getIntValue())
        .containsExactly("第20支部20");
    assertThat(correct(started, CORRECTED.replace(":0", ":20")).text("branch")).isEqualTo("第二支部");
  }

  /** Who has not seen the last correction does not overwrite it. */
  @Test
  void staffCorrects_whatItHasSeen() {
    var quiz = quiz("");
    var started = started(quiz);
    assertRefused(correct(started, CORRECTED.replace(",\"version\":0", "")), "version");
    assertThat(correct(started, CORRECTED).number("corrections")).isEqualByComparingTo("1");
    var other = CORRECTED.replace("李小红", "赵大");
    assertProblem(correct(started, other), 412, "correction.stale");
    handIn(started, "{}");
    assertThat(listed(quiz, ""))
        .extracting(a -> a.get("name").getStringValue() + a.get("corrections").getIntValue())
        .containsExactly("李小红1");
    assertThat(correct(started, other.replace(":0", ":1")).text("name")).isEqualTo("赵大");
    assertThat(people(quiz)).containsExactly("赵* 第二支部 0");
  }

  @Test
  void staffCorrects_notOverTheParticipantsOwn() {
    var started = started(quiz(""));
    assertThat(correctOwn(started, NAMED.replace("第二", "第三")).status()).isEqualTo(200);
    assertProblem(correct(started, CORRECTED), 412, "correction.stale");
    assertThat(correct(started, CORRECTED.replace(":0", ":1")).status()).isEqualTo(200);
  }

  @Test
  void laterTryFromAnotherBranch_leavesThePointsWhereTheyWereEarned() {
    var quiz = quiz("");
    var key = secret();
    var first = started(quiz, key, "王小明", "第一支部");
    handIn(first, allRight(first));
    var second = started(quiz, key, "王小明", "第二支部");
    assertThat(people(quiz)).containsExactly("王*明 第一支部 30");
    handIn(second, "{}");
    assertThat(people(quiz)).containsExactly("王*明 第一支部 30");
    assertThat(rows(board(quiz, "?by=branch"))).containsExactly("1 第一支部 30");
    correct(second, CORRECTED);
    assertThat(people(quiz)).as("the other try").containsExactly("王*明 第一支部 30");
    var best = started(quiz, key, "王小明", "第三支部");
    handIn(best, submission(best, _ -> SmallBank.WRONG));
    assertThat(people(quiz)).containsExactly("王*明 第一支部 30");
  }

  /** An amendment marks again; it moves nobody. */
  @Test
  void remarked_keepsTheBranchItWasEarnedIn() {
    var quiz = quiz("\"counting\":\"first\"");
    var key = secret();
    handIn(started(quiz, key, "王小明", "第一支部"), "{}");
    handIn(started(quiz, key, "李小红", "第二支部"), "{}");
    amend(quiz, "01-three-001", 0, "\"voided\":\"full-points\"");
    assertThat(people(quiz)).containsExactly("王*明 第一支部 10");
  }

  @Test
  void freeText_hasOneSpelling() {
    var quiz = quiz("");
    for (var branch : List.of("第1支部", "第１支部", "第 1 支部", "第\\u200b1支部")) {
      handIn(started(quiz, secret(), "王小明", branch), "{}");
    }
    var board = board(quiz, "?by=branch");
    assertThat(board.number("total")).isEqualByComparingTo("1");
    assertThat(board.json().get("entries").get(0).get("participants").getIntValue()).isEqualTo(4);
  }

  // setting aside

  @Test
  void setAside_countsForNothingAndUsesUpNoTry() {
    var quiz = quiz("\"tries\":1");
    var key = secret();
    var started = started(quiz, key, "王小明", "第一支部");
    assertProblem(annul(started), 409, "attempt-running");
    handIn(started, allRight(started));
    assertThat(annul(started).json().get("annulled").getBooleanValue()).isTrue();
    assertThat(people(quiz)).isEmpty();
    assertThat(annul(started).status()).as("once more").isEqualTo(200);
    amend(quiz, "01-three-001", 0, "\"voided\":\"full-points\"");
    correct(started, CORRECTED);
    assertThat(people(quiz)).as("neither marking nor correcting brings it back").isEmpty();
    var second = started(quiz, key, "王小明", "第一支部");
    handIn(second, "{}");
    assertThat(people(quiz)).containsExactly("王*明 第一支部 10");
    assertProblem(api.start(quiz, key, "王小明", "第一支部"), 409, "no-tries-left");
  }

  // who took part

  @Test
  void editorLearnsWhoTookPart_nobodyElseDoes() {
    var quiz =
        quiz("\"closes\":\"%s\",\"reveal\":{\"when\":\"after-window\"}".formatted(inMinutes(60)));
    var ended = started(quiz, secret(), "王小明", "第一支部");
    handIn(ended, "{}");
    var running = started(quiz, secret(), "欧阳小红", "第二支部");
    assertThat(listed(quiz, ""))
        .extracting(a -> a.get("name").getStringValue() + a.get("branch").getStringValue())
        .containsExactly("王小明第一支部");
    assertThat(listed(quiz, "?state=running"))
        .extracting(a -> a.get("name").getStringValue() + a.get("branch").getStringValue())
        .containsExactly("欧阳小红第二支部");
    var path = "/api/quizzes/%s/".formatted(quiz);
    assertThat(rows(staff(path + "leaderboard"))).containsExactly("1 王小明 0");
    assertThat(rows(staff(path + "leaderboard?by=branch"))).containsExactly("1 第一支部 0");
    for (var token : List.of(running.text("token"), "x")) {
      assertProblem(api.get(path + "leaderboard", token), 403, "leaderboard-hidden");
      assertThat(api.get(path + "attempts", token).status()).isEqualTo(403);
    }
    assertThat(api.send("GET", path + "attempts", new byte[0], Map.of()).status()).isEqualTo(401);
    forwardMinutes(61);
    assertThat(board(quiz, "").body()).contains("王*明").doesNotContain("王小明");
    assertThat(rows(staff(path + "leaderboard"))).contains("1 王小明 0");
  }

  @Test
  void listOfWhoTookPart_comesInPages() {
    var quiz = quiz("");
    for (var name : List.of("甲甲", "乙乙", "丙丙")) {
      handIn(started(quiz, secret(), name, "第一支部"), "{}");
    }
    var first = listed(quiz, "?limit=2");
    var rest = listed(quiz, "?limit=2&after=" + first.getLast().get("id").getStringValue());
    assertThat(first).extracting(a -> a.get("name").getStringValue()).containsExactly("甲甲", "乙乙");
    assertThat(rest).extracting(a -> a.get("name").getStringValue()).containsExactly("丙丙");
    assertRefused(staff("/api/quizzes/%s/attempts?state=x".formatted(quiz)), "state");
  }
}
