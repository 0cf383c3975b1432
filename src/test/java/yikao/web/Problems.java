package yikao.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import yikao.web.Problem.FieldError;

/** What a problem says, for tests of other packages. */
public final class Problems {
  private Problems() {}

  /** The fields that are wrong. */
  public static List<FieldError> errors(Problem problem) {
    return problem.errors();
  }

  /** After how long the same request may be sent again. */
  public static Optional<Duration> retryAfter(Problem problem) {
    return problem.retryAfter();
  }
}
