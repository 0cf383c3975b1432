package yikao.remark;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
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
import yikao.attempt.PersonMark;
import yikao.attempt.Responses;
import yikao.audit.AuditLog;
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
  private final AuditLog audit;
  private final NodeClock clock;

  EssayMarks(
      Transactions transactions,
      Attempts attempts,
      AttemptChanges changes,
      Amendments amendments,
      PersonMarkStore marks,
      Quizzes quizzes,
      AuditLog audit,
      NodeClock clock) {
    this.transactions = transactions;
    this.attempts = attempts;
    this.changes = changes;
    this.amendments = amendments;
    this.marks = marks;
    this.quizzes = quizzes;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a person gives.
   *
   * @param points from 0 to what the question is worth, with at most two decimals
   * @param seen the version of the mark that the person has seen; 0 where there was none
   */
  record Given(BigDecimal points, Optional<String> comment, int seen) {}

  /**
   * Marks an essay; a later mark replaces an earlier one.
   *
   * @param actor who marks
   * @param number of the question, counted from 1
   * @return the attempt as it is marked then
   * @throws Problem where that is no essay of an ended attempt, no such points, or another was
   *     faster
   */
  Open mark(Actor actor, UUID id, int number, Given given) {
    var paper = attempts.paper(id);
    check(paper, number, given.points());
    var marked = transactions.write(dsl -> mark(dsl, actor, paper, number, given));
    return new Open(paper, marked, clock.instant());
  }

  private Attempt mark(DSLContext dsl, Actor actor, AttemptPaper paper, int number, Given given) {
    var attempt =
        changes
            .hold(dsl, paper.id())
            .filter(Attempt::isEnded)
            .orElseThrow(() -> Problem.conflict("attempt-running"));
    var before =
        Optional.ofNullable(
            marks.of(dsl, List.of(paper.id())).getOrDefault(paper.id(), Map.of()).get(number));
    var version = before.map(PersonMark::version).orElse(0);
    if (version != given.seen()) {
      throw Problem.of(HttpStatus.PRECONDITION_FAILED, "mark.stale", version);
    }
    var response = attempt.responses().get(number).map(Responses.Given::response).orElse(null);
    var mark =
        new PersonMark(
            given.points(), given.comment(), Optional.of(PersonMark.digest(response)), version + 1);
    marks.put(dsl, actor, paper.id(), number, mark, clock.instant());
    var quiz = quizzes.current(dsl, paper.quiz().code());
    var amended = amendments.amended(dsl, quiz.id(), quiz.changes().amendments());
    var after = changes.mark(dsl, quiz, List.of(paper.id()), amended, _ -> true).getFirst().after();
    audit.append(
        dsl,
        actor.change(
            "attempt.mark",
            "attempt:" + paper.id(),
            before.map(m -> said(number, m)).orElse(""),
            said(number, mark)));
    return after;
  }

  private static String said(int number, PersonMark mark) {
    return "question %d: %s".formatted(number, mark.points().toPlainString());
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
