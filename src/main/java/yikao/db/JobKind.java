package yikao.db;

import org.jooq.DSLContext;

/** A kind of work over many rows; see {@link Jobs}. */
public interface JobKind {
  /** Names it in the database and the API. */
  String name();

  /**
   * Does some hundred rows of it.
   *
   * @param transaction holds what the step writes, and that it is done; the step may run again
   *     where the transaction fails
   * @param job as the step before has left it
   */
  Job.Step step(DSLContext transaction, Job job);
}
