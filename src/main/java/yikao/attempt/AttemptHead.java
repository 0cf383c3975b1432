package yikao.attempt;

import java.util.List;
import java.util.UUID;
import yikao.paper.Paper;
import yikao.paper.Section;
import yikao.question.Question;
import yikao.quiz.Quiz;

/**
 * What never changes about an attempt.
 *
 * @param quiz in the revision that the attempt started with
 * @param questions of the paper, in its order
 */
record AttemptHead(
    UUID id, Quiz quiz, UUID participantId, int number, Paper paper, List<Question> questions) {

  Question question(int number) {
    return questions.get(number - 1);
  }

  Section section(int number) {
    return quiz.blueprint().sections().get(paper.slot(number).section());
  }
}
