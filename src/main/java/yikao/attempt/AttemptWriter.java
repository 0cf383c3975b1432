package yikao.attempt;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.db.GroupCommit;
import yikao.db.Together;

/**
 * Writes a group of starts, saves and ends: reads what they concern, decides them one after the
 * other in memory, and writes what changed with a few statements.
 */
@Singleton
final class AttemptWriter implements GroupCommit.Work<AttemptEntry<?>> {
  private final AttemptStore store;
  private final MarkingStore markings;
  private final ParticipantStore participants;
  private final ResultNews news;
  private final RunningAttempts running;

  AttemptWriter(
      AttemptStore store,
      MarkingStore markings,
      ParticipantStore participants,
      ResultNews news,
      RunningAttempts running) {
    this.running = running;
    this.store = store;
    this.markings = markings;
    this.participants = participants;
    this.news = news;
  }

  @Override
  public GroupCommit.Written write(DSLContext transaction, List<AttemptEntry<?>> group) {
    var session = new AttemptSession(store, markings, participants, running, transaction, group);
    group.forEach(session::decide);
    var rows = session.rows();
    var changes = new Together(transaction);
    rows.addTo(changes);
    news.tellFirst(changes, session.ended(), session.participants());
    try {
      rows.check(changes.execute());
    } catch (RuntimeException e) {
      // not as it was, or there already: what is decided next is read
      running.forget(session.ids());
      throw e;
    }
    news.tellLater(transaction, session.ended());
    return new GroupCommit.Written() {
      @Override
      public byte[] bytes() {
        return RowsCodec.encode(rows);
      }

      @Override
      public void committed() {
        session.committed(running);
      }
    };
  }

  @Override
  public void replay(DSLContext transaction, byte[] written) {
    var rows = RowsCodec.decode(written);
    rows.write(transaction);
    var ended =
        rows.byStatement().getOrDefault(AttemptStatement.RESULTS, List.of()).stream()
            .map(row -> (UUID) row[AttemptRows.RESULT_ID])
            .toList();
    news.tellAll(
        transaction,
        store.load(transaction, ended).values().stream()
            .map(AttemptStore.Loaded::attempt)
            .toList());
  }
}
