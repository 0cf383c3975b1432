package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/** What makes results comparable, and that nobody answers what he has seen the key of. */
abstract class FairnessContract extends SmallBankContract {
  /** Two papers of the same quiz, and a stem that only the first holds. */
  record Pair(Reply one, Reply other, String only) {
    String question() {
      return "01-eleven-%03d".formatted(Integer.parseInt(only.replaceAll("\\D", "")));
    }
  }

  private Pair pair(String quiz) {
    var one = started(quiz, secret(), "王小明", "甲支部");
    while (true) {
      var other = started(quiz, secret(), "李小红", "乙支部");
      var only = stems(one).stream().filter(s -> !stems(other).contains(s)).findFirst();
      if (only.isPresent()) {
        return new Pair(one, other, only.get());
      }
    }
  }

  /** All right but one, which is none of these. */
  private static String oneWrong(Reply started, String not) {
    var wrong = stems(started).stream().filter(s -> !s.equals(not)).findFirst().orElseThrow();
    return submission(started, s -> s.equals(wrong) ? SmallBank.WRONG : SmallBank.RIGHT);
  }

  private void handInSlowAndFast(Pair pair, String slow) {
    handIn(pair.other(), oneWrong(pair.other(), ""));
    forwardMinutes(10);
    handIn(pair.one(), slow);
  }

  // shares of the maximum

  @Test
  void voidedOutOfTheMaximum_sharesAreRanked_inBranchesToo_andPass() {
    var quiz = ten(SmallBank.ELEVEN, "\"passMark\":95");
    var pair = pair(quiz);
    handInSlowAndFast(pair, allRight(pair.one()));
    var amended = amend(quiz, pair.question(), 0, "\"voided\":\"out-of-maximum\"");
    assertThat(amended.number("noLongerPassed")).as(amended.body()).isZero();
    assertScore(pair.one(), "90", "90");
    assertScore(pair.other(), "90", "100");
    assertThat(api.review(pair.one()).json().get("passed").getBooleanValue()).isTrue();
    assertThat(api.review(pair.other()).json().get("passed").getBooleanValue()).isFalse();
    assertThat(rows(board(quiz, ""))).containsExactly("1 王*明 100", "2 李*红 90");
    assertThat(rows(board(quiz, "?by=branch"))).containsExactly("1 甲支部 100", "2 乙支部 90");
  }

  @Test
  void voidedOutOfTheMaximum_givesNoMoreThanTheShare() {
    var quiz = ten(SmallBank.ELEVEN, "\"passMark\":89");
    var pair = pair(quiz);
    handInSlowAndFast(pair, oneWrong(pair.one(), pair.only()));
    assertThat(rows(board(quiz, ""))).containsExactly("1 李*红 90", "2 王*明 90");
    var amended = amend(quiz, pair.question(), 0, "\"voided\":\"out-of-maximum\"");
    assertThat(amended.number("noLongerPassed")).isEqualByComparingTo("1");
    assertScore(pair.one(), "80", "90");
    assertThat(rows(board(quiz, ""))).containsExactly("1 李*红 90", "2 王*明 88.889");
    assertThat(rows(board(quiz, "?by=branch"))).containsExactly("1 乙支部 90", "2 甲支部 88.89");
  }

  /** Who hands in after the question was voided is ranked like who did before. */
  @Test
  void voidedBeforeTheEnd_countsTheSame_andWithdrawnNoMore() {
    var quiz = ten(SmallBank.ELEVEN, "");
    var pair = pair(quiz);
    amend(quiz, pair.question(), 0, "\"voided\":\"out-of-maximum\"");
    handInSlowAndFast(pair, submission(pair.one(), s -> right(s.equals(pair.only()))));
    assertScore(pair.one(), "0", "90");
    assertThat(rows(board(quiz, ""))).containsExactly("1 李*红 90", "2 王*明 0");
    var withdrawn =
        staff(
            "POST",
            "/api/quizzes/%s/amendments/1/withdrawal".formatted(quiz),
            "{\"amendments\":1,\"reason\":\"原题无误\"}");
    assertThat(withdrawn.status()).as(withdrawn.body()).isEqualTo(200);
    assertScore(pair.one(), "10", "100");
    assertThat(rows(board(quiz, ""))).containsExactly("1 李*红 90", "2 王*明 10");
  }

