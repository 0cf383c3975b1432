package yikao.access;

import static yikao.db.jooq.Tables.SESSION;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.jooq.tables.records.SessionRecord;

/** Sessions in the database, each by the digest of its token. */
@Singleton
final class SessionStore {
  /** A browser left open for so long has to sign in again. */
  static final Duration IDLE = Duration.ofHours(8);

  /** So does every other after so long. */
  static final Duration LONGEST = Duration.ofDays(7);

  private static final Duration SEEN_TO = Duration.ofMinutes(1);

  void insert(DSLContext dsl, byte[] tokenHash, Session session) {
    dsl.insertInto(SESSION)
        .set(SESSION.TOKEN_HASH, tokenHash)
        .set(SESSION.ACCOUNT_ID, session.accountId())
        .set(SESSION.CREATED_AT, session.createdAt())
        .set(SESSION.SEEN_AT, session.seenAt())
        .set(SESSION.ADDRESS, session.address())
        .set(SESSION.BROWSER, session.browser())
        .execute();
  }

  /** The session of a token that is still open. */
  Optional<Session> find(DSLContext dsl, byte[] tokenHash, Instant now) {
    return dsl.selectFrom(SESSION)
        .where(SESSION.TOKEN_HASH.eq(tokenHash))
        .and(isOpen(now))
        .fetchOptional(SessionStore::session);
  }

  /** Writes down that it was used, once a minute. */
  void seen(DSLContext dsl, Session session, Instant now) {
    if (session.seenAt().plus(SEEN_TO).isBefore(now)) {
      dsl.update(SESSION).set(SESSION.SEEN_AT, now).where(SESSION.ID.eq(session.id())).execute();
    }
  }

  List<Session> open(DSLContext dsl, long accountId, Instant now) {
    return dsl.selectFrom(SESSION)
        .where(SESSION.ACCOUNT_ID.eq(accountId))
        .and(isOpen(now))
        .orderBy(SESSION.SEEN_AT.desc(), SESSION.ID)
        .fetch(SessionStore::session);
  }

  /** Ends a session, of this account alone. */
  boolean end(DSLContext dsl, long accountId, long id) {
    return dsl.deleteFrom(SESSION)
            .where(SESSION.ID.eq(id))
            .and(SESSION.ACCOUNT_ID.eq(accountId))
            .execute()
        > 0;
  }

  void end(DSLContext dsl, byte[] tokenHash) {
    dsl.deleteFrom(SESSION).where(SESSION.TOKEN_HASH.eq(tokenHash)).execute();
  }

  /** Ends all of an account, but for one that may stay. */
  void endAll(DSLContext dsl, long accountId, Optional<byte[]> but) {
    Condition stays = but.<Condition>map(SESSION.TOKEN_HASH::ne).orElse(DSL.noCondition());
    dsl.deleteFrom(SESSION).where(SESSION.ACCOUNT_ID.eq(accountId)).and(stays).execute();
  }

  /** Removes what is over. */
  void clean(DSLContext dsl, Instant now) {
    dsl.deleteFrom(SESSION).where(DSL.not(isOpen(now))).execute();
  }

  private static Condition isOpen(Instant now) {
    return SESSION.SEEN_AT.gt(now.minus(IDLE)).and(SESSION.CREATED_AT.gt(now.minus(LONGEST)));
  }

  private static Session session(SessionRecord r) {
    return new Session(
        r.getId(),
        r.getAccountId(),
        r.getCreatedAt(),
        r.getSeenAt(),
        r.getAddress(),
        r.getBrowser());
  }
}
