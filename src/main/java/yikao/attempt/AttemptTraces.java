package yikao.attempt;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.attempt.AttemptStore.Loaded;
import yikao.db.StatementBatch;
import yikao.org.MemberTraces;
import yikao.participant.Participant;
import yikao.participant.Participants;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;

/**
 * What attempts keep about a member: which quizzes the person took, when, and with what score. When
 * the person is erased the name goes, from earlier corrections as well; the result stays in totals,
 * where it was earned.
 */
@Singleton
final class AttemptTraces implements MemberTraces {
  private final AttemptStore store;
  private final AttemptRecords records;
  private final AttemptListeners listeners;
  private final Participants participants;
  private final Quizzes quizzes;

  AttemptTraces(
      AttemptStore store,
      AttemptRecords records,
      AttemptListeners listeners,
      Participants participants,
      Quizzes quizzes) {
    this.store = store;
    this.records = records;
    this.listeners = listeners;
    this.participants = participants;
    this.quizzes = quizzes;
  }

  @Override
  public List<Trace> of(DSLContext dsl, UUID member) {
    return store.load(dsl, store.idsOf(dsl, member)).values().stream()
        .map(Loaded::attempt)
        .map(this::trace)
        .toList();
  }

  private Trace trace(Attempt attempt) {
    var quiz = quizzes.get(attempt.quizId(), attempt.origin().quizRevision());
    var score =
        attempt
            .result()
            .map(r ->
                " " + Points.text(r.score().points()) + "/" + Points.text(r.score().maximum()));
    return new Trace(
        "attempt", quiz.title(), attempt.startedAt(), attempt.state().code() + score.orElse(""));
  }

  @Override
  public void erase(DSLContext transaction, UUID member, Instant now) {
    var held = store.lock(transaction, store.idsOf(transaction, member));
    var rows = new AttemptRows();
    var events = new ArrayList<AttemptEvent>();
    held.values().forEach(loaded -> erase(loaded, rows, events));
    var changes = new StatementBatch(transaction);
    rows.addTo(changes);
    if (!events.isEmpty()) {
      listeners.tell(events, changes);
    }
    changes.execute();
    records.erase(transaction, held.keySet());
    participants.erase(transaction, member);
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
