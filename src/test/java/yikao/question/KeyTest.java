package yikao.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
  private static final Set<Folding> ALL = EnumSet.allOf(Folding.class);

  private static Key.OfBlanks accepting(Set<Folding> foldings, String... equivalents) {
    return new Key.OfBlanks(List.of(List.of(equivalents)), foldings);
  }

  /** Whether a text is right in a blank that stands for itself. */
  private static boolean accepts(Key.OfBlanks key, String text) {
    return key.filled(Question.BLANK, List.of(text)) == 1;
  }

  @ParameterizedTest
  @CsvSource({
    "15, 十五, NUMERAL",
    "十五, 15, NUMERAL",
    "2026, 二〇二六, NUMERAL",
    "2, 两, NUMERAL",
    "三分之二, 3分之2, NUMERAL",
    "10万, 十万, NUMERAL",
    "100000, 10万, NUMERAL",
    "ＡＢＣ, abc, WIDTH",
    "１５, 15, WIDTH",
    "第（一）项, 第(一)项, WIDTH",
    "共产 主义, 共产主义, SPACE",
    "共产　主义, 共产主义, SPACE",
    "共产\u00a0主义, 共产主义, SPACE",
  })
  void accepts_otherSpelling_onlyWhereTheQuestionFoldsIt(
      String given, String accepted, Folding folding) {
    assertThat(accepts(accepting(Set.of(folding), accepted), given)).isTrue();
    assertThat(accepts(accepting(EnumSet.complementOf(EnumSet.of(folding)), accepted), given))
        .isFalse();
    assertThat(accepts(accepting(ALL, accepted), given)).isTrue();
  }

  @Test
  void accepts_fullWidthDigits_areNumeralsToo() {
    assertThat(accepts(accepting(ALL, "十五"), " １ ５ ")).isTrue();
  }

  @Test
  void accepts_whiteSpaceAround_neverCounts() {
    assertThat(accepts(accepting(Set.of(), "民主集中制"), " 民主集中制\t　")).isTrue();
  }

  /** What one pastes with an answer, and does not mean. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "三分之\u200b二",
        "\ufeff三分之二",
        "三分之二。",
        "三分之二，",
        "“三分之二”",
        "「三分之二」；",
        "\u200e三分之二\u202c",
        " 三分之二 . "
      })
  void accepts_pastedAround_neverCounts(String pasted) {
    assertThat(accepts(accepting(Set.of(), "三分之二"), pasted)).isTrue();
    assertThat(accepts(accepting(ALL, "3分之2"), pasted)).isTrue();
    assertThat(accepts(accepting(Set.of(), pasted), "三分之二")).isTrue();
  }

  /** Of an accepted text what stands at its edges is not lost, if nothing else is left of it. */
  @ParameterizedTest
  @ValueSource(strings = {"“四个意识”", "什么？", "、", "；", "……", "“”", "。"})
  void accepts_textOfPunctuation_itself(String text) {
    for (var foldings : List.of(ALL, Set.<Folding>of())) {
      assertThat(accepts(accepting(foldings, text), text)).isTrue();
      assertThat(accepts(accepting(foldings, text), " " + text + "\u200b")).isTrue();
      assertThat(accepts(accepting(foldings, text), "！")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "贰拾, 二十",
    "20, 廿",
    "廿, 20",
    "廿五, 25",
    "卅, 三十",
    "卌二, 42",
    "伍, 5",
    "五, 伍",
    "壹佰零叁, 103",
    "陆仟柒佰捌拾玖, 6789",
    "肆萬, 40000",
    "参, 参",
    "貳, 2",
  })
  void accepts_financialNumeralsAndOldTens_whereNumeralsAreEqual(String given, String accepted) {
    assertThat(accepts(accepting(Set.of(Folding.NUMERAL), accepted), given)).isTrue();
    if (!given.equals(accepted)) {
      assertThat(accepts(accepting(Set.of(), accepted), given)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "黨章, 党章",
    "党章, 黨章",
    "發展黨員, 发展党员",
    "群衆路線, 群众路线",
    "羣眾路綫, 群众路线",
    "臺帳, 台账",
    "三分之二以上黨員贊成, 三分之二以上党员赞成",
    "徵求意見。, 征求意见",
    "「長征」, 长征",
  })
  void accepts_eitherScript_always(String given, String accepted) {
    assertThat(accepts(accepting(Set.of(), accepted), given)).isTrue();
    assertThat(accepts(accepting(ALL, accepted), given)).isTrue();
    assertThat(accepts(accepting(ALL, accepted), given + "會")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"參拾, 30", "叄分之贰, 三分之二", "兩萬, 20000", "拾陸個, 16个", "五億, 5亿"})
  void accepts_traditionalNumerals_whereNumeralsAreEqual(String given, String accepted) {
    assertThat(accepts(accepting(ALL, accepted), given)).isTrue();
  }

  @Test
  void accepts_anyEquivalent_notAPartOfOneNorMore() {
    var key = accepting(Set.of(), "民主集中制", "民主集中");
    assertThat(accepts(key, "民主集中制")).isTrue();
    assertThat(accepts(key, "民主集中")).isTrue();
    assertThat(accepts(key, "民主")).isFalse();
    assertThat(accepts(key, "民主集中制度")).isFalse();
  }

  @Test
  void accepts_eachBlank_itsOwnEquivalents() {
    var key = new Key.OfBlanks(List.of(List.of("甲"), List.of("乙")), Set.of());
    assertThat(key.filled("____与____", List.of("甲", "乙"))).isEqualTo(2);
    assertThat(key.filled("____与____", List.of("甲", "甲"))).isEqualTo(1);
    assertThat(key.filled("____与____", List.of("乙", "甲"))).isZero();
    assertThat(key.filled("____与____", List.of("甲"))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "　", "\t\n", "\u00a0", "\u200b", "\ufeff \u00ad"})
  void accepts_empty_never(String empty) {
    assertThat(accepts(accepting(ALL, "甲"), empty)).isFalse();
    assertThat(accepts(accepting(ALL, "", " ", "　"), empty)).isFalse();
    assertThat(accepts(accepting(Set.of(), "", " "), empty.strip())).isFalse();
  }

  @Test
  void texts_byType_asManyAsThereAreToWrite() {
    assertThat(Questions.of(QuestionType.SINGLE, "s", "a", 1).texts()).isZero();
    assertThat(Questions.of(QuestionType.ESSAY, "e", "a", 1).texts()).isOne();
    assertThat(Questions.blanks("b", Set.of(), "一", "二", "三").texts()).isEqualTo(3);
  }

  @Test
  void response_emptyOrBlank_isEmpty() {
    assertThat(new Response.Chosen(Set.of()).isEmpty()).isTrue();
    assertThat(new Response.Chosen(Set.of("a")).isEmpty()).isFalse();
    assertThat(new Response.Written(List.of()).isEmpty()).isTrue();
    assertThat(new Response.Written(List.of(" ", "　")).isEmpty()).isTrue();
    assertThat(new Response.Written(List.of("\u200b", "\ufeff\u3164")).isEmpty()).isTrue();
    assertThat(new Response.Written(List.of("。", "“”")).isEmpty()).isTrue();
    assertThat(new Response.Written(List.of(" ", "甲")).isEmpty()).isFalse();
  }
}
