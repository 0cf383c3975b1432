package yikao.attempt;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Bearer;
import yikao.access.Editors;
import yikao.access.Secrets;
import yikao.web.Problem;

/** Who calls: by an attempt's token, by the secret of a guest's browser, or as an editor. */
@Singleton
public final class Callers {
  private static final String COOKIE = "yikao_guest";
  private static final Duration KEPT = Duration.ofDays(400);
  private static final int MIN_SECRET = 16;
  private static final int MAX_SECRET = 200;

  private final Attempts attempts;
  private final Editors editors;
  private final Secrets secrets;
  private final boolean secure;

  Callers(
      Attempts attempts,
      Editors editors,
      Secrets secrets,
      @Value("${yikao.public-address:}") String publicAddress) {
    this.attempts = attempts;
    this.editors = editors;
    this.secrets = secrets;
    this.secure = publicAddress.startsWith("https:");
  }

  /**
   * By what right a request reaches attempts.
   *
   * @throws Problem {@code unauthorized} where it carries neither token nor cookie
   */
  Credential credential(HttpRequest<?> request) {
    if (editors.isEditor(request)) {
      return new Credential.Staff();
    }
    return Bearer.of(request)
        .<Credential>map(token -> new Credential.Token(Secrets.sha256(token)))
        .or(() -> browser(request).map(s -> new Credential.Browser(attempts.guest(s))))
        .orElseThrow(() -> Problem.of(HttpStatus.UNAUTHORIZED, "unauthorized"));
  }

  /** The participant who calls: of the attempt that the token opens, or of the browser. */
  public Optional<UUID> participant(HttpRequest<?> request, Optional<UUID> attempt) {
    if (attempt.isPresent()) {
      return Optional.of(
          attempts.get(attempt.get(), credential(request)).attempt().participantId());
    }
    return browser(request).map(attempts::guest);
  }

  /** The secret of the guest's browser, where it has one. */
  Optional<String> browser(HttpRequest<?> request) {
    return request.getCookies().findCookie(COOKIE).map(Cookie::getValue).filter(Callers::isSecret);
  }

  /** A cookie with a fresh secret, or with the one the browser has. */
  Cookie cookie(Optional<String> secret) {
    return Cookie.of(COOKIE, secret.orElseGet(secrets::newToken))
        .httpOnly(true)
        .secure(secure)
        .sameSite(SameSite.Lax)
        .path("/")
        .maxAge(KEPT.toSeconds());
  }

  /** The secret of an {@code Idempotency-Key}, by which the API knows a guest. */
  String idempotencyKey(HttpRequest<?> request) {
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
}
