package yikao.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.question.Choice;
import yikao.question.Folding;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;
import yikao.question.Response;
import yikao.scoring.MarkingPolicy.MultipleRule;

class MarkingTest {
  private static final Question SINGLE =
      Questions.single("single", Questions.free("a", "b", "c", "d"), "b");

  /** The right choices are a, b and c. */
  private static final Question MULTIPLE =
      Questions.multiple("multiple", Questions.free("a", "b", "c", "d", "e"), "a", "b", "c");

  private static final Question JUDGE = Questions.of(QuestionType.JUDGE, "judge", "area", 1);
  private static final Question ESSAY = Questions.of(QuestionType.ESSAY, "essay", "area", 1);

  static MarkingPolicy policy(MultipleRule rule, String partial, String penalty, String floor) {
    return new MarkingPolicy(
        rule,
        new BigDecimal(partial),
        new BigDecimal(penalty),
        new BigDecimal(floor),
        BigDecimal.ZERO);
  }

  private static Mark mark(
      MarkingPolicy policy, Question question, Response response, String points) {
    return new Marking(policy, List.of()).mark(question, response, new BigDecimal(points), null);
  }

  private static Response chosen(String letters) {
    return new Response.Chosen(
        Set.copyOf(letters.chars().mapToObj(Character::toString).distinct().toList()));
  }

  private static void assertPoints(Mark mark, String points) {
    assertThat(mark.points()).isEqualTo(new BigDecimal(points));
  }

  @Nested
  class OneChoice {
    @Test
    void single_rightWrongEmptyAbsent() {
      assertPoints(mark(MarkingPolicy.PLAIN, SINGLE, chosen("b"), "2"), "2.000");
      assertPoints(mark(MarkingPolicy.PLAIN, SINGLE, chosen("a"), "2"), "0.000");
      assertPoints(mark(MarkingPolicy.PLAIN, SINGLE, chosen(""), "2"), "0.000");
      assertPoints(mark(MarkingPolicy.PLAIN, SINGLE, null, "2"), "0.000");
    }

    @Test
    void single_rightAndAnother_isWrong() {
      assertPoints(mark(MarkingPolicy.PLAIN, SINGLE, chosen("ab"), "2"), "0.000");
      var lenient = policy(MultipleRule.PER_CHOICE, "0.5", "0", "0");
      assertPoints(mark(lenient, SINGLE, chosen("ab"), "2"), "0.000");
    }

    @Test
    void judge_rightWrong() {
      var right = new Response.Chosen(Set.of("true"));
      var wrong = new Response.Chosen(Set.of("false"));
      assertPoints(mark(MarkingPolicy.PLAIN, JUDGE, right, "1.5"), "1.500");
      assertPoints(mark(MarkingPolicy.PLAIN, JUDGE, wrong, "1.5"), "0.000");
    }

    @Test
    void single_textInsteadOfChoices_earnsNothing() {
      var text = new Response.Written(List.of("b"));
      assertPoints(mark(MarkingPolicy.PLAIN, SINGLE, text, "2"), "0.000");
    }

    @Test
    void penalty_wrongCosts_emptyDoesNot() {
      var policy = policy(MultipleRule.ALL_OR_NOTHING, "0", "0.25", "-1");
      assertPoints(mark(policy, SINGLE, chosen("a"), "2"), "-0.500");
      assertPoints(mark(policy, SINGLE, chosen(""), "2"), "0.000");
      assertPoints(mark(policy, SINGLE, null, "2"), "0.000");
      assertPoints(mark(policy, MULTIPLE, chosen("ad"), "2"), "-0.500");
      assertPoints(mark(policy, JUDGE, new Response.Chosen(Set.of("false")), "2"), "-0.500");
    }

    @Test
    void penalty_belowTheQuestionsFloor_stopsThere() {
      var policy = policy(MultipleRule.ALL_OR_NOTHING, "0", "1", "-0.5");
      assertPoints(mark(policy, SINGLE, chosen("a"), "2"), "-1.000");
      var none = policy(MultipleRule.ALL_OR_NOTHING, "0", "1", "0");
      assertPoints(mark(none, SINGLE, chosen("a"), "2"), "0.000");
    }
  }

  @Nested
  class Multiple {
    @ParameterizedTest
    @CsvSource({"abc, 3.000", "ab, 0.000", "abcd, 0.000", "de, 0.000", "'', 0.000"})
    void allOrNothing(String letters, String points) {
      assertPoints(mark(MarkingPolicy.PLAIN, MULTIPLE, chosen(letters), "3"), points);
    }

