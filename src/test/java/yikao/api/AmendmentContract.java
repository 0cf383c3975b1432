package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/** What staff changes after the fact: means what it says, is shown, and can be taken back. */
abstract class AmendmentContract extends SmallBankContract {
  private static final String STATUTE = "县委";
  private static final String OTHER = "市委";
  private static final String THIRD = "省委";

  @Override
  void more(SmallBank bank) {
    for (var document : List.of("swapped", "dropped", "several")) {
      single(bank, document, STATUTE, OTHER, THIRD);
    }
    bank.document(
        "multiple", SmallBank.choosing("01-multiple-001", "多选", "哪些？", "AB", "甲", "乙", "丙", "丁"));
    bank.document(
        "blank", SmallBank.question("01-blank-001", "填空", "由____批准，报____备案。", "答案: [县委, 市委]"));
  }

  private static void single(SmallBank bank, String document, String... choices) {
    bank.document(
        document,
        SmallBank.choosing(
            "01-%s-001".formatted(document), "单选", document + "由谁批准？", "A", choices));
  }

  private void load() {
    var loaded = staff("POST", "/api/bank/loads", "{}");
    assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
  }

  private String quiz(String document, String type, String more) {
    return api.quiz(spec(document, type, 1, 10, more));
  }

  private Reply answered(String quiz, String... texts) {
    var started = started(quiz);
    var question = questions(started).getFirst();
    var ids = Arrays.stream(texts).map(t -> choice(question, t)).toList();
    handIn(
        started,
        "{\"responses\":[{\"number\":1,\"sequence\":1,\"choices\":[\"%s\"]}]}"
            .formatted(String.join("\",\"", ids)));
    return started;
  }

  private void assertMark(Reply started, String mark) {
    assertThat(api.review(started).number("score")).isEqualByComparingTo(mark);
  }

  private static String choices(JsonNode question, String... texts) {
    var ids = Arrays.stream(texts).map(t -> choice(question, t)).toList();
    return "\"choices\":[\"%s\"]".formatted(String.join("\",\"", ids));
  }

  /** A version of a question, in which a choice stands at a place. */
  private JsonNode version(String question, int place, String text) {
    return list(staff("/api/questions/" + question).json()).stream()
        .filter(v -> v.get("choices").get(place).get("text").getStringValue().equals(text))
        .findFirst()
        .orElseThrow();
  }

  /** A question as staff sees it now. */
  private JsonNode newest(String question) {
    return list(staff("/api/questions/" + question).json()).stream()
        .max(Comparator.comparingInt(v -> v.get("version").getIntValue()))
        .orElseThrow();
  }

  private Reply withdraw(String quiz, int number, int known) {
    return staff(
        "POST",
        "/api/quizzes/%s/amendments/%d/withdrawal".formatted(quiz, number),
        "{\"amendments\":%d,\"reason\":\"复核后原答案无误\"}".formatted(known));
  }

  private JsonNode reviewed(Reply started) {
    return api.review(started).json().get("questions").get(0);
  }

  private List<JsonNode> listed(String quiz) {
    return list(staff("/api/quizzes/%s/amendments".formatted(quiz)).json().get("entries"));
  }

  // what is accepted is a statement of a version

  @Test
  void lettersSwapped_theStatementIsAccepted() {
    var quiz = quiz("swapped", "single", "");
    var before = answered(quiz, OTHER);
    var beforeWrong = answered(quiz, THIRD);
    single(bank, "swapped", STATUTE, THIRD, OTHER);
    load();
    var after = answered(quiz, OTHER);
    var afterWrong = answered(quiz, THIRD);
    var old = version("01-swapped-001", 1, OTHER);
    var accepted = choices(old, OTHER);
    assertRefused(amend(quiz, "01-swapped-001", 0, accepted), "version");
    assertRefused(amend(quiz, "01-swapped-001", 0, accepted + ",\"version\":99"), "version");
    var named = accepted + ",\"version\":" + old.get("version").getIntValue();
    assertThat(amend(quiz, "01-swapped-001", 0, named).number("changed")).isEqualByComparingTo("2");
    for (var right : List.of(before, after, answered(quiz, OTHER), answered(quiz, STATUTE))) {
      assertMark(right, "10");
    }
    for (var wrong : List.of(beforeWrong, afterWrong, answered(quiz, THIRD))) {
      assertMark(wrong, "0");
    }
    assertThat(listed(quiz).getFirst().get("statements").get(0).getStringValue()).isEqualTo(OTHER);
    for (var shown : List.of(before, after)) {
      assertThat(reviewed(shown).get("amendments").get(0).get("choices").get(0))
          .isEqualTo(reviewed(shown).get("chosen").get(0));
    }
  }

