package yikao.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What a failed statement means for the one who sent it. */
public enum SqlFailure {
  /** Another transaction was in the way; the same again may succeed. */
  PASSING,
  /** The database cannot be reached. */
  DISCONNECTED,
  /** The statement itself is refused. */
  LASTING;

  /** By SQLState, of the exception or of its causes. */
  public static SqlFailure of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StaleReadException) {
        return PASSING;
      }
      if (cause instanceof SQLTransientConnectionException) {
        return DISCONNECTED;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return ofState(sql.getSQLState());
      }
    }
    return LASTING;
  }

  private static SqlFailure ofState(String state) {
    return switch (state) {
      // serialization failure, deadlock, lost race for a unique key, lock timeout (PostgreSQL, H2)
      case "40001", "40P01", "23505", "55P03", "HYT00" -> PASSING;
      // database shut down or closed, its disk full, failing or read-only (PostgreSQL, H2)
      case "57P01", "57P02", "57P03", "53100", "58030", "25006" -> DISCONNECTED;
      case "90098", "90121", "90067", "90028", "90031" -> DISCONNECTED;
      default -> state.startsWith("08") ? DISCONNECTED : LASTING;
    };
  }
}
