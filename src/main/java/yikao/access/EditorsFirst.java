package yikao.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.util.regex.Pattern;
import yikao.web.Problem;

/**
 * Refuses whoever is no editor before a byte of a body is read: all that changes something over the
 * API is for editors, but for what participants do.
 */
@ServerFilter(
    patterns = "/api/**",
    methods = {HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE})
@Order(Ordered.LOWEST_PRECEDENCE)
final class EditorsFirst {
  private static final Pattern OF_PARTICIPANTS =
      Pattern.compile(
          "/api/(quizzes/[^/]+/attempts|attempts/[^/]+/(responses/[^/]+|participant|submission))");

  private final Editors editors;

  EditorsFirst(Editors editors) {
    this.editors = editors;
  }

  /**
   * Lets editors and participants pass.
   *
   * @throws Problem {@code editor-only} for everybody else
   */
  @RequestFilter
  void check(HttpRequest<?> request) {
    if (RouteAttributes.getRouteInfo(request).isPresent()
        && !OF_PARTICIPANTS.matcher(request.getPath()).matches()) {
      editors.require(request);
    }
  }
}
