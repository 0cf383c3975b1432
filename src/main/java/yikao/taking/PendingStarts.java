package yikao.taking;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import yikao.access.Secrets;
import yikao.db.NodeClock;
import yikao.participant.Guests;
import yikao.quiz.Claim;

/**
 * Starts that wait for their turn without a script. The form's claim is kept in a cookie that only
 * the answer to that form sets, so that a later look at the quiz's page may go on with it. It is
 * signed for one quiz and one guest, and holds for some minutes.
 */
@Singleton
final class PendingStarts {
  private static final String COOKIE = "yikao_start";
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final String SEPARATOR = "\u0000";
  private static final int FIELDS = 4;

  /** Name and branch in UTF-8 need less; a longer one would be refused anyway. */
  private static final int LONGEST = 3_000;

  private final Secrets secrets;
  private final Guests guests;
  private final NodeClock clock;

  PendingStarts(Secrets secrets, Guests guests, NodeClock clock) {
    this.secrets = secrets;
    this.guests = guests;
    this.clock = clock;
  }

  /**
   * A start that waits.
   *
   * @param until when it is given up
   */
  record Pending(Claim.Named claim, Instant until) {}

  /** A claim that begins to wait now. */
  Pending of(Claim.Named claim) {
    return new Pending(claim, clock.instant().plus(KEPT));
  }

  /** The cookie that keeps a claim; absent where it is too long to be one. */
  Optional<Cookie> cookie(String quiz, Pending pending) {
    var claim = pending.claim();
    var content =
        String.join(
            SEPARATOR,
            Long.toString(pending.until().toEpochMilli()),
            claim.name(),
            claim.branch(),
            claim.digits());
    var value =
        encode(content.getBytes(StandardCharsets.UTF_8))
            + "."
            + encode(signature(quiz, claim.secret(), content));
    return Optional.of(value)
        .filter(v -> v.length() <= LONGEST)
        .map(v -> cookie(quiz, v).maxAge(KEPT.toSeconds()));
  }

  /** Whether a start still waits when it may come again. */
  boolean isWaiting(Pending pending, Busy busy) {
    return clock.instant().plusSeconds(busy.seconds()).isBefore(pending.until());
  }

  /** Whether a request brings a cookie, of whatever claim. */
  static boolean isIn(HttpRequest<?> request) {
    return request.getCookies().contains(COOKIE);
  }

  /** Takes the cookie away. */
  Cookie none(String quiz) {
    return cookie(quiz, "").maxAge(0);
  }

  private Cookie cookie(String quiz, String value) {
    return Cookie.of(COOKIE, value)
        .httpOnly(true)
        .secure(guests.secure())
        .sameSite(SameSite.Lax)
        .path("/quizzes/" + quiz);
  }

  /** The start that waits in a request's cookie; absent where it is not ours, or too old. */
  Optional<Pending> of(HttpRequest<?> request, String quiz) {
    var value = request.getCookies().findCookie(COOKIE).map(Cookie::getValue).orElse("");
    return guests.secret(request).flatMap(secret -> read(quiz, secret, value));
  }

  private Optional<Pending> read(String quiz, String secret, String value) {
    try {
      var parts = value.split("\\.", 2);
      if (parts.length < 2) {
        return Optional.empty();
      }
      var content = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
      var given = Base64.getUrlDecoder().decode(parts[1]);
      if (!MessageDigest.isEqual(given, signature(quiz, secret, content))) {
        return Optional.empty();
      }
      var fields = content.split(SEPARATOR, FIELDS);
      var until = Instant.ofEpochMilli(Long.parseLong(fields[0]));
      if (fields.length < FIELDS) {
        return Optional.empty();
      }
      return Optional.of(
              new Pending(new Claim.Named(secret, fields[1], fields[2], fields[3]), until))
          .filter(p -> clock.instant().isBefore(p.until()));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private byte[] signature(String quiz, String secret, String content) {
    return secrets.keyed("start", String.join(SEPARATOR, quiz, secret, content));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
