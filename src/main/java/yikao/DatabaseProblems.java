package yikao;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jooq.exception.DataAccessException;
import yikao.db.SqlFailure;
import yikao.db.UnknownOutcomeException;
import yikao.web.Problem;

/**
 * What a caller is told where a query fails: that the database is disconnected and the same may be
 * sent again, or that the service has a fault. Writes that wait for their group are told by their
 * queue.
 */
@Singleton
final class DatabaseProblems implements ExceptionHandler<DataAccessException, HttpResponse<?>> {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private final ExceptionHandler<Problem, HttpResponse<?>> problems;
  private final ErrorResponseProcessor<?> faults;

  DatabaseProblems(
      ExceptionHandler<Problem, HttpResponse<?>> problems, ErrorResponseProcessor<?> faults) {
    this.problems = problems;
    this.faults = faults;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, DataAccessException failure) {
    if (failure instanceof UnknownOutcomeException) {
      return problems.handle(request, unavailable("unknown-outcome"));
    }
    return switch (SqlFailure.of(failure)) {
      case DISCONNECTED -> problems.handle(request, unavailable("database-disconnected"));
      case PASSING -> problems.handle(request, unavailable("overloaded"));
      case LASTING ->
          faults.processResponse(
              ErrorContext.builder(request).cause(failure).build(), HttpResponse.serverError());
    };
  }

  private static Problem unavailable(String code) {
    return Problem.unavailable(code, RETRY_AFTER);
  }
}