    @ParameterizedTest
    @CsvSource({
      "abc, 3.000",
      "ab, 1.500",
      "a, 1.500",
      "abcd, 0.000",
      "ad, 0.000",
      "de, 0.000",
      "'', 0.000"
    })
    void partial_anyWrongChoiceEarnsNothing(String letters, String points) {
      var policy = policy(MultipleRule.PARTIAL, "0.5", "0", "-1");
      assertPoints(mark(policy, MULTIPLE, chosen(letters), "3"), points);
    }

    @ParameterizedTest
    @CsvSource({"abc, 3.000", "ab, 1.500", "ad, -0.300", "'', 0.000"})
    void partial_withPenalty_wrongChoiceCosts(String letters, String points) {
      var policy = policy(MultipleRule.PARTIAL, "0.5", "0.1", "-1");
      assertPoints(mark(policy, MULTIPLE, chosen(letters), "3"), points);
    }

    @ParameterizedTest
    @CsvSource({
      "abc, 3.000",
      "ab, 2.000",
      "a, 1.000",
      "abd, 1.000",
      "abcd, 2.000",
      "abcde, 1.000",
      "ad, 0.000",
      "de, 0.000",
      "'', 0.000"
    })
    void perChoice_floorZero(String letters, String points) {
      var policy = policy(MultipleRule.PER_CHOICE, "0", "0", "0");
      assertPoints(mark(policy, MULTIPLE, chosen(letters), "3"), points);
    }

    @ParameterizedTest
    @CsvSource({"-1, -2.000", "-0.5, -1.500", "-0.1, -0.300", "0, 0.000"})
    void perChoice_onlyWrong_notBelowTheFloor(String floor, String points) {
      var policy = policy(MultipleRule.PER_CHOICE, "0", "0", floor);
      assertPoints(mark(policy, MULTIPLE, chosen("de"), "3"), points);
    }

    @Test
    void perChoice_thirds_roundedToThreeDecimals() {
      var policy = policy(MultipleRule.PER_CHOICE, "0", "0", "0");
      assertPoints(mark(policy, MULTIPLE, chosen("a"), "1"), "0.333");
      assertPoints(mark(policy, MULTIPLE, chosen("ab"), "1"), "0.667");
      assertPoints(mark(policy, MULTIPLE, chosen("abc"), "1"), "1.000");
    }
  }

  @Nested
  class Blanks {
    private final Question three = Questions.blanks("blanks", Set.of(), "甲", "乙", "丙");

    private Mark write(String... texts) {
      return mark(MarkingPolicy.PLAIN, three, new Response.Written(List.of(texts)), "1");
    }

    @Test
    void threeBlanksOfOnePoint_sharesThatAddUp() {
      assertPoints(write("甲", "乙", "丙"), "1.000");
      assertPoints(write("甲", "", "丙"), "0.667");
      assertPoints(write("", "乙", ""), "0.333");
      assertPoints(write("乙", "丙", "甲"), "0.000");
    }

    @Test
    void fewerOrMoreTexts_onlyTheBlanksCount() {
      assertPoints(write("甲"), "0.333");
      assertPoints(write("甲", "乙", "丙", "丙"), "1.000");
      assertPoints(write(), "0.000");
    }