  private static String right(boolean is) {
    return is ? SmallBank.RIGHT : SmallBank.WRONG;
  }

  @Test
  void averageOfTries_isOfShares() {
    var quiz = ten(SmallBank.ELEVEN, "\"tries\":2,\"counting\":\"average\"");
    var key = secret();
    var first = started(quiz, key, "王小明", "甲支部");
    handIn(first, allRight(first));
    var held = stems(first).getFirst();
    var question = new Pair(first, first, held).question();
    handIn(started(quiz, key, "王小明", "甲支部"), "{}");
    amend(quiz, question, 0, "\"voided\":\"out-of-maximum\"");
    assertThat(rows(board(quiz, ""))).containsExactly("1 王*明 50");
  }

  // more time after the keys were seen

  private static final String AT_ONCE = "\"timeLimitMinutes\":1,\"tries\":1";

  private Reply expiredAfterSeeing(String quiz, String key) {
    var started = started(quiz, key, "王小明", "甲支部");
    api.save(started, 1, chosen(started, 1, 1, SmallBank.WRONG));
    forwardMinutes(2);
    expired(started);
    return started;
  }

  @Test
  void keysSeen_extensionReopensNothing_andSaysSo() {
    var quiz = api.quiz(three(AT_ONCE));
    var since = now();
    var key = secret();
    var started = expiredAfterSeeing(quiz, key);
    assertThat(shown(started)).isEqualTo("review");
    assertMoved(extend(quiz, 30, since, 0, ""), 0, 0, 0, 1);
    assertProblem(
        api.save(started, 2, chosen(started, 2, 1, SmallBank.RIGHT)), 409, "attempt-ended");
    assertThat(handIn(started, allRight(started)).number("score")).isZero();
    assertProblem(api.start(quiz, key, "王小明", "甲支部"), 409, "no-tries-left");
    assertThat(rows(board(quiz, ""))).containsExactly("1 王*明 0");
  }

  @Test
  void keysSeen_freshPapers_setTheOldOneAsideAndStartAnother() {
    var quiz = ten(SmallBank.ELEVEN, AT_ONCE);
    var since = now();
    var key = secret();
    var started = expiredAfterSeeing(quiz, key);
    assertMoved(extend(quiz, 30, since, 0, ",\"freshPapers\":true"), 0, 0, 0, 1);
    assertThat(board(quiz, "").number("total")).isZero();
    assertProblem(
        api.save(started, 2, chosen(started, 2, 1, SmallBank.RIGHT)), 409, "attempt-ended");
    var fresh = started(quiz, key, "王小明", "甲支部");
    assertThat(fresh.text("id")).isNotEqualTo(started.text("id"));
    assertThat(fresh.number("number")).isEqualByComparingTo("2");
    assertThat(handIn(fresh, allRight(fresh)).number("score")).isEqualByComparingTo("100");
    assertThat(rows(board(quiz, ""))).containsExactly("1 王*明 100");
    assertProblem(api.start(quiz, key, "王小明", "甲支部"), 409, "no-tries-left");
    var listed = list(staff("/api/quizzes/%s/attempts".formatted(quiz)).json());
    assertThat(listed)
        .extracting(a -> a.get("annulled").getBooleanValue())
        .containsExactly(true, false);
  }

