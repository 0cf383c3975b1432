package yikao.attempt;

import java.util.Locale;

/** Where an attempt is in its life. */
public enum AttemptState {
  /** In progress. */
  RUNNING,
  /** Handed in. */
  SUBMITTED,
  /** Ended by its deadline, marked with what was saved by then. */
  EXPIRED;

  /** The name in the database and the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AttemptState of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** Whether it is over. */
  public boolean isEnded() {
    return this != RUNNING;
  }
}
