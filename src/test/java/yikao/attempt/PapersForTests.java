package yikao.attempt;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import yikao.paper.Blueprint;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Paper;
import yikao.paper.Section;
import yikao.paper.Shuffle;
import yikao.question.Question;
import yikao.quiz.Quiz;

/** Papers of whatever questions. */
public final class PapersForTests {
  private PapersForTests() {}

  /** A paper of these questions, each of a section of its own, with the choices in an order. */
  public static AttemptPaper of(List<Question> questions, List<List<Integer>> orders) {
    var slots = new ArrayList<Paper.Slot>();
    var sections = new ArrayList<Section>();
    for (var i = 0; i < questions.size(); i++) {
      slots.add(new Paper.Slot(i, i + 1, orders.get(i)));
      sections.add(new Section(questions.get(i).type(), 1, BigDecimal.TWO, List.of(), Map.of()));
    }
    var like = AttemptsForTests.quiz();
    var quiz =
        new Quiz(
            like.version(),
            like.about(),
            new Quiz.Drawing(
                new Blueprint(sections, DrawPolicy.UNIFORM, Set.of()), new Shuffle(true, true)),
            like.schedule(),
            like.tries(),
            like.grading(),
            like.reveal(),
            like.entrance(),
            1,
            Quiz.Changes.NONE);
    return new AttemptPaper(new UUID(1, 2), quiz, new UUID(3, 4), 1, new Paper(slots), questions);
  }
}