  /** Who hides the keys afterwards makes nobody forget them. */
  @Test
  void keysSeen_thenHiddenByAnEdit_reopenNothingEither() {
    var quiz = api.quiz(three(AT_ONCE));
    var since = now();
    expiredAfterSeeing(quiz, secret());
    var hidden = three(AT_ONCE + ",\"reveal\":{\"what\":\"score\",\"when\":\"at-once\"}");
    assertThat(staff("PUT", "/api/quizzes/" + quiz, hidden).status()).isEqualTo(200);
    assertMoved(extend(quiz, 30, since, 0, ""), 0, 0, 0, 1);
  }

  @Test
  void keysNotSeen_areReopened_whateverElseWasShown() {
    for (var reveal :
        List.of(
            "\"tries\":1,\"reveal\":{\"what\":\"answers\"}",
            "\"tries\":1,\"reveal\":{\"what\":\"score\"}",
            "\"tries\":2",
            "\"tries\":1,\"closes\":\"%s\",\"reveal\":{\"when\":\"after-window\"}"
                .formatted(inMinutes(60)))) {
      var quiz = api.quiz(three("\"timeLimitMinutes\":1," + reveal));
      var since = now();
      var started = expiredAfterSeeing(quiz, secret());
      assertThat(shown(started)).as(reveal).isNotEqualTo("review");
      assertMoved(extend(quiz, 30, since, 0, ""), 0, 0, 1, 0);
      assertThat(api.save(started, 2, chosen(started, 2, 1, SmallBank.RIGHT)).status())
          .isEqualTo(204);
      assertThat(handIn(started, "{}").text("state")).isEqualTo("submitted");
    }
  }

  @Test
  void handedIn_isNeverReopened() {
    var quiz = api.quiz(three("\"timeLimitMinutes\":1,\"reveal\":{\"what\":\"score\"}"));
    var since = now();
    handIn(started(quiz), "{}");
    assertMoved(extend(quiz, 30, since, 0, ",\"freshPapers\":true"), 0, 0, 0, 0);
  }

  // a blank hand-in harvests nothing

  @Test
  void triesThatCount_showKeysAfterTheLastOnly() {
    var created =
        staff("POST", "/api/quizzes", spec(SmallBank.FOURTEEN, "single", 10, 10, "\"tries\":2"));
    assertThat(list(created.json().get("scarceSections")))
        .as("14 questions are few for 2 tries of 10")
        .extracting(n -> n.getIntValue())
        .containsExactly(1);
    var quiz = created.text("id");
    var key = secret();
    var first = started(quiz, key, "王小明", "甲支部");
    handIn(first, "{}");
    assertKeysHidden(first, key);
    var second = started(quiz, key, "王小明", "甲支部");
    assertKeysHidden(first, key);
    handIn(second, "{}");
    for (var attempt : List.of(first, second)) {
      assertThat(shown(attempt)).isEqualTo("review");
      assertThat(api.review(attempt).body()).contains("\"key\"");
    }
  }

