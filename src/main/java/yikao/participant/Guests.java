package yikao.participant;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Secrets;
import yikao.web.Problem;
import yikao.web.ShownText;

/**
 * Guests: each is known by a secret alone, which a browser keeps as a cookie and a client of the
 * API sends as the {@code Idempotency-Key} of its start.
 */
@Singleton
public final class Guests {
  private static final String COOKIE = "yikao_guest";
  private static final Duration KEPT = Duration.ofDays(400);
  private static final int MIN_SECRET = 16;
  private static final int MAX_SECRET = 200;
  private static final int MAX_NAME = 50;

  private final Secrets secrets;
  private final Branches branches;
  private final boolean secure;

  Guests(
      Secrets secrets, Branches branches, @Value("${yikao.public-address:}") String publicAddress) {
    this.secrets = secrets;
    this.branches = branches;
    this.secure = publicAddress.startsWith("https:");
  }

  /** The participant that a guest's secret stands for. */
  public UUID id(String secret) {
    var digest = ByteBuffer.wrap(secrets.keyed("guest", secret));
    return new UUID(digest.getLong(), digest.getLong());
  }

  /** The guest whose browser sent a request, where it has a secret. */
  public Optional<UUID> id(HttpRequest<?> request) {
    return secret(request).map(this::id);
  }

  /** The secret of the guest's browser, where it has one. */
  public Optional<String> secret(HttpRequest<?> request) {
    return request.getCookies().findCookie(COOKIE).map(Cookie::getValue).filter(Guests::isSecret);
  }

  /** A cookie with a fresh secret, or with the one that the browser has. */
  public Cookie cookie(Optional<String> secret) {
    return Cookie.of(COOKIE, secret.orElseGet(secrets::newToken))
        .httpOnly(true)
        .secure(secure)
        .sameSite(SameSite.Lax)
        .path("/")
        .maxAge(KEPT.toSeconds());
  }

  /** Whether cookies go over HTTPS alone. */
  public boolean secure() {
    return secure;
  }

  /**
   * The secret of an {@code Idempotency-Key}.
   *
   * @throws Problem where there is none, or too short a one
   */
  public static String idempotencyKey(HttpRequest<?> request) {
    var key = Optional.ofNullable(request.getHeaders().get("Idempotency-Key")).map(String::strip);
    if (key.isEmpty()) {
      throw Problem.invalid("Idempotency-Key", "missing");
    }
    if (!isSecret(key.get())) {
      throw Problem.invalid("Idempotency-Key", "length", MIN_SECRET, MAX_SECRET);
    }
    return key.get();
  }

  private static boolean isSecret(String text) {
    return text.length() >= MIN_SECRET && text.length() <= MAX_SECRET;
  }

  /**
   * A guest with the name and branch given.
   *
   * @param branch as for {@link Branches#read}
   * @throws Problem where name or branch is missing, too long, not to be seen, or no one branch of
   *     the list
   */
  public Participant participant(String secret, String name, String branch) {
    return named(id(secret), name, branch, "participant.");
  }

  /**
   * A participant with the name and branch given.
   *
   * @param at what the fields stand in, as the request writes it
   * @throws Problem as for a guest
   */
  public Participant named(UUID id, String name, String branch, String at) {
    var shown = ShownText.line(at + "name", name, 1, MAX_NAME);
    return new Participant(id, shown, branches.read(at + "branch", branch));
  }
}
