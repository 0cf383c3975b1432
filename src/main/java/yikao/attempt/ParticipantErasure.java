package yikao.attempt;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.attempt.AttemptStore.Loaded;
import yikao.db.StatementBatch;
import yikao.participant.Participant;
import yikao.participant.Participants;
import yikao.quiz.Quizzes;

/**
 * What attempts keep about a participant, and how that goes: the name, from earlier corrections as
 * well. The result stays where it was earned.
 */
@Singleton
public final class ParticipantErasure {
  private final AttemptStore store;
  private final AttemptSeal seal;
  private final AttemptRecords records;
  private final AttemptListeners listeners;
  private final Participants participants;
  private final Quizzes quizzes;

  ParticipantErasure(
      AttemptStore store,
      AttemptSeal seal,
      AttemptRecords records,
      AttemptListeners listeners,
      Participants participants,
      Quizzes quizzes) {
    this.store = store;
    this.seal = seal;
    this.records = records;
    this.listeners = listeners;
    this.participants = participants;
    this.quizzes = quizzes;
  }

  /** A participant's attempts at whatever quizzes. */
  public List<Attempt> attempts(DSLContext dsl, UUID participant) {
    return store.load(dsl, store.idsOf(dsl, participant)).values().stream()
        .map(Loaded::attempt)
        .toList();
  }

  /** Nothing is left of who a participant is. */
  public void erase(DSLContext transaction, UUID participant) {
    var held = store.lock(transaction, store.idsOf(transaction, participant));
    var rows = new AttemptRows(seal);
    var events = new ArrayList<AttemptEvent>();
    held.values().forEach(loaded -> erase(loaded, rows, events));
    var changes = new StatementBatch(transaction);
    rows.addTo(changes);
    if (!events.isEmpty()) {
      listeners.tell(events, changes);
    }
    changes.execute();
    records.erase(transaction, held.keySet());
    participants.erase(transaction, participant);
  }

  private void erase(Loaded loaded, AttemptRows rows, List<AttemptEvent> events) {
    var before = loaded.attempt();
    var by = before.takenBy();
    var after = before.correctedTo(new Participant(by.id(), "", by.branch()));
    rows.takenBy(after);
    if (!after.isEnded()) {
      rows.expiry(after, loaded.version());
    }
    var quiz = quizzes.get(after.quizId(), after.origin().quizRevision());
    events.add(new AttemptEvent.Corrected(before, after, quiz));
  }
}