    @Test
    void absentOrChosen_earnsNothing() {
      assertPoints(mark(MarkingPolicy.PLAIN, three, null, "1"), "0.000");
      assertPoints(mark(MarkingPolicy.PLAIN, three, chosen("甲"), "1"), "0.000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "　", "\t"})
    void emptyAnswer_neverContainedInTheKey(String empty) {
      var folding = Questions.blanks("q", EnumSet.allOf(Folding.class), "民主集中制");
      var response = new Response.Written(List.of(empty));
      assertPoints(mark(MarkingPolicy.PLAIN, folding, response, "2"), "0.000");
      var marking =
          new Marking(MarkingPolicy.PLAIN, List.of(new Amendment.AcceptedText("q", 0, empty)));
      assertPoints(marking.mark(folding, response, BigDecimal.TWO, null), "0.000");
    }

    @Test
    void anyOrder_sharesByTheNumberMatched() {
      var key = new Key.OfBlanks(((Key.OfBlanks) three.key()).blanks(), Set.of(), true);
      var question = three.withKey(key);
      for (var texts : List.of(List.of("丙", "甲", "乙"), List.of("甲", "乙", "丙"))) {
        assertPoints(
            mark(MarkingPolicy.PLAIN, question, new Response.Written(texts), "1"), "1.000");
      }
      var two = new Response.Written(List.of("丙", "丙", "乙"));
      assertPoints(mark(MarkingPolicy.PLAIN, question, two, "1"), "0.667");
      var amended =
          new Marking(MarkingPolicy.PLAIN, List.of(new Amendment.AcceptedText("blanks", 0, "丁")));
      assertPoints(
          amended.mark(
              question, new Response.Written(List.of("丙", "丁", "乙")), BigDecimal.ONE, null),
          "1.000");
    }

    @Test
    void unitsOfTheStem_mayBeRepeated() {
      var question = Questions.asking(Questions.blanks("q", Set.of(), "5"), "每届任期____年。");
      assertPoints(
          mark(MarkingPolicy.PLAIN, question, new Response.Written(List.of("5年")), "1"), "1.000");
      assertPoints(
          mark(MarkingPolicy.PLAIN, question, new Response.Written(List.of("6年")), "1"), "0.000");
    }

    @Test
    void penalty_neverForBlanks() {
      var policy = policy(MultipleRule.ALL_OR_NOTHING, "0", "1", "-1");
      assertPoints(mark(policy, three, new Response.Written(List.of("错", "错", "错")), "1"), "0.000");
    }
  }

  @Nested
  class Essay {
    private final Response answer = new Response.Written(List.of("答"));

    private Mark mark(Response response, String byPerson) {
      return new Marking(MarkingPolicy.PLAIN, List.of())
          .mark(
              ESSAY, response, BigDecimal.TEN, byPerson == null ? null : new BigDecimal(byPerson));
    }

    @Test
    void answered_waitsForAPerson() {
      var mark = mark(answer, null);
      assertThat(mark.pending()).isTrue();
      assertPoints(mark, "0.000");
      assertThat(mark.maximum()).isEqualByComparingTo("10");
    }

    @Test
    void markedByAPerson_thatMark() {
      assertThat(mark(answer, "7.5").pending()).isFalse();
      assertPoints(mark(answer, "7.5"), "7.500");
    }

    @Test
    void markedBeyondTheScale_cut() {
      assertPoints(mark(answer, "11"), "10.000");
      assertPoints(mark(answer, "-1"), "0.000");
    }

    @Test
    void emptyOrAbsent_earnsNothingAndWaitsForNobody() {
      for (var response :
          new Response[] {
            null, new Response.Written(List.of(" ")), new Response.Written(List.of("\u200b。"))
          }) {
        assertThat(mark(response, null).pending()).isFalse();
        assertPoints(mark(response, null), "0.000");
        assertPoints(mark(response, "5"), "0.000");
      }
    }
  }

  @Nested
  class Amended {
    private Mark mark(Question question, Response response, Amendment... amendments) {
      return new Marking(policy(MultipleRule.ALL_OR_NOTHING, "0", "0.5", "-1"), List.of(amendments))
          .mark(question, response, BigDecimal.TWO, null);
    }

    @Test
    void voidedWithFullPoints_everybodyGetsThem() {
      var voided = new Amendment.Voided("single", true);
      for (var response : new Response[] {null, chosen("a"), chosen("b")}) {
        assertThat(mark(SINGLE, response, voided))
            .isEqualTo(new Mark(new BigDecimal("2.000"), new BigDecimal("2.000"), false));
      }
      var essay =
          mark(ESSAY, new Response.Written(List.of("答")), new Amendment.Voided("essay", true));
      assertThat(essay.pending()).isFalse();
      assertPoints(essay, "2.000");
    }

    @Test
    void voidedTwice_theLastWordCounts() {
      var out = new Amendment.Voided("single", false);
      var full = new Amendment.Voided("single", true);
      assertThat(mark(SINGLE, null, out, full).points()).isPositive();
      assertThat(mark(SINGLE, null, full, out).maximum()).isZero();
    }

    @Test
    void voidedOutOfTheMaximum_countsForNobody() {
      var voided = new Amendment.Voided("single", false);
      for (var response : new Response[] {null, chosen("a"), chosen("b")}) {
        assertThat(mark(SINGLE, response, voided))
            .isEqualTo(new Mark(new BigDecimal("0.000"), new BigDecimal("0.000"), false));
      }
    }

    @Test
    void acceptedChoices_rightAsWell_andTheOldKeyStaysRight() {
      var accepted = new Amendment.AcceptedChoices("single", Set.of("选项c"));
      assertPoints(mark(SINGLE, chosen("c"), accepted), "2.000");
      assertPoints(mark(SINGLE, chosen("b"), accepted), "2.000");
      assertPoints(mark(SINGLE, chosen("a"), accepted), "-1.000");
    }

    /** After an edit the identifier of a choice may name another statement, and so may its key. */
    @Test
    void acceptedChoices_statementsWhereverTheyStand() {
      var accepted = new Amendment.AcceptedChoices("single", Set.of("选项c"));
      var edited =
          Questions.single(
              "single",
              List.of(
                  new Choice("a", "选项c", false),
                  new Choice("b", "选项b", false),
                  new Choice("c", "选项a", false)),
              "b");
      assertPoints(mark(edited, chosen("a"), accepted), "2.000");
      assertPoints(mark(edited, chosen("c"), accepted), "-1.000");
    }

    @Test
    void acceptedChoices_versionThatLacksOneOfThem_isMarkedAsItStands() {
      var accepted = new Amendment.AcceptedChoices("q", Set.of("选项a", "选项d"));
      var older = Questions.multiple("q", Questions.free("a", "b", "c"), "a", "b");
      var newer = Questions.multiple("q", Questions.free("a", "b", "c", "d"), "a", "b");
      assertPoints(mark(older, chosen("a"), accepted), "-1.000");
      assertPoints(mark(older, chosen("ab"), accepted), "2.000");
      assertPoints(mark(newer, chosen("ad"), accepted), "2.000");
      assertPoints(mark(newer, chosen("a"), accepted), "-1.000");
    }

    @Test
    void bothAreRight_whereOneChoosesOne_eachByItself() {
      var both = new Amendment.AcceptedChoices("single", Set.of("选项b", "选项d"));
      assertPoints(mark(SINGLE, chosen("b"), both), "2.000");
      assertPoints(mark(SINGLE, chosen("d"), both), "2.000");
      assertPoints(mark(SINGLE, chosen("a"), both), "-1.000");
      var judge = new Amendment.AcceptedChoices("judge", Set.of("对", "错"));
      for (var id : List.of("true", "false")) {
        assertPoints(mark(JUDGE, new Response.Chosen(Set.of(id)), judge), "2.000");
      }
      var multiple = new Amendment.AcceptedChoices("multiple", Set.of("选项a", "选项d"));
      assertPoints(mark(MULTIPLE, chosen("ad"), multiple), "2.000");
      assertPoints(mark(MULTIPLE, chosen("a"), multiple), "-1.000");
    }

    /** Amendments of before name identifiers, and mean the one set of them in every version. */
    @Test
    void acceptedIdentifiers_asTheyAlwaysWere() {
      var accepted = new Amendment.AcceptedIdentifiers("single", Set.of("c"));
      assertPoints(mark(SINGLE, chosen("c"), accepted), "2.000");
      assertPoints(mark(SINGLE, chosen("b"), accepted), "2.000");
      assertPoints(mark(SINGLE, chosen("a"), accepted), "-1.000");
      var edited =
          Questions.single(
              "single", List.of(new Choice("b", "选项c", false), new Choice("c", "选项b", false)), "b");
      assertPoints(mark(edited, chosen("c"), accepted), "2.000");
      var both = new Amendment.AcceptedIdentifiers("single", Set.of("b", "d"));
      assertPoints(mark(SINGLE, chosen("d"), both), "-1.000");
    }

    @Test
    void acceptedText_rightAsWellInItsBlankOnly() {
      var question = Questions.blanks("q", Set.of(), "甲", "乙");
      var accepted = new Amendment.AcceptedText("q", 1, "丁");
      assertPoints(mark(question, new Response.Written(List.of("甲", "丁")), accepted), "2.000");
      assertPoints(mark(question, new Response.Written(List.of("甲", "乙")), accepted), "2.000");
      assertPoints(mark(question, new Response.Written(List.of("丁", "丁")), accepted), "1.000");
    }

    @Test
    void otherQuestion_untouched() {
      assertPoints(mark(SINGLE, chosen("a"), new Amendment.Voided("other", true)), "-1.000");
      assertPoints(
          mark(SINGLE, chosen("c"), new Amendment.AcceptedChoices("other", Set.of("c"))), "-1.000");
    }

    /**
     * An amendment is for all versions of a question, and an older one may have had less blanks.
     */
    @Test
    void acceptedText_versionWithoutThatBlank_isMarkedAsItStands() {
      var accepted = new Amendment.AcceptedText("q", 1, "丁");
      var narrower = Questions.blanks("q", Set.of(), "甲");
      assertPoints(mark(narrower, new Response.Written(List.of("甲")), accepted), "2.000");
      var other = Questions.single("q", Questions.free("a", "b"), "b");
      assertPoints(mark(other, chosen("b"), accepted), "2.000");
    }
  }

  @Test
  void mark_choicesInAnotherOrder_theSame() {
    var choices = Questions.free("a", "b", "c", "d", "e");
    var reversed =
        Questions.choosing(
            QuestionType.MULTIPLE,
            "multiple",
            "area",
            1,
            List.<Choice>copyOf(choices.reversed()),
            ((Key.OfChoices) MULTIPLE.key()).choices());
    for (var rule : MultipleRule.values()) {
      var policy = policy(rule, "0.5", "0.2", "-1");
      for (var letters : List.of("a", "ab", "abc", "abd", "de", "abcde")) {
        assertThat(mark(policy, reversed, chosen(letters), "3"))
            .isEqualTo(mark(policy, MULTIPLE, chosen(letters), "3"));
      }
    }
  }
}
