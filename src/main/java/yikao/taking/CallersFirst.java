package yikao.taking;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import yikao.attempt.Credentials;
import yikao.web.Problem;

/** Refuses who says nothing of who they are before a byte of a body is read. */
@ServerFilter(
    patterns = {
      "/api/attempts/*/responses/*",
      "/api/attempts/*/participant",
      "/api/attempts/*/submission"
    },
    methods = {HttpMethod.POST, HttpMethod.PUT})
@Order(Ordered.LOWEST_PRECEDENCE)
final class CallersFirst {
  private final Credentials credentials;

  CallersFirst(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * Lets pass what carries a token or a cookie.
   *
   * @throws Problem {@code unauthorized} for all others
   */
  @RequestFilter
  void check(HttpRequest<?> request) {
    credentials.of(request);
  }
}
