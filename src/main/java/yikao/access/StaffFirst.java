package yikao.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Named;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import yikao.web.Problem;

/**
 * Refuses whoever is not of the staff before a byte of a body is read: all that changes something
 * over the API is for staff, but for what participants do. What each of them may do is asked later.
 */
@ServerFilter(
    patterns = "/api/**",
    methods = {HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE})
@Order(Ordered.LOWEST_PRECEDENCE)
final class StaffFirst {
  private static final Pattern OF_PARTICIPANTS =
      Pattern.compile(
          "/api/(quizzes/[^/]+/attempts|sittings/join|questionnaires/[^/]+/sheet|attempts/[^/]+/(responses/[^/]+|participant|submission))");

  private final Callers callers;
  private final ExecutorService blocking;

  StaffFirst(Callers callers, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.callers = callers;
    this.blocking = blocking;
  }

  /**
   * Lets staff and participants pass.
   *
   * @throws Problem {@code staff-only} for everybody else
   */
  @RequestFilter
  CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
    if (RouteAttributes.getRouteInfo(request).isEmpty()
        || OF_PARTICIPANTS.matcher(request.getPath()).matches()) {
      return CompletableFuture.completedFuture(request);
    }
    if (Callers.takesDatabase(request)) {
      return CompletableFuture.supplyAsync(() -> required(request), blocking);
    }
    return CompletableFuture.completedFuture(required(request));
  }

  private HttpRequest<?> required(HttpRequest<?> request) {
    callers.require(request);
    return request;
  }
}
