package yikao.participant;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
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
  private static final int MAX_NAME = 50;

  private final Secrets secrets;
  private final GuestCookies cookies;
  private final MemberCookies memberCookies;
  private final SignedCookies signed;
  private final FormerGuests formerGuests;
  private final Branches branches;

  Guests(
      Secrets secrets,
      GuestCookies cookies,
      MemberCookies memberCookies,
      SignedCookies signed,
      FormerGuests formerGuests,
      Branches branches) {
    this.secrets = secrets;
    this.cookies = cookies;
    this.memberCookies = memberCookies;
    this.signed = signed;
    this.formerGuests = formerGuests;
    this.branches = branches;
  }

  /** The participant that a guest's secret stands for. */
  public UUID id(String secret) {
    var digest = ByteBuffer.wrap(secrets.keyed("guest", secret));
    return new UUID(digest.getLong(), digest.getLong());
  }

  /**
   * Who uses the browser that sent a request, where its cookie was made here, or may have been by
   * an earlier release: it opens what was begun with it, and no more.
   */
  public Optional<Visitor> visitor(HttpRequest<?> request) {
    return cookies
        .signed(request)
        .or(() -> cookies.unsigned(request))
        .map(s -> visitor(request, s));
  }

  /** Who uses the browser that sent a request, by a secret that is the browser's. */
  public Visitor visitor(HttpRequest<?> request, String secret) {
    var member =
        memberCookies
            .member(request, secret)
            .map(id -> new Visitor.OfMember(id, Secrets.sha256(token(secret, id))));
    return new Visitor(id(secret), member);
  }

  /** The token by which what a member begins with a secret is opened. */
  public String token(String secret, UUID member) {
    return Secrets.encoded(secrets.keyed("member " + member, secret));
  }

  /**
   * The secret of the guest's browser, with which it may begin something: one that was made here.
   * For a cookie of an earlier release this reads the database.
   */
  public Optional<String> secret(HttpRequest<?> request) {
    return cookies
        .signed(request)
        .or(() -> cookies.unsigned(request).filter(s -> formerGuests.contains(id(s))));
  }

  /** A secret for a browser that has none. */
  public String newSecret() {
    return secrets.newToken();
  }

  /** The cookie with a secret. */
  public Cookie cookie(String secret) {
    return cookies.of(secret);
  }

  /** The cookie that says which member a browser with this secret is used by. */
  public Cookie cookie(String secret, UUID member) {
    return memberCookies.of(secret, member);
  }

  /** Takes away the cookie that says which member a browser is used by. */
  public Cookie noMember() {
    return memberCookies.none();
  }

  /** Whether a browser's cookie is as it is made now, and need not be sent again. */
  public boolean hasCookie(HttpRequest<?> request) {
    return cookies.present(request).isPresent();
  }

  /** Whether cookies go over HTTPS alone. */
  public boolean secure() {
    return signed.secure();
  }

  /**
   * The secret of an {@code Idempotency-Key}, which the client made.
   *
   * @throws Problem where there is none, or one that is not hard to guess
   */
  public static String idempotencyKey(HttpRequest<?> request) {
    var key = Optional.ofNullable(request.getHeaders().get("Idempotency-Key")).map(String::strip);
    if (key.isEmpty()) {
      throw Problem.invalid("Idempotency-Key", "missing");
    }
    if (!ClientSecret.isHardToGuess(key.get())) {
      throw Problem.invalid("Idempotency-Key", "start.weak-key");
    }
    return key.get();
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
