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
import yikao.access.Secrets;

/**
 * Cookies that hold something together with a signature of it, of the cookie's name and of what it
 * goes with. Over https the name says that the cookie is for this host alone, so that no
 * neighbouring host can set it.
 */
@Singleton
final class SignedCookies {
  private static final String OF_HOST = "__Host-";
  private static final Duration KEPT = Duration.ofDays(400);
  private static final int SIGNATURE_BYTES = 16;

  private final Secrets secrets;
  private final boolean secure;

  SignedCookies(Secrets secrets, @Value("${yikao.public-address:}") String publicAddress) {
    this.secrets = secrets;
    this.secure = publicAddress.startsWith("https:");
  }

  boolean secure() {
    return secure;
  }

  /** The name that a cookie has now. */
  String name(String plain) {
    return secure ? OF_HOST + plain : plain;
  }

  /** What a cookie of this name holds, where it was signed here for that. */
  Optional<String> read(HttpRequest<?> request, String name, String with) {
    return value(request, name).flatMap(value -> read(name, with, value));
  }

  static Optional<String> value(HttpRequest<?> request, String name) {
    return request.getCookies().findCookie(name).map(Cookie::getValue);
  }

  private Optional<String> read(String name, String with, String value) {
    var dot = value.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    var held = value.substring(0, dot);
    var given = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    var right = signature(name, with, held).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, right) ? Optional.of(held) : Optional.empty();
  }

  private String signature(String name, String with, String held) {
    var digest = secrets.keyed("cookie " + name + with, held);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, SIGNATURE_BYTES));
  }

  /** A cookie that holds something. */
  Cookie of(String name, String with, String held) {
    return cookie(name, held + "." + signature(name, with, held)).maxAge(KEPT.toSeconds());
  }

  /** Takes a cookie away. */
  Cookie none(String name) {
    return cookie(name, "").maxAge(0);
  }

  private Cookie cookie(String name, String value) {
    return Cookie.of(name, value).httpOnly(true).secure(secure).sameSite(SameSite.Lax).path("/");
  }
}
