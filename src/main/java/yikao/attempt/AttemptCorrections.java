package yikao.attempt;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.attempt.AttemptStore.Loaded;
import yikao.attempt.Attempts.Open;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.StatementBatch;
import yikao.db.Transactions;
import yikao.participant.Participant;
import yikao.participant.Participants;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/**
 * Corrects by whom an attempt was taken: the participant while it runs, staff at any time; and sets
 * attempts aside. What was before is kept, with the reason.
 */
@Singleton
public final class AttemptCorrections {
  /** How often participants correct the same attempt themselves; each is kept. */
  static final int MOST_OWN = 20;

  private final Transactions transactions;
  private final AttemptStore store;
  private final AttemptSeal seal;
  private final Attempts attempts;
  private final AttemptRecords records;
  private final Participants participants;
  private final Quizzes quizzes;
  private final AttemptListeners listeners;
  private final NodeClock clock;
  private final AuditLog audit;

  AttemptCorrections(
      Transactions transactions,
      AttemptStore store,
      AttemptSeal seal,
      Attempts attempts,
      AttemptRecords records,
      Participants participants,
      Quizzes quizzes,
      AttemptListeners listeners,
      NodeClock clock,
      AuditLog audit) {
    this.transactions = transactions;
    this.store = store;
    this.seal = seal;
    this.attempts = attempts;
    this.records = records;
    this.participants = participants;
    this.quizzes = quizzes;
    this.listeners = listeners;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Corrects the caller's own running attempt; from then on starts offer the new name.
   *
   * @param next makes the participant as it should be
   * @throws Problem where it is another's, has ended, or was corrected so too often
   */
  public Open own(UUID id, Credential credential, UnaryOperator<Participant> next) {
    return change(
        id,
        (dsl, held) -> {
          var before = held.attempt();
          Refusals.requireOpen(credential, before);
          if (!credential.mayAnswer()) {
            throw Problem.of(HttpStatus.FORBIDDEN, "not-yours");
          }
          if (!Attempts.isRunning(before, clock.instant())) {
            throw Problem.conflict("attempt-ended");
          }
          var after = before.correctedTo(next.apply(before.takenBy()));
          if (!after.takenBy().equals(before.takenBy())
              && records.ownCorrections(dsl, id) >= MOST_OWN) {
            throw Problem.conflict("correction.too-many", MOST_OWN);
          }
          correct(dsl, held, after, Actor.PARTICIPANT, "");
          var known = new StatementBatch(dsl);
          participants.store(known, List.of(), List.of(after.takenBy()), clock.instant());
          known.execute();
          return after;
        });
  }

  /**
   * Corrects an attempt, running or ended; its result goes to the branch it has then.
   *
   * @param seen how many corrections of it the actor has seen
   * @param next makes the participant as it should be
   * @throws Problem where there is another correction since
   */
  public Open correct(
      Actor actor, UUID id, int seen, UnaryOperator<Participant> next, String reason) {
    return change(
        id,
        (dsl, held) -> {
          var made = count(dsl, List.of(id)).getOrDefault(id, 0);
          if (made != seen) {
            throw Problem.of(HttpStatus.PRECONDITION_FAILED, "correction.stale", made);
          }
          var after = held.attempt().correctedTo(next.apply(held.attempt().takenBy()));
          correct(dsl, held, after, actor, reason);
          audit.append(
              dsl,
              actor.change(
                  "attempt.correct",
                  "attempt:" + id,
                  "corrections " + made,
                  "corrections " + (made + 1)));
          return after;
        });
  }

  /**
   * Releases a member's attempt from the phone that it was begun with: it opens there no more, and
   * the next start by the member goes on with it, or follows it, without another proof.
   */
  public Open release(Actor actor, UUID id) {
    return change(
        id,
        (dsl, held) -> {
          if (held.attempt().isOnPaper()) {
            throw Problem.conflict("attempt.on-paper");
          }
          var after = held.attempt().released();
          var rows = new AttemptRows(seal);
          rows.token(after);
          if (!after.isEnded()) {
            rows.expiry(after, held.version());
          }
          var changes = new StatementBatch(dsl);
          rows.addTo(changes);
          changes.execute();
          audit.append(dsl, actor.change("attempt.release", "attempt:" + id, "", ""));
          return after;
        });
  }

  /** How often attempts were corrected, by whomever; those that never were are left out. */
  public Map<UUID, Integer> count(DSLContext dsl, Collection<UUID> ids) {
    return records.corrections(dsl, ids);
  }

  private void correct(DSLContext dsl, Loaded held, Attempt after, Actor actor, String reason) {
    var before = held.attempt();
    if (after.takenBy().equals(before.takenBy())) {
      return;
    }
    var quiz = quizzes.get(after.quizId(), after.origin().quizRevision());
    if (quiz.entry() != EntryPolicy.EVERYONE) {
      throw Problem.conflict("correction.listed");
    }
    records.corrected(dsl, before, reason, actor, clock.instant());
    var rows = new AttemptRows(seal);
    rows.takenBy(after);
    if (!after.isEnded()) {
      // a version of its own, by which who is about to end it notices
      rows.expiry(after, held.version());
    }
    write(dsl, rows, new AttemptEvent.Corrected(before, after, quiz));
  }

  /**
   * Sets an ended attempt aside: it stays on record, uses up no try, and counts for nothing.
   *
   * @throws Problem while it runs
   */
  public Open annul(Actor actor, UUID id, String reason) {
    return change(
        id,
        (dsl, held) -> {
          var before = held.attempt();
          if (!before.isEnded()) {
            throw Problem.conflict("attempt-running");
          }
          if (before.annulled()) {
            return before;
          }
          var after = before.setAside();
          records.annulled(dsl, List.of(before), reason, actor, clock.instant());
          var rows = new AttemptRows(seal);
          rows.annulled(after);
          var quiz = quizzes.get(after.quizId(), after.origin().quizRevision());
          write(dsl, rows, new AttemptEvent.Annulled(before, after, quiz));
          audit.append(dsl, actor.change("attempt.annul", "attempt:" + id, "", ""));
          return after;
        });
  }

  private void write(DSLContext dsl, AttemptRows rows, AttemptEvent event) {
    var changes = new StatementBatch(dsl);
    rows.addTo(changes);
    listeners.tell(List.of(event), changes);
    changes.execute();
  }

  private interface Change {
    Attempt of(DSLContext dsl, Loaded held);
  }

  private Open change(UUID id, Change change) {
    var paper = attempts.paper(id);
    var after =
        transactions.write(dsl -> {
          var held = store.lock(dsl, List.of(id)).get(id);
          if (held == null) {
            throw Problem.notFound("no-such-attempt");
          }
          return change.of(dsl, held);
        });
    return new Open(paper, after, clock.instant());
  }
}