  private void assertKeysHidden(Reply started, String key) {
    var review = api.review(started);
    assertThat(review.text("shown")).isEqualTo("score");
    assertThat(review.has("questions")).isFalse();
    assertThat(review.body()).doesNotContain("\"key\"", "如此");
    var page =
        api.send(
            "GET",
            "/attempts/%s/result".formatted(started.text("id")),
            new byte[0],
            Map.of("Cookie", TestService.guestCookie(key)));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).doesNotContain(SmallBank.RIGHT, "如此");
  }

  @Test
  void triesThatDoNotCount_keepNoKeysBack() {
    var quiz = ten(SmallBank.FOURTEEN, "\"tries\":2,\"counting\":\"first\"");
    var first = started(quiz);
    handIn(first, "{}");
    assertThat(shown(first)).isEqualTo("review");
    var unlimited = started(api.quiz(three("")));
    handIn(unlimited, "{}");
    assertThat(shown(unlimited)).as("practice").isEqualTo("review");
  }

  @Test
  void windowOver_showsKeysOfThoseWhoKeptATry() {
    var quiz = api.quiz(three("\"tries\":2,\"closes\":\"%s\"".formatted(inMinutes(10))));
    var key = secret();
    var started = started(quiz, key, "王小明", "甲支部");
    handIn(started, "{}");
    assertKeysHidden(started, key);
    forwardMinutes(11);
    assertThat(shown(started)).isEqualTo("review");
  }

  @Test
  void keysAfterTheLastTry_needALastTry_andNoMoreAreGivenLater() {
    assertRefused(
        staff("POST", "/api/quizzes", three("\"reveal\":{\"when\":\"after-last-try\"}")),
        "reveal.when");
    var quiz = api.quiz(three("\"tries\":2"));
    handIn(started(quiz), "{}");
    assertRefused(staff("PUT", "/api/quizzes/" + quiz, three("\"tries\":3")), "tries");
  }

  // what a person marked

  private Reply mark(Reply started, String body) {
    return staff("PUT", "/api/attempts/%s/marks/1".formatted(started.text("id")), body);
  }

  private String essay() {
    return api.quiz(
        spec(
            SmallBank.ESSAY,
            "essay",
            1,
            10,
            "\"timeLimitMinutes\":10,\"tries\":1,\"closes\":\"%s\",\"reveal\":{\"when\":\"after-window\"}"
                .formatted(inMinutes(60))));
  }

  /** Written, expired, marked with a comment, and running again. */
  private Reply markedAndReopened(String quiz) {
    var since = now();
    var started = started(quiz);
    api.save(started, 1, "{\"sequence\":1,\"text\":[\"因为如此\"]}");
    forwardMinutes(11);
    expired(started);
    var marked = mark(started, "{\"points\":8,\"comment\":\"要点不全\",\"version\":0}");
    assertThat(marked.number("score")).as(marked.body()).isEqualByComparingTo("8");
    assertMoved(extend(quiz, 30, since, 0, ""), 0, 0, 1, 0);
    return started;
  }

  @Test
  void personsMark_ofATextThatDidNotChange_outlivesAnExtension() {
    var quiz = essay();
    var started = markedAndReopened(quiz);
    forwardMinutes(40);
    expired(started);
    var staffs = staff("/api/attempts/%s/review".formatted(started.text("id")));
    assertThat(staffs.number("pending")).isZero();
    assertThat(staffs.number("score")).isEqualByComparingTo("8");
    forwardMinutes(60);
    var question = list(api.review(started).json().get("questions")).getFirst();
    assertThat(question.get("comment").getStringValue()).isEqualTo("要点不全");
    assertThat(question.get("mark").getIntValue()).isEqualTo(8);
    assertThat(rows(board(quiz, ""))).containsExactly("1 王*明 8");
  }

  @Test
  void personsMark_ofATextThatChanged_isWaitedForAgain() {
    var quiz = essay();
    var started = markedAndReopened(quiz);
    api.save(started, 1, "{\"sequence\":2,\"text\":[\"另有原因\"]}");
    handIn(started, "{}");
    var pending = list(staff("/api/quizzes/%s/attempts?pending=true".formatted(quiz)).json());
    assertThat(pending)
        .extracting(a -> UUID.fromString(a.get("id").getStringValue()))
        .containsExactly(UUID.fromString(started.text("id")));
    assertProblem(mark(started, "{\"points\":5,\"version\":0}"), 412, "mark.stale");
    var staffs = staff("/api/attempts/%s/review".formatted(started.text("id")));
    var question = list(staffs.json().get("questions")).getFirst();
    assertThat(question.get("comment") != null).as("it was about another text").isFalse();
    var seen = question.get("markVersion").getIntValue();
    assertThat(mark(started, "{\"points\":5,\"version\":%d}".formatted(seen)).number("score"))
        .isEqualByComparingTo("5");
    forwardMinutes(90);
    assertScore(started, "5", "10");
  }
}
