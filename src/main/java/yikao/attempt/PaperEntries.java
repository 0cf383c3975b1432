package yikao.attempt;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.attempt.AttemptStore.Loaded;
import yikao.attempt.Attempts.Open;
import yikao.attempt.Refusal.RefusedException;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.StatementBatch;
import yikao.db.Transactions;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/**
 * Takes in what was answered on papers that were given out in print ({@link Attempts#print}), and
 * takes back those that do not return.
 */
@Singleton
public final class PaperEntries {
  private final Transactions transactions;
  private final Attempts attempts;
  private final AttemptStore store;
  private final AttemptSeal seal;
  private final AttemptPapers papers;
  private final Quizzes quizzes;
  private final Amendments amendments;
  private final PersonMarks byPerson;
  private final FormerMarkings former;
  private final AttemptRecords records;
  private final AttemptListeners listeners;
  private final AttemptMeters meters;
  private final NodeClock clock;
  private final AuditLog audit;

  PaperEntries(
      Transactions transactions,
      Attempts attempts,
      AttemptStore store,
      AttemptSeal seal,
      AttemptPapers papers,
      Quizzes quizzes,
      Amendments amendments,
      PersonMarks byPerson,
      FormerMarkings former,
      AttemptRecords records,
      AttemptListeners listeners,
      AttemptMeters meters,
      NodeClock clock,
      AuditLog audit) {
    this.transactions = transactions;
    this.attempts = attempts;
    this.store = store;
    this.seal = seal;
    this.papers = papers;
    this.quizzes = quizzes;
    this.amendments = amendments;
    this.byPerson = byPerson;
    this.former = former;
    this.records = records;
    this.listeners = listeners;
    this.meters = meters;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * What has to be so for something to happen, asked in its transaction; throws where it is not.
   */
  public interface Check {
    void of(DSLContext dsl);
  }

  /** Of which version what was typed in is: how often it was marked, 0 before it was. */
  public static int version(Attempt attempt) {
    return attempt.result().map(Result::marking).orElse(0);
  }

  /**
   * Hands in what was answered on paper, or replaces it where it was mistyped, and marks it.
   *
   * @param seen the version that was seen
   * @param inputs all that was answered, each of which fits the paper
   * @param check what else has to be so
   * @throws Problem where no paper is out, or another has typed it in since
   */
  public Open enter(Actor actor, UUID id, int seen, List<Input> inputs, Check check) {
    return change(
        id,
        check,
        (change, before) -> {
          var version = version(before.attempt());
          if (version != seen) {
            throw Problem.of(HttpStatus.PRECONDITION_FAILED, "paper.stale", version);
          }
          var quiz = change.paper.quiz();
          var entered =
              AttemptRules.enter(before.attempt(), inputs, quiz, actor.code(), clock.instant());
          var after = change.marked(entered);
          change.replace(before, after);
          change.rows.entered(after);
          change.tell(
              before.attempt().isEnded()
                  ? new AttemptEvent.Remarked(before.attempt(), after, quiz)
                  : new AttemptEvent.Ended(after, quiz));
          audit(change.dsl, actor, "attempt.enter", after, version, version + 1);
          return after;
        });
  }

  /**
   * Takes back a paper that was given out and will not be typed in: the attempt counts for nothing,
   * and its participant may begin anew.
   *
   * @throws Problem where none is out, or it was typed in
   */
  public Open withdraw(Actor actor, UUID id, String reason, Check check) {
    return change(
        id,
        check,
        (change, before) -> {
          var quiz = change.paper.quiz();
          var ended = change.marked(AttemptRules.withdraw(before.attempt(), quiz, clock.instant()));
          var after = ended.setAside();
          change.replace(before, ended);
          change.rows.annulled(after);
          records.annulled(change.dsl, List.of(ended), reason, actor, clock.instant());
          change.tell(new AttemptEvent.Ended(ended, quiz));
          change.tell(new AttemptEvent.Annulled(ended, after, quiz));
          audit(change.dsl, actor, "attempt.withdraw", after, 0, 1);
          return after;
        });
  }

  private void audit(
      DSLContext dsl, Actor actor, String action, Attempt attempt, int before, int after) {
    audit.append(
        dsl,
        actor.change(action, "attempt:" + attempt.id(), "version " + before, "version " + after));
  }

  /** What happens to an attempt that is held. */
  private interface Work {
    Attempt on(Change change, Loaded before);
  }

  private Open change(UUID id, Check check, Work work) {
    var paper = attempts.paper(id);
    var after =
        transactions.write(dsl -> {
          // the quiz first, as groups do: nobody amends it meanwhile
          var quiz = paper.quiz();
          var held = quizzes.hold(dsl, List.of(quiz.id())).get(quiz.id());
          check.of(dsl);
          var before = store.lock(dsl, List.of(id)).get(id);
          if (held == null || before == null) {
            throw Problem.notFound("no-such-attempt");
          }
          var change =
              new Change(dsl, paper, amendments.amended(dsl, quiz.id(), held.amendments()));
          try {
            var done = work.on(change, before);
            change.write();
            return done;
          } catch (RefusedException e) {
            throw Refusals.problem(e.refusal(), Optional.of(paper));
          }
        });
    papers.forget(id);
    meters.ended(after.state());
    return new Open(paper, after, clock.instant());
  }

  /** One change, gathered and then written. */
  private final class Change {
    private final DSLContext dsl;
    private final AttemptPaper paper;
    private final Amended amended;
    private final StatementBatch changes;
    private final AttemptRows rows = new AttemptRows(seal);
    private final List<AttemptEvent> events = new ArrayList<>();

    Change(DSLContext dsl, AttemptPaper paper, Amended amended) {
      this.dsl = dsl;
      this.paper = paper;
      this.amended = amended;
      this.changes = new StatementBatch(dsl);
    }

    Attempt marked(Attempt ended) {
      var own =
          paper.hasEssay()
              ? byPerson.of(dsl, List.of(ended.id())).getOrDefault(ended.id(), Map.of())
              : Map.<Integer, PersonMark>of();
      return AttemptRules.mark(ended, paper, amended, own);
    }

    /** Takes the place of the attempt's progress, or of its former result. */
    void replace(Loaded before, Attempt after) {
      if (before.attempt().isEnded()) {
        former.keep(changes, List.of(before.attempt()), clock.instant());
        rows.reopened(before.attempt());
      } else {
        rows.end(after.id(), before.version());
      }
      rows.result(after);
    }

    void tell(AttemptEvent event) {
      events.add(event);
    }

    void write() {
      rows.addTo(changes);
      listeners.tell(List.copyOf(events), changes);
      changes.execute();
    }
  }
}
