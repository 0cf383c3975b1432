package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/** What counts as an answer, what of it is overlooked, and what is told of one that lost. */
abstract class AnswersContract extends SmallBankContract {
  private static final String FOLDED = "视同: [全半角, 空格, 数字]\n";

  @Override
  void more(SmallBank bank) {
    blank(bank, "word", "处分应当定性准确、____、程序合法。", "答案: [处理恰当]");
    blank(bank, "years", "委员会任期____年。", FOLDED + "答案: [[五, 5]]");
    blank(bank, "months", "期限为____个月。", FOLDED + "答案: [[二十, 20]]");
    blank(bank, "clause", "依照第____条办理。", FOLDED + "答案: [[三十, 30]]");
    blank(bank, "literal", "共____条。", "答案: [五]");
    blank(bank, "pair", "党员在会议上的____和____受到保障。", "空序: 不限\n答案: [发言, 表决]");
    blank(bank, "fixed", "先有____，再有____。", "答案: [讨论, 表决]");
  }

  private static void blank(SmallBank bank, String document, String stem, String fields) {
    bank.document(
        document, SmallBank.question("01-%s-001".formatted(document), "填空", stem, fields));
  }

  private Reply startedBlank(String document) {
    return started(api.quiz(spec(document, "blank", 1, 10, "")));
  }

  private static String text(int sequence, String... texts) {
    return "{\"number\":1,\"sequence\":%d,\"text\":%s}"
        .formatted(
            sequence,
            Arrays.stream(texts)
                .map(t -> '"' + t + '"')
                .collect(Collectors.joining(",", "[", "]")));
  }

  private void assertPoints(String document, String points, String... texts) {
    var started = startedBlank(document);
    var receipt = handIn(started, "{\"responses\":[" + text(1, texts) + "]}");
    assertThat(receipt.number("score"))
        .as("%s: %s", document, Arrays.toString(texts))
        .isEqualByComparingTo(points);
  }

  // pasted text

  @Test
  void whatIsPastedAround_isOverlooked() {
    for (var text :
        List.of(
            "处理恰当",
            "\\u200b处理\\u200d恰\\ufeff当",
            "处理恰当。",
            "处理恰当，",
            "、处理恰当、",
            "“处理恰当”",
            "\\\"处理恰当\\\"",
            " 「处理恰当」。\\n",
            "\\u3000处\\u00ad理恰当\\u00a0")) {
      assertPoints("word", "10", text);
    }
    for (var text : List.of("处理", "处理恰当吗", "处理，恰当", "不处理恰当", "。", "\\u200b")) {
      assertPoints("word", "0", text);
    }
  }

  @Test
  void whatCannotBeSeen_isNoAnswer() {
    for (var text : List.of("", " ", "\\u200b", "\\u2060\\u3000", "。", "“”", "\\u3164")) {
      var quiz = api.quiz(spec(SmallBank.ESSAY, "essay", 1, 10, ""));
      var key = secret();
      var started = started(quiz, key, "王小明", "第一支部");
      api.save(started, 1, text(1, text));
      var page = api.send("GET", "/", new byte[0], Map.of("Cookie", TestService.guestCookie(key)));
      assertThat(page.body()).as("<%s>", text).contains("已答 0 / 1 题");
      assertThat(handIn(started, "{}").number("score")).as("nobody has to mark it").isZero();
      assertThat(api.review(started).number("pending")).isZero();
    }
    var written = started(api.quiz(spec(SmallBank.ESSAY, "essay", 1, 10, "")));
    handIn(written, "{\"responses\":[" + text(1, "\\u200b因") + "]}");
    assertThat(api.review(written).number("pending")).isEqualByComparingTo("1");
  }

  // units and numerals

  @Test
  void whatStandsBesideTheBlank_mayBeRepeated() {
    for (var text : List.of("5", "五", "5年", "５ 年", "五年", "伍年", "任期5年", "任期五年。")) {
      assertPoints("years", "10", text);
    }
    for (var text : List.of("5月", "15年", "5年半", "年", "任期", "任期年", "6年")) {
      assertPoints("years", "0", text);
    }
    for (var text : List.of("第30条", "第三十条", "30条", "第卅", "卅条", "叁拾")) {
      assertPoints("clause", "10", text);
    }
  }

  @Test
  void financialNumeralsAndOldTens_areNumerals_whereNumeralsAreEqual() {
    for (var text : List.of("20", "二十", "廿", "贰拾", "贰拾个月", "廿个月", "20个月", "２０个")) {
      assertPoints("months", "10", text);
    }
    for (var text : List.of("12", "200", "廿一", "二个月")) {
      assertPoints("months", "0", text);
    }
    assertPoints("literal", "10", "五");
    assertPoints("literal", "0", "5");
    assertPoints("literal", "0", "伍");
  }

