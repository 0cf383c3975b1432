package yikao.attempt;

import jakarta.inject.Singleton;
import java.util.List;
import org.jooq.DSLContext;
import yikao.db.GroupCommit;
import yikao.db.StatementBatch;
import yikao.participant.Participants;

/**
 * Writes a group of starts, saves and ends: reads what they concern, decides them one after the
 * other in memory, and writes what changed with a few statements.
 */
@Singleton
final class AttemptWriter implements GroupCommit.Work<AttemptCommand<?>> {
  private final GroupReader reader;
  private final Participants participants;
  private final AttemptListeners listeners;
  private final AttemptSeal seal;

  AttemptWriter(
      GroupReader reader, Participants participants, AttemptListeners listeners, AttemptSeal seal) {
    this.reader = reader;
    this.participants = participants;
    this.listeners = listeners;
    this.seal = seal;
  }

  @Override
  public void write(DSLContext transaction, List<AttemptCommand<?>> commands) {
    var group = reader.read(transaction, commands);
    commands.forEach(group::decide);
    var changes = new StatementBatch(transaction);
    participants.store(
        changes,
        group.newParticipants().values(),
        group.changedParticipants().values(),
        group.latest());
    group.rows(seal).addTo(changes);
    listeners.tell(group.events(), changes);
    changes.execute();
  }
}
