package yikao.participant;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie by which a guest's browser is known: a secret that was made here. What it was called
 * before the service had https is read as well.
 */
@Singleton
final class GuestCookies {
  static final String PLAIN = "yikao_guest";
  private static final String ALONE = "";

  /** What earlier releases made, without a signature. */
  private static final Pattern UNSIGNED = Pattern.compile("[A-Za-z0-9_-]{32}");

  private final SignedCookies cookies;
  private final String name;

  GuestCookies(SignedCookies cookies) {
    this.cookies = cookies;
    this.name = cookies.name(PLAIN);
  }

  /** The secret of the cookie as it is made now. */
  Optional<String> present(HttpRequest<?> request) {
    return cookies.read(request, name, ALONE);
  }

  /** The secret of a cookie that was signed here, also under the name for http. */
  Optional<String> signed(HttpRequest<?> request) {
    return present(request)
        .or(() -> cookies.secure() ? cookies.read(request, PLAIN, ALONE) : Optional.empty());
  }

  /** What may be the secret of a cookie of an earlier release, and may be anything. */
  Optional<String> unsigned(HttpRequest<?> request) {
    return SignedCookies.value(request, PLAIN).filter(v -> UNSIGNED.matcher(v).matches());
  }

  /** A cookie with a secret. */
  Cookie of(String secret) {
    return cookies.of(name, ALONE, secret);
  }
}
