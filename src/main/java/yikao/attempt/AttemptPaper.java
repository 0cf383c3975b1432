package yikao.attempt;

import java.util.List;
import java.util.UUID;
import yikao.paper.Paper;
import yikao.paper.Section;
import yikao.question.Key;
import yikao.question.Question;
import yikao.quiz.Quiz;

/**
 * What never changes about an attempt.
 *
 * @param quiz in the revision that the attempt started with
 * @param questions of the paper, in its order
 */
public record AttemptPaper(
    UUID id, Quiz quiz, UUID participantId, int number, Paper paper, List<Question> questions) {

  /** The question of a number, counted from 1. */
  public Question question(int number) {
    return questions.get(number - 1);
  }

  /** The choices of a question as they are shown. */
  public ShownChoices choices(int number) {
    return new ShownChoices(question(number), paper.slot(number).order());
  }

  /** The section that a question belongs to. */
  public Section section(int number) {
    return quiz.blueprint().sections().get(paper.slot(number).section());
  }

  /** Whether a person has to mark some of it. */
  boolean hasEssay() {
    return questions.stream().anyMatch(q -> q.key() instanceof Key.OfEssay);
  }
}
