package yikao.remark;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.attempt.Amendments;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptChanges;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Attempts;
import yikao.attempt.Attempts.Open;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.question.Key;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/** Persons mark essays. */
@Singleton
final class EssayMarks {
  private static final int SCALE = 2;
  private final Transactions transactions;
  private final Attempts attempts;
  private final AttemptChanges changes;
  private final Amendments amendments;
  private final PersonMarkStore marks;
  private final Quizzes quizzes;
  private final NodeClock clock;

  EssayMarks(
      Transactions transactions,
      Attempts attempts,
      AttemptChanges changes,
      Amendments amendments,
      PersonMarkStore marks,
      Quizzes quizzes,
      NodeClock clock) {
    this.transactions = transactions;
    this.attempts = attempts;
    this.changes = changes;
    this.amendments = amendments;
    this.marks = marks;
    this.quizzes = quizzes;
    this.clock = clock;
  }

  /**
   * Marks an essay; a later mark replaces an earlier one.
   *
   * @param actor who marks
   * @param number of the question, counted from 1
   * @param points from 0 to what the question is worth, with at most two decimals
   * @return the attempt as it is marked then
   * @throws Problem where that is no essay of an ended attempt, or no such points
   */
  Open mark(Actor actor, UUID id, int number, BigDecimal points, Optional<String> comment) {
    var paper = attempts.paper(id);
    check(paper, number, points);
    var marked =
        transactions.write(dsl -> {
          marks.put(dsl, actor, id, number, points, comment, clock.instant());
          return mark(dsl, paper);
        });
    return new Open(paper, marked, clock.instant());
  }

  private Attempt mark(DSLContext dsl, AttemptPaper paper) {
    var quiz = quizzes.current(dsl, paper.quiz().code());
    var marked =
        changes.mark(
            dsl,
            quiz,
            List.of(paper.id()),
            amendments.of(dsl, quiz.id()),
            id -> marks.of(dsl, id),
            _ -> true);
    if (marked.isEmpty()) {
      throw Problem.conflict("attempt-running");
    }
    return marked.getFirst().after();
  }

  private static void check(AttemptPaper paper, int number, BigDecimal points) {
    if (!paper.paper().has(number)) {
      throw Problem.notFound("no-such-question");
    }
    if (!(paper.question(number).key() instanceof Key.OfEssay)) {
      throw Problem.conflict("not-an-essay");
    }
    var most = paper.section(number).points();
    if (points.signum() < 0 || points.compareTo(most) > 0) {
      throw Problem.invalid("points", "range", 0, most.toPlainString());
    }
    if (points.stripTrailingZeros().scale() > SCALE) {
      throw Problem.invalid("points", "scale", SCALE);
    }
  }
}
