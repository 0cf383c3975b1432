package yikao.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What else is right in a blank than an accepted text alone. */
class FillingTest {
  private static final Set<Folding> PLAIN = EnumSet.of(Folding.WIDTH, Folding.SPACE);
  private static final Set<Folding> ALL = EnumSet.allOf(Folding.class);

  private static boolean isRight(
      String stem, Set<Folding> foldings, String accepted, String answer) {
    return new Key.OfBlanks(List.of(List.of(accepted)), foldings).filled(stem, List.of(answer))
        == 1;
  }

  @Nested
  class Adjoining {
    @ParameterizedTest
    @CsvSource({
      "党的支部委员会每届任期____年。, 5, 5年",
      "党的支部委员会每届任期____年。, 5, 任期5年",
      "脱离组织超过____个月的，按自行脱党处理。, 6, 6个月",
      "脱离组织超过____个月的，按自行脱党处理。, 6, 6个",
      "脱离组织超过____个月的，按自行脱党处理。, 6, 6个月的",
      "脱离组织超过____个月的，按自行脱党处理。, 6, 超过6个月",
      "须有____分之一以上的成员提议，, 五, 五分之一",
      "须有三分之____以上的成员赞成，, 二, 三分之二",
      "须有三分之____以上的成员赞成，, 二, 二以上",
      "须有三分之____以上的成员赞成，, 二, 三分之二以上",
      "年满____周岁的公民，, 18, 满18周岁",
      "依照本法第____条，给予处分。, 三, 第三条",
      "罚款____万元。, 5, 5万元",
      "罚款____万元。, 5, 5万",
      "数额占____%以上的，, 30, 30%",
      "数额占____%以上的，, 30, ３０％",
      "在____个工作日以内答复。, 15, 15个工作日以内",
      "试用期为多久？____年。, 1, 1年",
      "每年____。, 三次, “三次。”",
    })
    void wordsBesideTheBlank_mayBeRepeated(String stem, String accepted, String answer) {
      assertThat(isRight(stem, PLAIN, accepted, answer)).isTrue();
      assertThat(isRight(stem, ALL, accepted, answer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "每届任期____年。, 五, 5年",
      "每届任期____年。, 5, 伍年",
      "须有三分之____以上的成员赞成，, 二, 3分之2",
      "须有____分之一以上的成员提议，, 五, 5分之1",
      "罚款____万元。, 五, 5万元",
      "罚款____万元。, 廿, 20万",
    })
    void numeralsInThem_inAnyWritingWhereNumeralsAreEqual(
        String stem, String accepted, String answer) {
      assertThat(isRight(stem, ALL, accepted, answer)).isTrue();
      assertThat(isRight(stem, PLAIN, accepted, answer)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      // not what adjoins the blank
      "每届任期____年。, 5, 5月",
      "每届任期____年。, 5, 约5年",
      "脱离组织超过____个月的，按自行脱党处理。, 6, 6月",
      "脱离组织超过____个月的，按自行脱党处理。, 6, 组织6个月",
      "年满____周岁的公民，有选举权。, 18, 18公民",
      // another number, or none
      "每届任期____年。, 5, 15年",
      "每届任期____年。, 5, 5年5年",
      "每届任期____年。, 5, 年",
      "每届任期____年。, 5, 每届任期年",
      "罚款____万元。, 5, 50000元",
      "罚款____万元。, 5, 50000",
      "罚款____万元。, 5000, 50000元",
      "在____十五日内。, 三, 三十",
      // the whole sentence
      "任期____年。, 5, 任期5年",
      "任期____年, 5, 任期5年",
      "任期是____。, 5, 任期是5",
      "____是最高机关。, 党代会, 党代会是最高机关",
      "党的支部委员会每届任期____年。, 5, 党的支部委员会每届任期5年",
      "脱离组织超过____个月的，按自行脱党处理。, 6, '超过6个月的，按自行脱党处理'",
      // containing what is right
      "每届任期____年。, 5, 5或者6",
      "每届任期____年。, 5, 3年4年5年6年",
      "组织原则是____。, 民主集中制, 民主集中制和集体领导",
      "组织原则是____。, 民主集中制, 原则是民主集中制的",
    })
    void anythingElse_isWrong(String stem, String accepted, String answer) {
      for (var foldings : List.of(PLAIN, ALL, Set.<Folding>of())) {
        assertThat(isRight(stem, foldings, accepted, answer)).isFalse();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "脱离组织超过____个月的，按自行脱党处理。, 6, 6個月",
      "须有三分之____以上的成员赞成，, 二, 三分之二以上",
      "罚款____万元。, 5, 5萬元",
      "由____会议决定。, 支部委员会, 支部委員會會議",
    })
    void theyMayBeTypedInTraditionalCharacters(String stem, String accepted, String answer) {
      assertThat(isRight(stem, PLAIN, accepted, answer)).isTrue();
      assertThat(isRight(stem, ALL, accepted, answer)).isTrue();
    }

    @Test
    void eachBlank_itsOwnNeighbours_notBeyondTheNextBlank() {
      var stem = "超过____个月的，每____年一次____票";
      var key = new Key.OfBlanks(List.of(List.of("6"), List.of("3"), List.of("1")), ALL);
      assertThat(key.filled(stem, List.of("6个月", "每3年", "1票"))).isEqualTo(3);
      assertThat(key.filled(stem, List.of("6年", "3个月", "年一次1票"))).isEqualTo(1);
      assertThat(key.filled(stem, List.of("6票", "3票", "3年一次1"))).isZero();
    }

    @Test
    void whatTheAnswerHasAnyway_isNotTakenFromIt() {
      assertThat(isRight("任期____年。", ALL, "5年", "5年")).isTrue();
      assertThat(isRight("____个月。", ALL, "三个月", "三个月")).isTrue();
      assertThat(isRight("没有空的题干", ALL, "三", "三")).isTrue();
      assertThat(isRight("没有空的题干", ALL, "三", "三题")).isFalse();
    }
  }

