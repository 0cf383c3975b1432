package yikao.taking;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.exception.DataAccessException;
import yikao.db.SqlFailure;
import yikao.db.UnknownOutcomeException;
import yikao.web.Problem;

/**
 * What is in the way for a while only, so that the same may be sent again: too many at once, or a
 * database that cannot be reached.
 *
 * @param status 429 or 503
 * @param seconds after which to come again, at least 1
 */
public record Busy(HttpStatus status, long seconds) {
  /** In seconds. */
  private static final long SPREAD = 3;

  private static final Duration DATABASE = Duration.ofSeconds(2);

  /** What a failure says; absent where coming again would not help. */
  public static Optional<Busy> of(RuntimeException failure) {
    return switch (failure) {
      case Problem problem
          when problem.status() == HttpStatus.TOO_MANY_REQUESTS
              || problem.status() == HttpStatus.SERVICE_UNAVAILABLE ->
          Optional.of(of(problem.status(), problem.retryAfter().orElse(DATABASE)));
      case UnknownOutcomeException _ -> Optional.of(of(HttpStatus.SERVICE_UNAVAILABLE, DATABASE));
      case DataAccessException data when SqlFailure.of(data) != SqlFailure.LASTING ->
          Optional.of(of(HttpStatus.SERVICE_UNAVAILABLE, DATABASE));
      default -> Optional.empty();
    };
  }

  private static Busy of(HttpStatus status, Duration after) {
    return new Busy(status, Math.max(1, after.toSeconds()));
  }

  /**
   * What makes a browser go on by itself, the content of a {@code meta} element: each a little
   * later than another, so that those who were told together do not come together.
   */
  String refresh(String address) {
    return seconds + ThreadLocalRandom.current().nextLong(SPREAD) + ";url=" + address;
  }

  /** A page that says so. */
  <B> MutableHttpResponse<B> on(MutableHttpResponse<B> page) {
    return page.status(status).header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
  }
}
