package yikao.access;

import static yikao.db.jooq.Tables.API_TOKEN;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.jooq.tables.records.ApiTokenRecord;
import yikao.web.Problem;
import yikao.web.ShownText;

/** Tokens for programs: made and revoked by their owner, stored by their digests. */
@Singleton
final class ApiTokens {
  /** By which they are told from the tokens of attempts, without asking the database. */
  static final String PREFIX = "ykt_";

  static final int MOST_DAYS = 366;
  private static final int MOST_OF_ACCOUNT = 20;
  private static final int MAX_NAME = 50;
  private static final Duration USED_TO = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final Secrets secrets;
  private final AuditLog audit;
  private final NodeClock clock;

  ApiTokens(Transactions transactions, Secrets secrets, AuditLog audit, NodeClock clock) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /** A token that was made; it is shown once. */
  record Made(ApiToken token, String secret) {}

  /**
   * Makes a token.
   *
   * @param days after which it ends, from 1 to 366
   * @throws Problem where a field is wrong, or the account has too many
   */
  Made make(Actor actor, Account owner, @Nullable String name, @Nullable String scope, int days) {
    var shown = ShownText.line("name", name, 1, MAX_NAME);
    var wanted =
        Scope.of(scope == null ? "" : scope)
            .orElseThrow(() -> Problem.invalid("scope", "token.scope.wrong"));
    if (days < 1 || days > MOST_DAYS) {
      throw Problem.invalid("days", "range", 1, MOST_DAYS);
    }
    var secret = PREFIX + secrets.newToken();
    var now = clock.instant();
    var made =
        transactions.write(dsl -> {
          if (open(dsl, owner.id(), now).size() >= MOST_OF_ACCOUNT) {
            throw Problem.of(HttpStatus.CONFLICT, "token.too-many", MOST_OF_ACCOUNT);
          }
          var record =
              dsl.insertInto(API_TOKEN)
                  .set(API_TOKEN.TOKEN_HASH, Secrets.sha256(secret))
                  .set(API_TOKEN.ACCOUNT_ID, owner.id())
                  .set(API_TOKEN.NAME, shown)
                  .set(API_TOKEN.SCOPE, wanted.code())
                  .set(API_TOKEN.CREATED_AT, now)
                  .set(API_TOKEN.EXPIRES_AT, now.plus(Duration.ofDays(days)))
                  .returningResult(API_TOKEN.ID)
                  .fetchSingle();
          audit.append(
              dsl, actor.change("token.make", "token:" + record.value1(), "", wanted.code()));
          return record.value1();
        });
    return new Made(
        new ApiToken(
            made,
            owner.id(),
            shown,
            wanted,
            now,
            now.plus(Duration.ofDays(days)),
            Optional.empty()),
        secret);
  }

  /** Those of an account that can still be used. */
  List<ApiToken> of(Account owner) {
    return open(transactions.read(), owner.id(), clock.instant());
  }

  private static List<ApiToken> open(DSLContext dsl, long owner, Instant now) {
    return dsl.selectFrom(API_TOKEN)
        .where(API_TOKEN.ACCOUNT_ID.eq(owner))
        .and(API_TOKEN.REVOKED_AT.isNull())
        .and(API_TOKEN.EXPIRES_AT.gt(now))
        .orderBy(API_TOKEN.ID)
        .fetch(ApiTokens::token);
  }

  /**
   * Ends a token of the own account.
   *
   * @throws Problem {@code no-such-token}
   */
  void revoke(Actor actor, Account owner, long id) {
    transactions.write(dsl -> {
      var ended =
          dsl.update(API_TOKEN)
              .set(API_TOKEN.REVOKED_AT, clock.instant())
              .where(API_TOKEN.ID.eq(id))
              .and(API_TOKEN.ACCOUNT_ID.eq(owner.id()))
              .and(API_TOKEN.REVOKED_AT.isNull())
              .execute();
      if (ended == 0) {
        throw Problem.notFound("no-such-token");
      }
      audit.append(dsl, actor.change("token.revoke", "token:" + id, "", ""));
      return true;
    });
  }

  /** Ends all tokens of an account. */
  void revokeAll(DSLContext transaction, long owner) {
    transaction
        .update(API_TOKEN)
        .set(API_TOKEN.REVOKED_AT, clock.instant())
        .where(API_TOKEN.ACCOUNT_ID.eq(owner))
        .and(API_TOKEN.REVOKED_AT.isNull())
        .execute();
  }

  /** The token that a caller has sent, where it can be used. */
  Optional<ApiToken> find(String secret) {
    var now = clock.instant();
    var dsl = transactions.read();
    var found =
        dsl.selectFrom(API_TOKEN)
            .where(API_TOKEN.TOKEN_HASH.eq(Secrets.sha256(secret)))
            .and(API_TOKEN.REVOKED_AT.isNull())
            .and(API_TOKEN.EXPIRES_AT.gt(now))
            .fetchOptional(ApiTokens::token);
    found
        .filter(token -> token.usedAt().map(at -> at.plus(USED_TO).isBefore(now)).orElse(true))
        .ifPresent(token ->
            dsl.update(API_TOKEN)
                .set(API_TOKEN.USED_AT, now)
                .where(API_TOKEN.ID.eq(token.id()))
                .execute());
    return found;
  }

  private static ApiToken token(ApiTokenRecord r) {
    return new ApiToken(
        r.getId(),
        r.getAccountId(),
        r.getName(),
        Scope.of(r.getScope()).orElseThrow(),
        r.getCreatedAt(),
        r.getExpiresAt(),
        Optional.ofNullable(r.getUsedAt()));
  }
}
