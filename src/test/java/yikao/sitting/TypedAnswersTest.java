package yikao.sitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.attempt.AttemptPaper;
import yikao.attempt.PapersForTests;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;
import yikao.question.Response;
import yikao.sitting.TypedAnswers.JudgeWords;

class TypedAnswersTest {
  private static final JudgeWords WORDS =
      JudgeWords.of("对 √ ✓ 正确 是 T TRUE", "错 × ✗ X 错误 否 F FALSE");

  /** A single, a multiple, a judge and a blank question; choices are turned round. */
  private static final AttemptPaper PAPER =
      PapersForTests.of(
          List.of(
              Questions.single("q1", Questions.free("a", "b", "c"), "b"),
              Questions.of(QuestionType.MULTIPLE, "q2", "area", 1),
              judge(),
              Questions.of(QuestionType.BLANK, "q4", "area", 1)),
          List.of(
              List.of(2, 0, 1),
              places(Questions.of(QuestionType.MULTIPLE, "q2", "area", 1)),
              List.of(0, 1),
              List.of()));

  private static List<Integer> places(Question question) {
    return IntStream.range(0, question.choices().size()).boxed().toList();
  }

  private static Question judge() {
    return Questions.of(QuestionType.JUDGE, "q3", "area", 1);
  }

  private final TypedAnswers typed = new TypedAnswers(PAPER, WORDS);

  private Set<String> chosen(int number, String text) {
    var input = typed.read("q", number, List.of(text)).orElseThrow();
    return ((Response.Chosen) input.response()).choices();
  }

  @Test
  void letters_areThoseOfThePaper() {
    assertThat(chosen(1, "A")).containsExactly("c");
    assertThat(chosen(1, " ｂ ")).containsExactly("a");
    assertThat(chosen(2, "b，A")).isEqualTo(chosen(2, "AB")).hasSize(2);
    assertThat(typed.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"对", "√", "正确", "t", "Ａ", "a", "对。"})
  void right_isTheFirstOfAJudgement(String text) {
    assertThat(chosen(3, text)).containsExactly(judge().choices().get(0).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"错", "×", "x", "错误", "F", "b", "ｆ"})
  void wrong_isTheSecondOfAJudgement(String text) {
    assertThat(chosen(3, text)).containsExactly(judge().choices().get(1).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "　", "、"})
  void nothing_isNoAnswer(String text) {
    assertThat(typed.read("q", 1, List.of(text))).isEmpty();
    assertThat(typed.read("q", 4, List.of(text))).isEmpty();
    assertThat(typed.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"D", "AB", "AA", "1", "对", "甲"})
  void whatDoesNotFit_isNamed(String text) {
    assertThat(typed.read("q1", 1, List.of(text))).isEmpty();
    assertThat(typed.errors()).hasSize(1).allMatch(e -> e.field().equals("q1"));
  }

  @Test
  void words_areKeptForEachBlank() {
    var input = typed.read("q4", 4, List.of(" 十一 ")).orElseThrow();
    assertThat(((Response.Written) input.response()).texts().getFirst()).isEqualTo("十一");
    typed.read("q4", 4, List.of("x".repeat(201)));
    assertThat(typed.errors()).hasSize(1);
  }

  /** Whatever is typed: an answer of this paper, nothing, or an error; never an exception. */
  @Test
  void anything_isReadOrRefused() {
    var random = new Random(15);
    var signs = "AaBbCcDＡ对错√×tf ,，.-一1\u200b\n\u0000😀";
    for (var round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (var i = random.nextInt(6); i > 0; i--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      var one = new TypedAnswers(PAPER, WORDS);
      var number = 1 + random.nextInt(4);
      var input = one.read("q", number, List.of(text.toString()));
      assertThat(input.isPresent() && !one.errors().isEmpty() && number != 4).isFalse();
      if (input.isPresent() && input.get().response() instanceof Response.Chosen(var ids)) {
        assertThat(ids).allMatch(id -> PAPER.question(number).choice(id).isPresent());
        assertThat(ids.size() == 1 || PAPER.question(number).type() == QuestionType.MULTIPLE)
            .isTrue();
      }
    }
  }
}
