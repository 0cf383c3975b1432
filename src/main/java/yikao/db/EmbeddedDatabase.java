package yikao.db;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded H2's end. While the service runs its file only grows (see {@code Defaults}); a
 * regular stop rewrites it with what is live. Whatever uses the database depends on this, so that
 * it is closed last.
 */
@Singleton
final class EmbeddedDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

  /** What the connection says that has just shut the database down. */
  private static final String CLOSED = "90121";

  private final DSLContext database;

  EmbeddedDatabase(DSLContext database) {
    this.database = database;
  }

  @PreDestroy
  void close() {
    if (database.dialect().family() == SQLDialect.H2) {
      try {
        database.execute("SHUTDOWN COMPACT");
      } catch (DataAccessException e) {
        if (!CLOSED.equals(e.sqlState())) {
          LOG.warn("the database could not be compacted", e);
        }
      }
    }
  }
}
