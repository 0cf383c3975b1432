package yikao.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.web.Problem;

/**
 * Who of the staff calls: in the API by a token, on the console's pages by the cookie of a session.
 * A cookie opens no route of the API, so that no other site can use it there.
 */
@Singleton
public final class Callers {
  /** Where the console's pages are. */
  public static final String CONSOLE = "/console";

  private static final String STAFF = "yikao.access.staff";
  private static final String REFUSED = "yikao.access.refused";
  private static final List<Grant> EVERYTHING =
      List.of(new Grant(Role.ADMINISTRATOR, Optional.empty()));

  private final Secrets secrets;
  private final ApiTokens tokens;
  private final AccountStore accounts;
  private final SessionStore sessions;
  private final StaffCookies cookies;
  private final ClientAddress addresses;
  private final Provider<Subtrees> subtrees;
  private final Transactions transactions;
  private final NodeClock clock;

  Callers(
      Secrets secrets,
      ApiTokens tokens,
      AccountStore accounts,
      SessionStore sessions,
      StaffCookies cookies,
      ClientAddress addresses,
      Provider<Subtrees> subtrees,
      Transactions transactions,
      NodeClock clock) {
    this.secrets = secrets;
    this.tokens = tokens;
    this.accounts = accounts;
    this.sessions = sessions;
    this.cookies = cookies;
    this.addresses = addresses;
    this.subtrees = subtrees;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Who of the staff calls; who does stands in the audit log. May read the database. */
  public Optional<Staff> find(HttpRequest<?> request) {
    var known = staff(request);
    if (known.isPresent()) {
      return known;
    }
    var found = isConsole(request) ? bySession(request) : byToken(request);
    found.ifPresent(staff -> request.setAttribute(STAFF, staff));
    return found;
  }

  /** Whether a request is for a page of the console. */
  static boolean isConsole(HttpRequest<?> request) {
    var path = request.getPath();
    return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/");
  }

  /** Whether finding out who calls takes the database. */
  static boolean takesDatabase(HttpRequest<?> request) {
    return Bearer.of(request).filter(t -> t.startsWith(ApiTokens.PREFIX)).isPresent();
  }

  private Optional<Staff> byToken(HttpRequest<?> request) {
    var token = Bearer.of(request);
    if (token.filter(t -> t.startsWith(ApiTokens.PREFIX)).isPresent()) {
      return token.flatMap(tokens::find).flatMap(t -> ofToken(request, t));
    }
    return token
        .filter(secrets::isEditor)
        .map(_ ->
            new Staff(
                new Actor(Actor.EDITOR, addresses.shown(request)),
                Optional.empty(),
                EVERYTHING,
                true,
                subtrees.get()));
  }

  private Optional<Staff> ofToken(HttpRequest<?> request, ApiToken token) {
    return accounts
        .byId(transactions.read(), token.accountId())
        .filter(account -> !account.locked())
        .map(account -> staff(request, account, token.scope() == Scope.ALL));
  }

  private Optional<Staff> bySession(HttpRequest<?> request) {
    return session(request)
        .flatMap(session -> accounts.byId(transactions.read(), session.accountId()))
        .filter(account -> !account.locked())
        .map(account -> staff(request, account, true));
  }

  /** The session of a browser, where it is open. */
  private Optional<Session> session(HttpRequest<?> request) {
    var now = clock.instant();
    var found =
        cookies
            .token(request)
            .flatMap(token -> sessions.find(transactions.read(), Secrets.sha256(token), now));
    found.ifPresent(session -> sessions.seen(transactions.read(), session, now));
    return found;
  }

  private Staff staff(HttpRequest<?> request, Account account, boolean mayChange) {
    return new Staff(
        new Actor(account.actorCode(), addresses.shown(request)),
        Optional.of(account),
        account.grants(),
        mayChange,
        subtrees.get());
  }

  /** Who acts in a request with staff's rights, where that was asked before. */
  static Optional<Staff> staff(HttpRequest<?> request) {
    return request.getAttribute(STAFF, Staff.class);
  }

  /** Whether a request wanted staff's rights and had none. */
  static boolean isRefused(HttpRequest<?> request) {
    return request.getAttribute(REFUSED).isPresent();
  }

  /**
   * Lets staff pass.
   *
   * @throws Problem {@code staff-only} for everybody else
   */
  public Staff require(HttpRequest<?> request) {
    return find(request)
        .orElseThrow(() -> {
          request.setAttribute(REFUSED, true);
          return Problem.of(
              Bearer.of(request).isPresent() ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED,
              "staff-only");
        });
  }
}
