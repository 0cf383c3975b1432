package yikao.access;

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

/**
 * The cookies of staff's browsers: the token of the session, and which account has signed in with
 * the browser before. Over https their names say that they are for this host alone.
 */
@Singleton
final class StaffCookies {
  private static final String SESSION = "yikao_staff";
  private static final String DEVICE = "yikao_device";
  private static final String OF_HOST = "__Host-";
  private static final Duration DEVICE_KEPT = Duration.ofDays(400);
  private static final int SIGNATURE_BYTES = 16;

  private final Vault vault;
  private final boolean secure;

  StaffCookies(Vault vault, @Value("${yikao.public-address:}") String publicAddress) {
    this.vault = vault;
    this.secure = publicAddress.startsWith("https:");
  }

  private String name(String plain) {
    return secure ? OF_HOST + plain : plain;
  }

  /** The token of the session that a browser says it has. */
  Optional<String> token(HttpRequest<?> request) {
    return value(request, name(SESSION)).filter(v -> !v.isEmpty());
  }

  /** The code of the account that has signed in with the browser before. */
  Optional<String> device(HttpRequest<?> request) {
    return value(request, name(DEVICE)).flatMap(this::signed);
  }

  private static Optional<String> value(HttpRequest<?> request, String name) {
    return request.getCookies().findCookie(name).map(Cookie::getValue);
  }

  private Optional<String> signed(String value) {
    var dot = value.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    var code = value.substring(0, dot);
    var given = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, signature(code).getBytes(StandardCharsets.UTF_8))
        ? Optional.of(code)
        : Optional.empty();
  }

  private String signature(String code) {
    return encoded(vault.digest("device", code));
  }

  private static String encoded(byte[] digest) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, SIGNATURE_BYTES));
  }

  /** What the forms of a session carry, so that no other site can send them. */
  String formToken(String sessionToken) {
    return encoded(vault.digest("form", sessionToken));
  }

  /** The cookie of a session; a browser that is closed forgets it. */
  Cookie session(String token) {
    return of(name(SESSION), token);
  }

  /** Takes the cookie of a session away. */
  Cookie noSession() {
    return of(name(SESSION), "").maxAge(0);
  }

  /** The cookie of a browser that an account has signed in with. */
  Cookie device(Account account) {
    return of(name(DEVICE), account.code() + "." + signature(account.code()))
        .maxAge(DEVICE_KEPT.toSeconds());
  }

  private Cookie of(String name, String value) {
    return Cookie.of(name, value).httpOnly(true).secure(secure).sameSite(SameSite.Lax).path("/");
  }
}
