package yikao.db;

import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jooq.DSLContext;

/** Transactions of rare writes, tried again where another transaction was in the way. */
@Singleton
public final class Transactions {
  private static final int MAX_TRIES = 6;
  private final DSLContext database;

  private final Durability durability;

  Transactions(DSLContext database, Durability durability) {
    this.database = database;
    this.durability = durability;
  }

  /**
   * Runs the work in a transaction; it may run more than once. What it wrote is as certain as a
   * group's when this returns.
   */
  public <R> R write(Function<DSLContext, R> work) {
    return durability.rare(() -> tried(work));
  }

  private <R> R tried(Function<DSLContext, R> work) {
    for (var attempt = 1; ; attempt++) {
      InTransaction.enter();
      try {
        return database.transactionResult(c -> {
          var result = work.apply(c.dsl());
          c.dsl().connection(durability::changed);
          return result;
        });
      } catch (RuntimeException e) {
        if (attempt >= MAX_TRIES || SqlFailure.of(e) != SqlFailure.PASSING) {
          throw e;
        }
      } finally {
        InTransaction.leave();
      }
    }
  }

  /** For reading outside a transaction. */
  public DSLContext read() {
    return database;
  }
}
