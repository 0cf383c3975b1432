package yikao.db;

import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jooq.DSLContext;

/** Transactions of rare writes, tried again where another transaction was in the way. */
@Singleton
public final class Transactions {
  private static final int MAX_TRIES = 6;
  private final DSLContext database;

  @SuppressWarnings("unused") // the embedded database is closed after this
  Transactions(DSLContext database, EmbeddedDatabase embedded) {
    this.database = database;
  }

  /** Runs the work in a transaction; it may run more than once. */
  public <R> R write(Function<DSLContext, R> work) {
    for (var attempt = 1; ; attempt++) {
      InTransaction.enter();
      try {
        return database.transactionResult(c -> work.apply(c.dsl()));
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
