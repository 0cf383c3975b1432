package yikao.web;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses changes that a page of another site asks a browser to make: with our cookie, or without
 * it, where the answer would set a new one. Where the public address is set, a page must be of that
 * origin, whatever Host a proxy passes on; where it is not, of the host that was asked, or of one
 * that the browser itself calls the same. Programs send none of these headers.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CrossSite {
  private final Optional<Origin> publicOrigin;
  private final String publicAddress;

  CrossSite(@Value("${yikao.public-address:}") String publicAddress) {
    this.publicAddress = publicAddress;
    this.publicOrigin = Origin.of(publicAddress);
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    if (request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD) {
      return;
    }
    var headers = request.getHeaders();
    var relation = headers.get("Sec-Fetch-Site");
    if ("cross-site".equals(relation)) {
      throw Problem.of(HttpStatus.FORBIDDEN, "cross-site");
    }
    var origin = headers.get(HttpHeaders.ORIGIN);
    if (origin == null) {
      return;
    }
    var host = headers.get(HttpHeaders.HOST);
    if (publicOrigin.isPresent() && !isPublic(origin, host)) {
      throw Problem.of(HttpStatus.FORBIDDEN, "other-address", publicAddress);
    }
    if (publicOrigin.isEmpty() && !isAsked(origin, host) && !"same-origin".equals(relation)) {
      throw Problem.of(HttpStatus.FORBIDDEN, "other-host");
    }
  }

  /** Of the public address, or of this machine itself, as an operator sees it. */
  private boolean isPublic(String origin, @Nullable String host) {
    var from = Origin.of(origin);
    return from.equals(publicOrigin)
        || (from.filter(Origin::isOfThisMachine).isPresent() && isAsked(origin, host));
  }

  private static boolean isAsked(String origin, @Nullable String host) {
    return host != null && Origin.of(origin).filter(o -> o.isAt(host)).isPresent();
  }
}
