package yikao.ledger;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.quiz.RosterListener;

/** Whoever comes onto a roster, or goes, changes the figures. */
@Singleton
final class RosterChanges implements RosterListener {
  @Override
  public void changed(DSLContext transaction, long quizId, Optional<UUID> member) {
    EntryStore.changed(transaction, quizId, member);
  }
}
