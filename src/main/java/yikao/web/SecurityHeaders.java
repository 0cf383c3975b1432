package yikao.web;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.time.Duration;
import java.util.Optional;

/**
 * Headers that tell browsers to load nothing from elsewhere and to keep nothing private; also on
 * what other filters refuse, since this one is outside of them all.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecurityHeaders {
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action"
          + " 'self'; frame-ancestors 'none'";

  /** The page of the API's description styles its elements itself, and sends no form. */
  private static final String POLICY_OF_API_PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
          + " 'none'";

  private static final String TRANSPORT = "Strict-Transport-Security";

  private final Optional<String> transport;

  SecurityHeaders(
      @Value("${yikao.hsts}") Duration hsts,
      @Value("${yikao.public-address:}") String publicAddress) {
    this.transport =
        hsts.isPositive() && publicAddress.startsWith("https:")
            ? Optional.of("max-age=" + hsts.toSeconds())
            : Optional.empty();
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    var path = request.getPath();
    var isApiPage = path.startsWith(ApiPage.PATH);
    var headers = response.getHeaders();
    headers.set("Content-Security-Policy", isApiPage ? POLICY_OF_API_PAGE : POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "same-origin");
    transport.ifPresent(value -> headers.set(TRANSPORT, value));
    if (response.code() >= 400 || !(path.startsWith(Assets.PATH) || isApiPage)) {
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }
}
