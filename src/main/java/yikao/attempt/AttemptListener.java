package yikao.attempt;

import java.util.List;
import yikao.db.StatementBatch;

/**
 * Keeps something in step with attempts: standings, statistics, ledgers. Any number of beans may
 * implement it; the engine knows none of them.
 *
 * <p><b>When.</b> Once for each group of attempts, inside the transaction that stores them, after
 * all is decided and before it is written. What a listener reads in that transaction is therefore
 * the state before the group, to which it adds the events itself; events of one attempt come in the
 * order in which they happened.
 *
 * <p><b>What it may do.</b> Read in the transaction, and add statements to the batch, which are run
 * after the engine's own, in the order of the listeners. It writes the tables of its own package
 * alone, neither commits nor rolls back, opens no other transaction and waits for nothing. It may
 * be told the same again, where the transaction is repeated or its group is halved: whatever it
 * does outside the transaction must bear that.
 *
 * <p><b>In which order.</b> By {@code @Order}, where equal by the name of the class.
 *
 * <p><b>When it fails.</b> Nothing of the transaction is stored, for nobody and by no listener. A
 * passing failure is tried again; otherwise the group is halved until the attempt stands alone that
 * the listener fails on, and its caller alone is told of an error.
 */
public interface AttemptListener {
  /**
   * Takes note of what has happened.
   *
   * @param events never empty
   * @param changes takes the statements to be run in {@link StatementBatch#transaction}
   */
  void happened(List<AttemptEvent> events, StatementBatch changes);
}