  @Test
  void choiceThatOnlyAnOldVersionHad_canBeAccepted() {
    var quiz = quiz("dropped", "single", "");
    var before = answered(quiz, THIRD);
    single(bank, "dropped", STATUTE, OTHER);
    load();
    var after = answered(quiz, OTHER);
    var accepted =
        list(staff("/api/questions/01-dropped-001").json()).stream()
            .filter(v -> v.get("choices").size() == 3)
            .map(v -> choices(v, THIRD))
            .findFirst()
            .orElseThrow();
    var amended = amend(quiz, "01-dropped-001", 0, accepted);
    assertThat(amended.number("changed")).as(amended.body()).isEqualByComparingTo("1");
    assertMark(before, "10");
    assertMark(after, "0");
    assertThat(reviewed(after).get("amendments")).as("says nothing of this version").isNull();
  }

  // both are right

  @Test
  void bothRight_onASingleChoice_doesWhatIsMeant() {
    var quiz = quiz("several", "single", "\"passMark\":10");
    var key = answered(quiz, STATUTE);
    var other = answered(quiz, OTHER);
    var wrong = answered(quiz, THIRD);
    var both = choices(newest("01-several-001"), STATUTE, OTHER);
    var amended = amend(quiz, "01-several-001", 0, both);
    assertThat(amended.number("changed")).as(amended.body()).isEqualByComparingTo("1");
    assertThat(amended.number("newlyPassed")).isEqualByComparingTo("1");
    assertMark(key, "10");
    assertMark(other, "10");
    assertMark(wrong, "0");
  }

  @Test
  void anotherSet_onAMultipleChoice_isThatSetAlone() {
    var quiz = quiz("multiple", "multiple", "");
    var set = answered(quiz, "甲", "丙");
    var part = answered(quiz, "丙");
    var union = answered(quiz, "甲", "乙", "丙");
    var key = answered(quiz, "甲", "乙");
    amend(quiz, "01-multiple-001", 0, choices(newest("01-multiple-001"), "甲", "丙"));
    assertMark(set, "10");
    assertMark(key, "10");
    assertMark(part, "0");
    assertMark(union, "0");
  }

  @Test
  void amendmentThatSaysNothing_isRefused() {
    var quiz = quiz("multiple", "multiple", "");
    for (var choices : List.of("\"choices\":[]", "\"choices\":[\"zzz\"]", "\"choices\":[null]")) {
      assertThat(amend(quiz, "01-multiple-001", 0, choices).status()).as(choices).isEqualTo(422);
    }
    assertRefused(amend(quiz, "01-blank-001", 0, "\"blank\":3,\"text\":\"省委\""), "blank");
    assertRefused(
        amend(quiz, "01-blank-001", 0, "\"blank\":1,\"text\":\"省委\",\"voided\":\"full-points\""),
        "voided");
    assertThat(staff("/api/quizzes/%s/amendments".formatted(quiz)).number("amendments")).isZero();
  }

  // what is shown, and taken back

  @Test
  void voided_isShownWithTheReason_thenWithdrawn() {
    var quiz = quiz("multiple", "multiple", "");
    var started = answered(quiz, "丙");
    assertThat(reviewed(started).get("amendments")).isNull();
    amend(quiz, "01-multiple-001", 0, "\"voided\":\"full-points\"");
    var shown = reviewed(started).get("amendments").get(0);
    assertThat(shown.get("voided").getStringValue()).isEqualTo("full-points");
    assertThat(shown.get("reason").getStringValue()).isEqualTo("答案有误");
    assertThat(reviewed(started).get("mark").getIntValue()).isEqualTo(10);
    assertThat(withdraw(quiz, 1, 0).problem()).isEqualTo("amendment.stale");
    assertThat(withdraw(quiz, 2, 1).status()).isEqualTo(404);
    assertThat(withdraw(quiz, 1, 1).number("changed")).isEqualByComparingTo("1");
    assertMark(started, "0");
    assertThat(reviewed(started).get("amendments")).isNull();
    assertMark(answered(quiz, "丙"), "0");
    assertThat(withdraw(quiz, 1, 2).status()).as("once only").isEqualTo(404);
    var entry = listed(quiz).getFirst();
    assertThat(entry.get("withdrawn").get("reason").getStringValue()).isEqualTo("复核后原答案无误");
    assertThat(amend(quiz, "01-multiple-001", 2, "\"voided\":\"full-points\"").status())
        .as("and made again")
        .isEqualTo(200);
    assertMark(started, "10");
    assertThat(listed(quiz)).hasSize(2);
  }

