package yikao.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;

/**
 * Signing in with name and password. Wrong tries make who tries wait, twice as long each time: by
 * network address and account, and by account over all addresses, later and less. A browser that
 * this account has signed in with before has tries of its own, so that nobody who guesses, from
 * wherever, keeps an account's owner out (device cookies, as OWASP describes them).
 */
@Singleton
final class SignIn {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST = 20_000;
  private static final int FREE = 5;
  private static final int FREE_OF_ACCOUNT = 50;
  private static final int FREE_OF_ADDRESS = 50;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration LONGEST_OF_ACCOUNT = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final AccountStore accounts;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final Secrets secrets;
  private final AuditLog audit;
  private final NodeClock clock;
  private final LongSupplier nanos;

  /** Of no account; compared with where there is none, so that both take as long. */
  private final String nobodys;

  private final Cache<String, Tries> tries =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

  @Inject
  SignIn(
      Transactions transactions,
      AccountStore accounts,
      SessionStore sessions,
      Passwords passwords,
      Secrets secrets,
      AuditLog audit,
      NodeClock clock) {
    this(transactions, accounts, sessions, passwords, secrets, audit, clock, System::nanoTime);
  }

  SignIn(
      Transactions transactions,
      AccountStore accounts,
      SessionStore sessions,
      Passwords passwords,
      Secrets secrets,
      AuditLog audit,
      NodeClock clock,
      LongSupplier nanos) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
    this.nanos = nanos;
    this.nobodys = passwords.hash(secrets.newToken());
  }

  /**
   * Who wants in, and from where.
   *
   * @param network the address, of IPv6 the network of 64 bits
   * @param device the code of the account that this browser has signed in with before
   */
  record Caller(String address, String network, String browser, Optional<String> device) {}

  /** Signed in. */
  record SignedIn(Account account, String token) {}

  /**
   * Signs in.
   *
   * @return absent where name and password are not those of an open account
   * @throws yikao.web.Problem {@code too-many-tries} where this one has to wait
   */
  Optional<SignedIn> signIn(String name, String password, Caller caller) {
    var key = Accounts.key(name);
    var found =
        key.length() <= Accounts.MAX_NAME * 2
            ? accounts.byKey(transactions.read(), key)
            : Optional.<AccountStore.Stored>empty();
    var isOwnDevice =
        found.filter(s -> caller.device().filter(s.account().code()::equals).isPresent());
    var counted =
        isOwnDevice.isPresent()
            ? new Tries[] {of("device " + key, FREE, LONGEST)}
            : new Tries[] {
              of("pair %s %s".formatted(caller.network(), key), FREE, LONGEST),
              of("address " + caller.network(), FREE_OF_ADDRESS, LONGEST),
              of("account " + key, FREE_OF_ACCOUNT, LONGEST_OF_ACCOUNT)
            };
    Tries.begin(counted, nanos.getAsLong());
    var isRight =
        passwords.matches(cut(password), found.map(AccountStore.Stored::password).orElse(nobodys));
    var account = found.map(AccountStore.Stored::account).filter(a -> isRight && !a.locked());
    if (account.isPresent()) {
      for (var of : counted) {
        of.right();
      }
    }
    return account.flatMap(a -> open(a, found.orElseThrow().password(), caller));
  }

  /** Nobody's password is longer, and a long one costs time. */
  private static String cut(String password) {
    return password.length() > 4 * PasswordPolicy.MOST ? "" : password;
  }

  private Tries of(String whose, int free, Duration longest) {
    return tries.get(whose, _ -> new Tries(free, longest));
  }

  /** Absent where the account was closed or its password changed since it was compared. */
  private Optional<SignedIn> open(Account account, String password, Caller caller) {
    var token = secrets.newToken();
    return transactions.write(dsl -> {
      var now = clock.instant();
      var held = accounts.held(dsl, account.code());
      if (held.filter(s -> !s.account().locked() && s.password().equals(password)).isEmpty()) {
        return Optional.<SignedIn>empty();
      }
      sessions.clean(dsl, now);
      sessions.insert(
          dsl,
          Secrets.sha256(token),
          new Session(0, account.id(), now, now, caller.address(), caller.browser()));
      audit.append(
          dsl,
          new Actor(account.actorCode(), caller.address())
              .change("session.begin", account.actorCode(), "", ""));
      return Optional.of(new SignedIn(account, token));
    });
  }
}
