package yikao.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.time.Duration;
import java.util.regex.Pattern;

/** The switch for large type, kept in the browser. */
public final class LargeType {
  static final String LARGE = "large";
  static final String NORMAL = "normal";

  /** The script writes the same cookie. */
  private static final String COOKIE = "yikao_type";

  private static final Duration KEPT = Duration.ofDays(400);
  private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[\\w\\-./?=&%]*");

  private LargeType() {}

  /** Whether the browser asked for large type. */
  public static boolean isOn(HttpRequest<?> request) {
    return request.getCookies().findCookie(COOKIE).map(Cookie::getValue).orElse("").equals(LARGE);
  }

  static boolean isSize(String size) {
    return size.equals(LARGE) || size.equals(NORMAL);
  }

  /** The cookie that keeps a size; anything but {@code large} is normal. */
  public static Cookie cookie(String size) {
    return Cookie.of(COOKIE, size.equals(LARGE) ? LARGE : NORMAL)
        .sameSite(SameSite.Lax)
        .path("/")
        .maxAge(KEPT.toSeconds());
  }

  /** An address of this service; the front page where it is none. */
  static String ownPath(String path) {
    return OWN_PATH.matcher(path).matches() ? path : "/";
  }
}
