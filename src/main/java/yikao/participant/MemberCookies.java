package yikao.participant;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/**
 * The cookie that says which member a browser is used by. It goes with the browser's secret: with
 * another one it says nothing.
 */
@Singleton
final class MemberCookies {
  private static final String PLAIN = "yikao_member";

  private final SignedCookies cookies;
  private final String name;

  MemberCookies(SignedCookies cookies) {
    this.cookies = cookies;
    this.name = cookies.name(PLAIN);
  }

  /** The member, where the cookie goes with this secret. */
  Optional<UUID> member(HttpRequest<?> request, String secret) {
    return cookies.read(request, name, secret).map(UUID::fromString);
  }

  Cookie of(String secret, UUID member) {
    return cookies.of(name, secret, member.toString());
  }

  Cookie none() {
    return cookies.none(name);
  }
}
