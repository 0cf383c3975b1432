package yikao.db;

import org.jooq.exception.DataAccessException;

/** What was to be committed may be durable, or not; sending the same again does no harm. */
public final class UnknownOutcomeException extends DataAccessException {
  UnknownOutcomeException(Throwable cause) {
    super("the outcome of a commit is unknown", cause);
  }
}