  @Nested
  class AnyOrder {
    private static final String STEM = "党员享有____权、____权和____权。";

    private static int filled(
        List<String> texts, List<String> first, List<String> second, List<String> third) {
      return new Key.OfBlanks(List.of(first, second, third), ALL, true).filled(STEM, texts);
    }

    @Test
    void everyOrder_isRight_andPartsCount() {
      var blanks = List.of(List.of("选举"), List.of("表决"), List.of("被选举"));
      var key = new Key.OfBlanks(blanks, ALL, true);
      assertThat(key.filled(STEM, List.of("被选举", "选举", "表决"))).isEqualTo(3);
      assertThat(key.filled(STEM, List.of("表决", "", "选举"))).isEqualTo(2);
      assertThat(key.filled(STEM, List.of("", "", "选举"))).isEqualTo(1);
      assertThat(key.filled(STEM, List.of("发言", "", "提案"))).isZero();
      var fixed = new Key.OfBlanks(blanks, ALL);
      assertThat(fixed.filled(STEM, List.of("被选举", "选举", "表决"))).isZero();
    }

    @Test
    void oneTextInEveryBlank_countsOnce_howeverItIsWritten() {
      assertThat(filled(List.of("甲", "甲", "甲"), List.of("甲"), List.of("乙"), List.of("丙")))
          .isEqualTo(1);
      assertThat(filled(List.of("甲", "甲权", "“甲”"), List.of("甲"), List.of("乙"), List.of("丙")))
          .isEqualTo(1);
      assertThat(filled(List.of("5", "五", "伍"), List.of("五"), List.of("六"), List.of("七")))
          .isEqualTo(1);
    }

    @Test
    void twoWordsForOneBlank_countOnce() {
      assertThat(filled(List.of("甲", "甲子", ""), List.of("甲", "甲子"), List.of("乙"), List.of("丙")))
          .isEqualTo(1);
    }

    /** Taking the first blank that accepts a text would leave the second text none. */
    @Test
    void sharedTexts_areMatchedSoThatMostAreRight() {
      var first = List.of("甲", "乙");
      assertThat(filled(List.of("甲", "乙", "丙"), first, List.of("甲"), List.of("丙"))).isEqualTo(3);
      assertThat(filled(List.of("乙", "甲", "丙"), first, List.of("甲"), List.of("丙"))).isEqualTo(3);
      assertThat(filled(List.of("甲", "丙", "乙"), first, List.of("丙", "甲"), List.of("甲")))
          .isEqualTo(3);
      assertThat(filled(List.of("乙", "", "甲"), first, List.of("甲"), List.of("甲"))).isEqualTo(2);
    }

    /** Against every way to match distinct accepted texts to blanks. */
    @Test
    void randomKeysAndAnswers_asManyAsTheBestMatchingHas() {
      var random = new Random(12);
      for (var n = 0; n < 5_000; n++) {
        var blanks = new ArrayList<List<String>>();
        for (var blank = 0; blank < 4; blank++) {
          blanks.add(some(random, 1 + random.nextInt(3)));
        }
        var texts = some(random, 4);
        var key = new Key.OfBlanks(blanks, Set.of(), true);
        assertThat(key.filled("____，____，____，____", texts))
            .as("%s in %s", texts, blanks)
            .isEqualTo(best(List.copyOf(new HashSet<>(texts)), 0, blanks, new HashSet<>()));
        Collections.shuffle(texts, random);
        assertThat(key.filled("____，____，____，____", texts))
            .isEqualTo(best(List.copyOf(new HashSet<>(texts)), 0, blanks, new HashSet<>()));
      }
    }

    private static List<String> some(Random random, int count) {
      var texts = new ArrayList<String>();
      for (var i = 0; i < count; i++) {
        texts.add(String.valueOf((char) ('甲' + random.nextInt(6))));
      }
      return texts;
    }

    private static int best(
        List<String> texts, int from, List<List<String>> blanks, Set<Integer> used) {
      if (from == texts.size()) {
        return 0;
      }
      var best = best(texts, from + 1, blanks, used);
      for (var blank = 0; blank < blanks.size(); blank++) {
        if (blanks.get(blank).contains(texts.get(from)) && used.add(blank)) {
          best = Math.max(best, 1 + best(texts, from + 1, blanks, used));
          used.remove(blank);
        }
      }
      return best;
    }
  }
}
