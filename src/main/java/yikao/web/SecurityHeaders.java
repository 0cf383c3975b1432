package yikao.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Headers that tell browsers to load nothing from elsewhere and to keep nothing private. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SecurityHeaders {
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action"
          + " 'self'; frame-ancestors 'none'";

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    var path = request.getPath();
    if (!path.startsWith("/swagger")) {
      response.header("Content-Security-Policy", POLICY);
    }
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "same-origin");
    if (!path.startsWith(Assets.PATH) && !path.startsWith("/swagger")) {
      response.header("Cache-Control", "no-store");
    }
  }
}
