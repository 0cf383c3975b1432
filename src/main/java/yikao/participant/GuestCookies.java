package yikao.participant;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import yikao.access.Secrets;

/**
 * The cookie by which a guest's browser is known: a secret that was made here, with a signature of
 * it and of the cookie's name. Over https the name says that it is for this host alone, so that no
 * neighbouring host can set it; what it was before the service had https is read as well.
 */
@Singleton
final class GuestCookies {
  static final String PLAIN = "yikao_guest";
  static final String OF_HOST = "__Host-" + PLAIN;

  private static final Duration KEPT = Duration.ofDays(400);
  private static final int SIGNATURE_BYTES = 16;

  /** What earlier releases made, without a signature. */
  private static final Pattern UNSIGNED = Pattern.compile("[A-Za-z0-9_-]{32}");

  private final Secrets secrets;
  private final boolean secure;
  private final String name;

  GuestCookies(Secrets secrets, @Value("${yikao.public-address:}") String publicAddress) {
    this.secrets = secrets;
    this.secure = publicAddress.startsWith("https:");
    this.name = secure ? OF_HOST : PLAIN;
  }

  boolean secure() {
    return secure;
  }

  /** The secret of the cookie as it is made now. */
  Optional<String> present(HttpRequest<?> request) {
    return signed(request, name);
  }

  /** The secret of a cookie that was signed here, also under the name for http. */
  Optional<String> signed(HttpRequest<?> request) {
    return present(request).or(() -> secure ? signed(request, PLAIN) : Optional.empty());
  }

  /** What may be the secret of a cookie of an earlier release, and may be anything. */
  Optional<String> unsigned(HttpRequest<?> request) {
    return value(request, PLAIN).filter(v -> UNSIGNED.matcher(v).matches());
  }

  private Optional<String> signed(HttpRequest<?> request, String cookie) {
    return value(request, cookie).flatMap(value -> secret(cookie, value));
  }

  private static Optional<String> value(HttpRequest<?> request, String cookie) {
    return request.getCookies().findCookie(cookie).map(Cookie::getValue);
  }

  private Optional<String> secret(String cookie, String value) {
    var dot = value.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    var secret = value.substring(0, dot);
    var given = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    var right = signature(cookie, secret).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, right) ? Optional.of(secret) : Optional.empty();
  }

  private String signature(String cookie, String secret) {
    var digest = secrets.keyed("cookie " + cookie, secret);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, SIGNATURE_BYTES));
  }

  /** A cookie with a secret. */
  Cookie of(String secret) {
    return Cookie.of(name, secret + "." + signature(name, secret))
        .httpOnly(true)
        .secure(secure)
        .sameSite(SameSite.Lax)
        .path("/")
        .maxAge(KEPT.toSeconds());
  }
}
