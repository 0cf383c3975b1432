package yikao.quiz;

import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * Keeps something in step with rosters that are frozen. Told in the transaction that changes one,
 * in which it may write the tables of its own package.
 */
public interface RosterListener {
  /**
   * Takes note of a change.
   *
   * @param member who was added or taken out; absent where the roster was frozen just now
   */
  void changed(DSLContext transaction, long quizId, Optional<UUID> member);
}