  // the order of blanks

  @Test
  void blanksInAnyOrder_eachAcceptedTextCountsOnce() {
    assertPoints("pair", "10", "发言", "表决");
    assertPoints("pair", "10", "表决", "发言");
    assertPoints("pair", "10", "“表决”", "发言。");
    assertPoints("pair", "5", "发言", "发言");
    assertPoints("pair", "5", "", "发言");
    assertPoints("pair", "5", "表决", "选举");
    assertPoints("pair", "0", "选举", "\\u200b");
    assertPoints("fixed", "10", "讨论", "表决");
    assertPoints("fixed", "0", "表决", "讨论");
  }

  // an answer that lost

  private JsonNode stored(Reply reply) {
    assertProblem(reply, 409, "response-stale");
    var stored = reply.json().get("stored");
    assertThat(stored.size()).isEqualTo(1);
    return stored.get(0);
  }

  @Test
  void olderSequenceOfAnotherAnswer_isToldWhatIsStored() {
    var started = started(api.quiz(three("")));
    var right = choice(questions(started).get(1), SmallBank.RIGHT);
    assertThat(api.save(started, 2, chosen(started, 2, 5, SmallBank.RIGHT)).status())
        .isEqualTo(204);
    for (var sequence : List.of(0, 4, 5)) {
      var stored = stored(api.save(started, 2, chosen(started, 2, sequence, SmallBank.WRONG)));
      assertThat(stored.get("number").getIntValue()).isEqualTo(2);
      assertThat(stored.get("sequence").getIntValue()).isEqualTo(5);
      assertThat(stored.get("choices").get(0).getStringValue()).isEqualTo(right);
      assertThat(api.save(started, 2, chosen(started, 2, sequence, SmallBank.RIGHT)).status())
          .as("the same again")
          .isEqualTo(204);
    }
    var emptied = "{\"sequence\":3,\"choices\":[]}";
    assertThat(stored(api.save(started, 2, emptied)).get("sequence").getIntValue()).isEqualTo(5);
    assertThat(handIn(started, "{}").number("score")).isEqualByComparingTo("10");
  }

  @Test
  void olderText_isToldTheStoredText() {
    var started = startedBlank("pair");
    assertThat(api.save(started, 1, text(3, "发言", "表决")).status()).isEqualTo(204);
    var stored = stored(api.save(started, 1, text(2, "发言", "")));
    assertThat(stored.get("text").get(1).getStringValue()).isEqualTo("表决");
  }

  /** Nothing of such a submission counts, and it may be sent again with what was read. */
  @Test
  void submissionOfOlderAnswers_endsNothing_andTellsThemAll() {
    var started = started(api.quiz(three("")));
    for (var number : List.of(1, 3)) {
      api.save(started, number, chosen(started, number, 7, SmallBank.RIGHT));
    }
    var refused = api.submit(started, submission(started, _ -> SmallBank.WRONG));
    assertProblem(refused, 409, "response-stale");
    assertThat(list(refused.json().get("stored")))
        .extracting(s -> s.get("number").getIntValue())
        .containsExactly(1, 3);
    var now = current(started);
    assertThat(now.text("state")).isEqualTo("running");
    assertThat(now.json().get("saved").size()).as("the second is not kept either").isEqualTo(2);
    var newer =
        "{\"responses\":[%s,%s]}"
            .formatted(
                chosen(started, 1, 8, SmallBank.WRONG), chosen(started, 2, 1, SmallBank.RIGHT));
    var receipt = handIn(started, newer);
    assertThat(receipt.number("score")).isEqualByComparingTo("20");
    assertThat(handIn(started, submission(started, _ -> SmallBank.WRONG)).body())
        .as("handed in is handed in")
        .isEqualTo(receipt.body());
  }

  /** A lost acknowledgement is no conflict. */
  @Test
  void sameSubmissionAgain_givesTheSameReceipt() {
    var started = started(api.quiz(three("")));
    api.save(started, 1, chosen(started, 1, 1, SmallBank.RIGHT));
    var body = allRight(started);
    assertThat(handIn(started, body).body()).isEqualTo(handIn(started, body).body());
  }

  @Test
  void numberThatDiffersFromThePath_isRefused() {
    var started = started(api.quiz(three("")));
    var second = choice(questions(started).get(1), SmallBank.RIGHT);
    var body = "{\"number\":3,\"sequence\":1,\"choices\":[\"%s\"]}".formatted(second);
    assertRefused(api.save(started, 2, body), "number");
    assertThat(current(started).json().get("saved").size()).isZero();
    assertThat(api.save(started, 2, body.replace("\"number\":3", "\"number\":2")).status())
        .isEqualTo(204);
    assertThat(current(started).json().get("saved").get(0).get("number").getIntValue())
        .isEqualTo(2);
  }
}
