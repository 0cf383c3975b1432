package yikao.web;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.URI;
import java.util.Optional;

/**
 * Refuses changes that a page of another site asks a browser to make: with our cookie, or without
 * it, where the answer would set a new one. Programs send neither of the headers.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CrossSite {
  private final Optional<String> publicHost;

  CrossSite(@Value("${yikao.public-address:}") String publicAddress) {
    this.publicHost = publicAddress.isBlank() ? Optional.empty() : authority(publicAddress);
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    var reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
    if (!reads && isForeign(request)) {
      throw Problem.of(HttpStatus.FORBIDDEN, "cross-site");
    }
  }

  private boolean isForeign(HttpRequest<?> request) {
    if ("cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"))) {
      return true;
    }
    var origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    if (origin == null) {
      return false;
    }
    var from = authority(origin);
    var host = Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST));
    return from.isEmpty() || !(from.equals(host) || from.equals(publicHost));
  }

  private static Optional<String> authority(String address) {
    try {
      return Optional.ofNullable(URI.create(address).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
