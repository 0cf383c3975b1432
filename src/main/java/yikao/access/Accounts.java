package yikao.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.text.NameFolding;
import yikao.web.Problem;
import yikao.web.ShownText;

/** Accounts of the staff: made, given roles, closed, and given new passwords. */
@Singleton
public final class Accounts {
  static final int MAX_NAME = 50;
  private static final int MOST_GRANTS = 50;

  /** Without what is taken for something else when it is read out. */
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

  private static final int CODE_LENGTH = 10;
  private static final int PASSWORD_LENGTH = 16;
  private static final int FREE_TRIES = 5;
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private final Transactions transactions;
  private final AccountStore store;
  private final SessionStore sessions;
  private final ApiTokens tokens;
  private final Passwords passwords;
  private final Secrets secrets;
  private final AuditLog audit;
  private final NodeClock clock;

  /** Of the own password, before it is changed; by account. */
  private final Cache<Long, Tries> tries =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(1)).build();

  Accounts(
      Transactions transactions,
      AccountStore store,
      SessionStore sessions,
      ApiTokens tokens,
      Passwords passwords,
      Secrets secrets,
      AuditLog audit,
      NodeClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.sessions = sessions;
    this.tokens = tokens;
    this.passwords = passwords;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * An account with a password that was made here, which its owner changes at the first sign-in.
   *
   * @param password shown once, to whoever made or reset it
   */
  public record WithPassword(Account account, String password) {}

  /** The spelling by which names are compared: 王芳 and ｗａｎｇ are found however they are typed. */
  static String key(String name) {
    return NameFolding.fold(name).toLowerCase(Locale.ROOT);
  }

  /** Those that are this one's to keep, and the own one. */
  List<Account> seenBy(Staff staff) {
    return store.all(transactions.read()).stream()
        .filter(account ->
            staff.canAdministrate(account)
                || staff.account().filter(own -> own.id() == account.id()).isPresent())
        .toList();
  }

  /**
   * An account that is this one's to keep.
   *
   * @throws Problem {@code no-such-account} also where it is another's
   */
  Account keptBy(Staff staff, String code) {
    return store
        .byCode(transactions.read(), code)
        .map(AccountStore.Stored::account)
        .filter(staff::canAdministrate)
        .orElseThrow(() -> Problem.notFound("no-such-account"));
  }

  /** The name that an account goes by where it stands beside what it did. */
  Optional<String> nameOf(String actorCode) {
    return actorCode.startsWith(Actor.ACCOUNT)
        ? store
            .byCode(transactions.read(), actorCode.substring(Actor.ACCOUNT.length()))
            .map(stored -> stored.account().fullName())
        : Optional.empty();
  }

  /** The names of all accounts, by what they are called beside what they did. */
  Map<String, String> names() {
    return store.all(transactions.read()).stream()
        .collect(Collectors.toMap(Account::actorCode, Account::fullName));
  }

  /**
   * Makes an account.
   *
   * @throws Problem where a field is wrong, the name is taken, or a role is not this one's to give
   */
  WithPassword create(
      Staff by, @Nullable String name, @Nullable String fullName, List<Grant> grants) {
    var shown = ShownText.line("name", name, 2, MAX_NAME);
    var full = ShownText.line("fullName", fullName, 1, MAX_NAME);
    requireGiven(by, grants);
    if (grants.isEmpty()) {
      throw Problem.invalid("roles", "missing");
    }
    var password = random(PASSWORD_LENGTH);
    var hash = passwords.hash(password);
    var made =
        transactions.write(dsl -> {
          var account = insert(dsl, shown, full, grants, hash);
          audit.append(
              dsl, by.actor().change("account.create", subject(account), "", said(grants)));
          return account;
        });
    return new WithPassword(made, password);
  }

  /** The first administrator, at the first start. */
  Optional<WithPassword> first(DSLContext dsl, String name, String fullName) {
    if (!store.isEmpty(dsl)) {
      return Optional.empty();
    }
    var grants = List.of(new Grant(Role.ADMINISTRATOR, Optional.empty()));
    var password = random(PASSWORD_LENGTH);
    var account = insert(dsl, name, fullName, grants, passwords.hash(password));
    audit.append(dsl, Actor.SYSTEM.change("account.create", subject(account), "", said(grants)));
    return Optional.of(new WithPassword(account, password));
  }

  private Account insert(
      DSLContext dsl, String name, String fullName, List<Grant> grants, String hash) {
    if (store.byKey(dsl, key(name)).isPresent()) {
      throw Problem.invalid("name", "account.name-taken");
    }
    var fresh = new Account(0, random(CODE_LENGTH), name, fullName, true, false, 1, grants);
    store.insert(dsl, fresh, key(name), hash, clock.instant());
    return store.byCode(dsl, fresh.code()).orElseThrow().account();
  }

  /**
   * Gives an account these roles in place of those it had.
   *
   * @param seen the version of the account that was seen
   * @throws Problem also where nobody would be left who keeps everything
   */
  Account grant(Staff by, String code, int seen, List<Grant> grants) {
    requireGiven(by, grants);
    if (grants.isEmpty()) {
      throw Problem.invalid("roles", "account.no-role-left");
    }
    return change(
        by,
        code,
        Optional.of(seen),
        (dsl, account) -> {
          store.grants(dsl, account.id(), grants, clock.instant());
          store.changed(dsl, account);
          requireAdministrator(dsl);
          audit.append(
              dsl,
              by.actor()
                  .change("account.roles", subject(account), said(account.grants()), said(grants)));
          return store.byId(dsl, account.id()).orElseThrow();
        });
  }

  /** Closes an account, whose sessions and tokens end, or opens it again. */
  Account lock(Staff by, String code, int seen, boolean locked) {
    return change(
        by,
        code,
        Optional.of(seen),
        (dsl, account) -> {
          var next =
              new Account(
                  account.id(),
                  account.code(),
                  account.name(),
                  account.fullName(),
                  account.mustChange(),
                  locked,
                  account.version(),
                  account.grants());
          store.changed(dsl, next);
          requireAdministrator(dsl);
          if (locked) {
            sessions.endAll(dsl, account.id(), Optional.empty());
            tokens.revokeAll(dsl, account.id());
          }
          audit.append(
              dsl,
              by.actor()
                  .change(locked ? "account.close" : "account.open", subject(account), "", ""));
          return store.byId(dsl, account.id()).orElseThrow();
        });
  }

  /**
   * Gives an account a new password, to be changed at the next sign-in; its sessions end, and its
   * tokens are revoked: whoever had it may have made some.
   */
  WithPassword reset(Staff by, String code) {
    var password = random(PASSWORD_LENGTH);
    var hash = passwords.hash(password);
    var account =
        change(
            by,
            code,
            Optional.empty(),
            (dsl, held) -> {
              store.password(dsl, held.id(), hash, true, clock.instant());
              sessions.endAll(dsl, held.id(), Optional.empty());
              tokens.revokeAll(dsl, held.id());
              audit.append(dsl, by.actor().change("account.reset", subject(held), "", ""));
              return held;
            });
    return new WithPassword(account, password);
  }

  /**
   * Changes the own password; all other sessions of the account end.
   *
   * @param session that stays
   * @throws Problem where the old one is wrong or the new one will not do
   */
  void changePassword(
      Actor actor, Account own, byte[] session, String before, String after, String again) {
    var stored = store.byCode(transactions.read(), own.code()).orElseThrow();
    var counted = new Tries[] {tries.get(own.id(), _ -> new Tries(FREE_TRIES, LONGEST_DELAY))};
    Tries.begin(counted, System.nanoTime());
    if (!passwords.matches(before, stored.password())) {
      throw Problem.invalid("before", "password.wrong");
    }
    counted[0].right();
    PasswordPolicy.wrong(after, List.of(own.name(), own.fullName()))
        .ifPresent(code -> {
          throw Problem.invalid("after", code, PasswordPolicy.LEAST, PasswordPolicy.MOST);
        });
    if (after.equals(before)) {
      throw Problem.invalid("after", "password.same");
    }
    if (!after.equals(again)) {
      throw Problem.invalid("again", "password.not-again");
    }
    var hash = passwords.hash(after);
    transactions.write(dsl -> {
      var held = store.held(dsl, own.code()).orElseThrow();
      if (!held.password().equals(stored.password())) {
        throw Problem.invalid("before", "password.wrong"); // reset meanwhile
      }
      store.password(dsl, own.id(), hash, false, clock.instant());
      sessions.endAll(dsl, own.id(), Optional.of(session));
      audit.append(dsl, actor.change("account.password", subject(own), "", ""));
      return true;
    });
  }

  private <R> R change(
      Staff by, String code, Optional<Integer> seen, BiFunction<DSLContext, Account, R> work) {
    return transactions.write(dsl -> {
      var account =
          store
              .held(dsl, code)
              .map(AccountStore.Stored::account)
              .filter(by::canAdministrate)
              .orElseThrow(() -> Problem.notFound("no-such-account"));
      if (seen.isPresent() && seen.get() != account.version()) {
        throw Problem.of(HttpStatus.PRECONDITION_FAILED, "account.stale", account.version());
      }
      return work.apply(dsl, account);
    });
  }

  private static void requireGiven(Staff by, List<Grant> grants) {
    if (grants.size() > MOST_GRANTS) {
      throw Problem.invalid("roles", "too-many", MOST_GRANTS);
    }
    for (var grant : grants) {
      if (grant.role().isOfBank() && grant.organisationId().isPresent()) {
        throw Problem.invalid("roles", "account.role-of-bank");
      }
      by.check(by.canAdministrate(grant.organisationId()));
    }
  }

  /** Somebody has to be left who can let others in. */
  private void requireAdministrator(DSLContext dsl) {
    var all = new Grant(Role.ADMINISTRATOR, Optional.empty());
    if (store.all(dsl).stream().noneMatch(a -> !a.locked() && a.grants().contains(all))) {
      throw Problem.conflict("account.last-administrator");
    }
  }

  private static String subject(Account account) {
    return account.actorCode();
  }

  private static String said(Collection<Grant> grants) {
    return grants.stream()
        .map(grant -> grant.role().code() + grant.organisationId().map(id -> "@" + id).orElse(""))
        .collect(Collectors.joining(" "));
  }

  private String random(int length) {
    var bytes = new byte[length];
    secrets.random(bytes);
    var text = new StringBuilder();
    for (var b : bytes) {
      text.append(ALPHABET.charAt(Math.floorMod(b, ALPHABET.length())));
    }
    return text.toString();
  }
}
