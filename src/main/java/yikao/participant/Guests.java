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
import yikao.org.Organisations;
import yikao.web.Problem;

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
  private static final int MAX_BRANCH = 100;

  private final Secrets secrets;
  private final Organisations organisations;
  private final boolean secure;

  Guests(
      Secrets secrets,
      Organisations organisations,
      @Value("${yikao.public-address:}") String publicAddress) {
    this.secrets = secrets;
    this.organisations = organisations;
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
   * @param branch code or name of a branch where there is a list, otherwise any text
   * @throws Problem where name or branch is missing, too long, or no branch of the list
   */
  public Participant participant(String secret, String name, String branch) {
    var shown = text("participant.name", name, MAX_NAME);
    var place = text("participant.branch", branch, MAX_BRANCH);
    var tree = organisations.tree();
    if (tree.branches().isEmpty()) {
      return new Participant(id(secret), shown, new Branch.Named(place));
    }
    var chosen =
        tree.branch(place)
            .orElseThrow(() -> Problem.invalid("participant.branch", "unknown-branch"));
    return new Participant(id(secret), shown, new Branch.Known(chosen.id()));
  }

  private static String text(String field, String given, int most) {
    var text = given.strip();
    if (text.isEmpty() || text.length() > most || isUnprintable(text)) {
      throw Problem.invalid(field, "length", 1, most);
    }
    return text;
  }

  private static boolean isUnprintable(String text) {
    return text.codePoints().anyMatch(c -> Character.isISOControl(c) || !Character.isDefined(c));
  }
}
