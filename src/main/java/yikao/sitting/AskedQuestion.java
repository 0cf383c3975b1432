package yikao.sitting;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import yikao.attempt.Audience;
import yikao.attempt.ChoiceView;
import yikao.attempt.ReviewView.CitationView;
import yikao.attempt.ShownChoices;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;

/**
 * A question on a screen, its choices in the order of the bank.
 *
 * @param answer absent while it is asked
 */
public record AskedQuestion(
    QuestionType type, String stem, List<ChoiceView> choices, Optional<Answer> answer) {
  /**
   * What is right.
   *
   * @param letters of the right choices
   * @param accepted for each blank what is accepted
   */
  public record Answer(
      List<String> letters,
      List<List<String>> accepted,
      String explanation,
      CitationView citation) {
    /** Whether a choice is right. */
    public boolean isRight(ChoiceView choice) {
      return letters.contains(choice.label());
    }

    /** What is accepted in the blanks, each with what else is. */
    public List<String> words() {
      return accepted.stream().map(blank -> String.join(" / ", blank)).toList();
    }
  }

  static AskedQuestion of(Question question, boolean withAnswer) {
    var shown =
        new ShownChoices(question, IntStream.range(0, question.choices().size()).boxed().toList());
    return new AskedQuestion(
        question.type(),
        question.stem(),
        shown.views(Audience.PARTICIPANT),
        withAnswer ? Optional.of(answer(question, shown)) : Optional.empty());
  }

  private static Answer answer(Question question, ShownChoices shown) {
    var citation = question.citation();
    return new Answer(
        question.key() instanceof Key.OfChoices(var ids)
            ? shown.names(ids, Audience.PARTICIPANT)
            : List.of(),
        question.key() instanceof Key.OfBlanks blanks ? blanks.blanks() : List.of(),
        question.explanation(),
        new CitationView(
            citation.title(), citation.version(), citation.locator(), citation.words()));
  }
}
