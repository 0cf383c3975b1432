package yikao.db;

/** The service does not start over this database; the message says what the operator can do. */
public final class DatabaseRefusedException extends RuntimeException {
  DatabaseRefusedException(String message) {
    super(message);
  }
}
