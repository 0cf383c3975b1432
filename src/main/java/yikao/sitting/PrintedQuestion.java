package yikao.sitting;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Audience;
import yikao.attempt.ChoiceView;
import yikao.question.QuestionType;

/**
 * A question as it is printed. Nothing in here could hold a key, a mark, an explanation or a
 * citation.
 *
 * @param points what it is worth
 * @param texts how many texts a response has; 0 where one chooses
 * @param choices by their letters in this paper
 */
@Serdeable
@Schema(name = "PrintedQuestion")
public record PrintedQuestion(
    int number,
    QuestionType type,
    String stem,
    BigDecimal points,
    int texts,
    List<ChoiceView> choices) {

  static List<PrintedQuestion> of(AttemptPaper paper) {
    return IntStream.rangeClosed(1, paper.questions().size())
        .mapToObj(number -> of(paper, number))
        .toList();
  }

  private static PrintedQuestion of(AttemptPaper paper, int number) {
    var question = paper.question(number);
    return new PrintedQuestion(
        number,
        question.type(),
        question.stem(),
        paper.section(number).points(),
        question.texts(),
        paper.choices(number).views(Audience.PARTICIPANT));
  }

  /** The points, as people write them. */
  public String plainPoints() {
    return points.stripTrailingZeros().toPlainString();
  }

  /** The last letter of its choices. */
  public String lastLetter() {
    return choices.isEmpty() ? "" : choices.getLast().label();
  }
}
