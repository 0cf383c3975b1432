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
    assertThat(accepting(Set.of(folding), accepted).accepts(0, given)).isTrue();
    assertThat(accepting(EnumSet.complementOf(EnumSet.of(folding)), accepted).accepts(0, given))
        .isFalse();
    assertThat(accepting(ALL, accepted).accepts(0, given)).isTrue();
  }

  @Test
  void accepts_fullWidthDigits_areNumeralsToo() {
    assertThat(accepting(ALL, "十五").accepts(0, " １ ５ ")).isTrue();
  }

  @Test
  void accepts_whiteSpaceAround_neverCounts() {
    assertThat(accepting(Set.of(), "民主集中制").accepts(0, " 民主集中制\t　")).isTrue();
  }

  @Test
  void accepts_anyEquivalent_notAPartOfOneNorMore() {
    var key = accepting(Set.of(), "民主集中制", "民主集中");
    assertThat(key.accepts(0, "民主集中制")).isTrue();
    assertThat(key.accepts(0, "民主集中")).isTrue();
    assertThat(key.accepts(0, "民主")).isFalse();
    assertThat(key.accepts(0, "民主集中制度")).isFalse();
  }

  @Test
  void accepts_eachBlank_itsOwnEquivalents() {
    var key = new Key.OfBlanks(List.of(List.of("甲"), List.of("乙")), Set.of());
    assertThat(key.accepts(0, "甲")).isTrue();
    assertThat(key.accepts(1, "甲")).isFalse();
    assertThat(key.accepts(1, "乙")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "　", "\t\n", "\u00a0"})
  void accepts_empty_never(String empty) {
    assertThat(accepting(ALL, "甲").accepts(0, empty)).isFalse();
    assertThat(accepting(ALL, "", " ", "　").accepts(0, empty)).isFalse();
    assertThat(accepting(Set.of(), "", " ").accepts(0, empty.strip())).isFalse();
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
    assertThat(new Response.Written(List.of(" ", "甲")).isEmpty()).isFalse();
  }
}
