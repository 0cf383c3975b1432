package yikao.taking;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptPaper;
import yikao.attempt.AttemptState;
import yikao.attempt.Audience;
import yikao.attempt.ChoiceView;
import yikao.question.QuestionType;

/**
 * An attempt as its participant sees it; {@link AttemptJson} writes it. Nothing in here, at any
 * depth, could hold a key, a mark, an explanation or a citation.
 *
 * @param token opens the attempt; only in the answer to a start
 * @param quiz the quiz's code
 * @param number of the attempt, counted from 1
 * @param now the server's time
 * @param questions absent once it has ended
 * @param saved what the server has kept so far; absent once it has ended
 */
@Serdeable
@Schema(
    name = "Attempt",
    examples =
        """
        {"id":"01932f6e-8a51-7c3e-9d0f-6b1f0c2a7e11","token":"WzqIqi9sJj9H_EjGZItmQ4_eNoqdQjce","quiz":"f2vgeddrmy","title":"党章练习","number":1,"state":"running","now":"2026-11-22T09:08:34.759Z","startedAt":"2026-11-22T09:08:34.552Z","deadline":"2026-11-22T09:53:34.552Z","maxScore":100,"questions":[{"number":1,"type":"single","stem":"党的最高领导机关是什么？","points":2,"texts":0,"choices":[{"id":"A","label":"A","text":"全国代表大会和它所产生的中央委员会"},{"id":"B","label":"B","text":"中央政治局常务委员会"}]}],"saved":[]}\
        """)
public record AttemptView(
    UUID id,
    @Nullable String token,
    String quiz,
    String title,
    int number,
    AttemptState state,
    Instant now,
    Instant startedAt,
    @Nullable Instant deadline,
    @Nullable Instant endedAt,
    BigDecimal maxScore,
    @Nullable List<QuestionView> questions,
    @Nullable List<SavedView> saved) {

  /**
   * A question in progress.
   *
   * @param points what it is worth
   * @param texts how many texts a response has; 0 where one chooses
   */
  @Serdeable
  @Schema(name = "Question")
  public record QuestionView(
      int number,
      QuestionType type,
      String stem,
      BigDecimal points,
      int texts,
      List<ChoiceView> choices) {}

  /** A response that the server has kept. */
  @Serdeable
  @Schema(name = "SavedResponse")
  public record SavedView(
      int number, int sequence, @Nullable List<String> choices, @Nullable List<String> text) {}

  static List<QuestionView> questions(AttemptPaper paper, Audience audience) {
    var views = new ArrayList<QuestionView>();
    for (var number = 1; number <= paper.questions().size(); number++) {
      var question = paper.question(number);
      views.add(
          new QuestionView(
              number,
              question.type(),
              question.stem(),
              paper.section(number).points(),
              question.texts(),
              paper.choices(number).views(audience)));
    }
    return views;
  }
}
