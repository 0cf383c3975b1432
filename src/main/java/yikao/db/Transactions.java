package yikao.db;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** Ordinary transactions, tried again where another transaction was in the way. */
@Singleton
public final class Transactions {
  private static final int MAX_TRIES = 6;
  private final DSLContext database;
  private final DataSource dataSource;
  private final Durability durability;

  @Inject
  Transactions(DSLContext database, DataSource dataSource, EmbeddedDatabases.Embedded embedded) {
    this(database, dataSource, embedded.durability());
  }

  Transactions(DSLContext database, DataSource dataSource, Durability durability) {
    this.database = database;
    this.dataSource = dataSource;
    this.durability = durability;
  }

  /**
   * Runs the work in a transaction; it may run more than once. What it wrote is durable when this
   * returns; inside another transaction, when that one's call returns.
   *
   * @throws UnknownOutcomeException where it cannot be said whether it is durable
   */
  public <R> R write(Function<DSLContext, R> work) {
    var result = tried(work);
    durability.committed();
    if (durability.takesSync() && !InTransaction.is()) {
      sync();
    }
    return result;
  }

  private void sync() {
    try {
      durability.sync();
    } catch (SQLException e) {
      throw new UnknownOutcomeException(e);
    }
  }

  private <R> R tried(Function<DSLContext, R> work) {
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

  DataSource dataSource() {
    return dataSource;
  }

  Durability durability() {
    return durability;
  }
}
