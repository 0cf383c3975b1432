package yikao.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makes a commit certain before it is acknowledged. */
public abstract sealed class Durability permits PlainDurability, JournalDurability {
  private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

  /** What a group does in its transaction. */
  interface GroupWork {
    GroupCommit.Written write(Connection connection);
  }

  /** What a group's {@link GroupCommit.Work#replay} is to the journal. */
  interface Replay {
    void replay(DSLContext transaction, byte[] written);
  }

  /** It may have been committed, or not. */
  static final class UnknownOutcomeException extends RuntimeException {
    UnknownOutcomeException(Throwable cause) {
      super(cause);
    }
  }

  /** Writes a group in a transaction of its own; returns when it is certain. */
  abstract void group(GroupWork work) throws SQLException;

  /** How many groups may be written at once. */
  abstract int groupsAtOnce();

  /** Runs a rare write, which commits by itself; returns when it is certain. */
  abstract <R> R rare(Supplier<R> work);

  /** Looks at what a rare write has done, before it commits. */
  abstract void changed(Connection connection) throws SQLException;

  /** Says how a group is written again, and does so where that is needed. */
  abstract void replayWith(Replay replay);

  /** Closes an embedded database. */
  abstract void close();

  static void run(DataSource dataSource, GroupWork work, After after) throws SQLException {
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        after.written(connection, work.write(connection));
      } catch (RuntimeException | Error e) {
        rollback(connection);
        throw e;
      }
      commit(connection);
    }
  }

  /** What else belongs to the transaction. */
  interface After {
    void written(Connection connection, GroupCommit.Written written);
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlFailure.of(e) == SqlFailure.PASSING) {
        rollback(connection);
        throw e;
      }
      throw new UnknownOutcomeException(e);
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.warn("a rollback failed", e);
    }
  }
}
