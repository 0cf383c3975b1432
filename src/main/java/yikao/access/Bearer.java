package yikao.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** The token of an {@code Authorization: Bearer} header. */
public final class Bearer {
  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** The token, where the request carries one. */
  public static Optional<String> of(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.AUTHORIZATION))
        .filter(h -> h.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(h -> h.substring(SCHEME.length()).strip())
        .filter(t -> !t.isEmpty());
  }
}
