package yikao.questionnaire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import yikao.questionnaire.Answers.Answer;
import yikao.questionnaire.Answers.Given;
import yikao.web.Problem;

/** Reading a sheet, by example. */
final class AnswersTest {
  private static final List<SheetQuestion> QUESTIONS =
      List.of(
          SheetQuestion.choosing(QuestionKind.SINGLE, "一", true, List.of("甲", "乙")),
          SheetQuestion.choosing(QuestionKind.MULTIPLE, "多", false, List.of("甲", "乙", "丙")),
          SheetQuestion.scale("分", true, 0, 10, "", ""),
          SheetQuestion.text("话", false, 5));

  private static List<String> refused(Given... given) {
    var refused = new java.util.ArrayList<String>();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Answers.read(QUESTIONS, List.of(given)))
        .satisfies(problem -> refused.addAll(problem.fields()));
    return refused;
  }

  @Test
  void everyQuestion_hasAnAnswerOrStandsAsLeftOut() {
    var read =
        Answers.read(
            QUESTIONS,
            List.of(
                new Given(3, null, 0, null),
                new Given(1, List.of(2), null, ""),
                new Given(2, List.of(), null, null)));
    assertThat(read)
        .containsExactly(Answer.of(1, 2), Answer.none(2), Answer.of(3, 0), Answer.none(4));
  }

  @Test
  void severalChoices_areSeveralAnswers_andTextsAreTidied() {
    var read =
        Answers.read(
            QUESTIONS,
            List.of(
                new Given(1, List.of(1), null, null),
                new Given(2, List.of(3, 1), null, null),
                new Given(3, null, 10, null),
                new Given(4, null, null, " 好 ")));
    assertThat(read.subList(1, 3)).containsExactly(Answer.of(2, 3), Answer.of(2, 1));
    assertThat(read.getLast().text()).contains("好");
  }

  @Test
  void whatIsRequired_isAskedFor() {
    assertThat(refused()).containsExactly("answers", "answers");
    assertThat(refused(new Given(1, List.of(), null, null), new Given(3, null, 1, null)))
        .containsExactly("answers[0]");
  }

  @Test
  void whatTheQuestionDoesNotHave_isRefused() {
    assertThat(refused(new Given(1, List.of(0), null, null), new Given(3, null, 11, null)))
        .containsExactly("answers[0].choices", "answers[1].scale");
    assertThat(refused(new Given(1, List.of(1, 2), null, null), new Given(3, null, 1, "x")))
        .containsExactly("answers[0].choices", "answers[1].text");
    assertThat(
            refused(
                new Given(1, List.of(1), null, null),
                new Given(2, List.of(2, 2), null, null),
                new Given(3, null, 1, null),
                new Given(4, null, null, "六个字六个字")))
        .containsExactly("answers[1].choices", "answers[3].text");
  }
}