  @Test
  void withdrawal_leavesTheOthersInForce() {
    var quiz = quiz("multiple", "multiple", "");
    var started = answered(quiz, "丙");
    amend(quiz, "01-multiple-001", 0, choices(newest("01-multiple-001"), "丙"));
    amend(quiz, "01-multiple-001", 1, "\"voided\":\"out-of-maximum\"");
    assertScore(started, "0", "0");
    assertThat(list(reviewed(started).get("amendments"))).hasSize(2);
    withdraw(quiz, 2, 2);
    assertScore(started, "10", "10");
    withdraw(quiz, 1, 3);
    assertScore(started, "0", "10");
  }

  @Test
  void acceptedText_isShownAndCounts() {
    var quiz = quiz("blank", "blank", "");
    var started = started(quiz);
    handIn(started, "{\"responses\":[{\"number\":1,\"sequence\":1,\"text\":[\"县委\",\"“省委”。\"]}]}");
    assertMark(started, "5");
    amend(quiz, "01-blank-001", 0, "\"blank\":2,\"text\":\"省委\"");
    assertMark(started, "10");
    var shown = reviewed(started).get("amendments").get(0);
    assertThat(shown.get("blank").getIntValue()).isEqualTo(2);
    assertThat(shown.get("text").getStringValue()).isEqualTo("省委");
    assertThat(shown.get("reason").getStringValue()).isEqualTo("答案有误");
  }

  /** An alternative is as good as a key: not before its time. */
  @Test
  void amendments_areShownWithTheKeysOnly_andListedForEditorsOnly() {
    var quiz = quiz("multiple", "multiple", "\"tries\":2");
    var started = answered(quiz, "丙");
    amend(quiz, "01-multiple-001", 0, choices(newest("01-multiple-001"), "甲", "丙"));
    assertThat(api.review(started).body()).doesNotContain("amendments", "答案有误");
    var path = "/api/quizzes/%s/amendments".formatted(quiz);
    assertThat(api.get(path, started.text("token")).status()).isEqualTo(403);
    assertThat(api.get(path).status()).isEqualTo(401);
    assertThat(
            api.post(
                    path + "/1/withdrawal",
                    "{\"amendments\":1,\"reason\":\"x\"}",
                    started.text("token"))
                .status())
        .isEqualTo(403);
    assertThat(staff("/api/attempts/%s/review".formatted(started.text("id"))).body())
        .contains("答案有误");
  }

  @Test
  void resultPage_saysWhatWasChangedAndWhy() {
    var quiz = quiz("multiple", "multiple", "");
    var key = secret();
    var started = started(quiz, key, "王小明", "第一支部");
    handIn(started, "{}");
    amend(quiz, "01-multiple-001", 0, "\"voided\":\"out-of-maximum\"");
    var headers = Map.of("Cookie", TestService.guestCookie(key));
    var page =
        api.send("GET", "/attempts/%s/result".formatted(started.text("id")), new byte[0], headers);
    assertThat(page.body()).contains("本题作废", "答案有误");
  }

  // two markers

  private Reply mark(Reply started, String body) {
    return api.put(
        "/api/attempts/%s/marks/1".formatted(started.text("id")), body, TestService.editorToken());
  }

  @Test
  void twoMarkers_theSecondHearsOfTheFirst() {
    var started = started(api.quiz(spec(SmallBank.ESSAY, "essay", 1, 10, "")));
    handIn(started, "{\"responses\":[{\"number\":1,\"sequence\":1,\"text\":[\"因为如此\"]}]}");
    assertRefused(mark(started, "{\"points\":8}"), "version");
    assertProblem(mark(started, "{\"points\":8,\"version\":1}"), 412, "mark.stale");
    assertThat(mark(started, "{\"points\":8,\"version\":0}").status()).isEqualTo(200);
    assertProblem(
        mark(started, "{\"points\":3,\"comment\":\"短\",\"version\":0}"), 412, "mark.stale");
    assertMark(started, "8");
    var seen = reviewed(started).get("markVersion").getIntValue();
    assertThat(seen).isEqualTo(1);
    assertThat(mark(started, "{\"points\":3,\"comment\":\"短\",\"version\":1}").number("score"))
        .isEqualByComparingTo("3");
    assertThat(reviewed(started).get("comment").getStringValue()).isEqualTo("短");
    assertThat(mark(started, "{\"points\":4,\"version\":2}").number("score"))
        .isEqualByComparingTo("4");
    assertThat(reviewed(started).get("comment")).as("of the last mark").isNull();
  }
}
