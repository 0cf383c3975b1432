package yikao.access;

import static yikao.db.jooq.Tables.ACCOUNT;
import static yikao.db.jooq.Tables.ACCOUNT_ROLE;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.jooq.tables.records.AccountRecord;

/** Accounts and roles in the database. */
@Singleton
final class AccountStore {
  /** An account, and its password as it is stored. */
  record Stored(Account account, String password) {}

  Optional<Stored> byKey(DSLContext dsl, String nameKey) {
    return one(dsl, ACCOUNT.NAME_KEY.eq(nameKey));
  }

  Optional<Stored> byCode(DSLContext dsl, String code) {
    return one(dsl, ACCOUNT.CODE.eq(code));
  }

  Optional<Account> byId(DSLContext dsl, long id) {
    return one(dsl, ACCOUNT.ID.eq(id)).map(Stored::account);
  }

  /** Held against other changes until the transaction ends. */
  Optional<Stored> held(DSLContext dsl, String code) {
    dsl.select(ACCOUNT.ID).from(ACCOUNT).where(ACCOUNT.CODE.eq(code)).forUpdate().fetch();
    return byCode(dsl, code);
  }

  List<Account> all(DSLContext dsl) {
    return select(dsl, DSL.noCondition()).stream().map(Stored::account).toList();
  }

  boolean isEmpty(DSLContext dsl) {
    return !dsl.fetchExists(ACCOUNT);
  }

  private static Optional<Stored> one(DSLContext dsl, Condition which) {
    return select(dsl, which).stream().findFirst();
  }

  private static List<Stored> select(DSLContext dsl, Condition which) {
    var accounts = dsl.selectFrom(ACCOUNT).where(which).orderBy(ACCOUNT.NAME_KEY).fetch();
    var grants = grants(dsl, accounts.map(AccountRecord::getId));
    return accounts.map(r ->
        new Stored(
            new Account(
                r.getId(),
                r.getCode(),
                r.getName(),
                r.getFullName(),
                r.getMustChange(),
                r.getLocked(),
                r.getVersion(),
                grants.getOrDefault(r.getId(), List.of())),
            r.getPassword()));
  }

  private static Map<Long, List<Grant>> grants(DSLContext dsl, Collection<Long> accounts) {
    return dsl.selectFrom(ACCOUNT_ROLE)
        .where(ACCOUNT_ROLE.ACCOUNT_ID.in(accounts))
        .orderBy(ACCOUNT_ROLE.ID)
        .fetchGroups(
            r -> r.getAccountId(),
            r ->
                new Grant(
                    Role.of(r.getRole()).orElseThrow(),
                    Optional.ofNullable(r.getOrganisationId())));
  }

  long insert(DSLContext dsl, Account account, String nameKey, String password, Instant now) {
    var id =
        dsl.insertInto(ACCOUNT)
            .set(ACCOUNT.CODE, account.code())
            .set(ACCOUNT.NAME, account.name())
            .set(ACCOUNT.NAME_KEY, nameKey)
            .set(ACCOUNT.FULL_NAME, account.fullName())
            .set(ACCOUNT.PASSWORD, password)
            .set(ACCOUNT.PASSWORD_CHANGED_AT, now)
            .set(ACCOUNT.MUST_CHANGE, account.mustChange())
            .set(ACCOUNT.CREATED_AT, now)
            .returningResult(ACCOUNT.ID)
            .fetchSingle()
            .value1();
    account.grants().forEach(grant -> grant(dsl, id, grant, now));
    return id;
  }

  void grant(DSLContext dsl, long account, Grant grant, Instant now) {
    dsl.insertInto(ACCOUNT_ROLE)
        .set(ACCOUNT_ROLE.ACCOUNT_ID, account)
        .set(ACCOUNT_ROLE.ROLE, grant.role().code())
        .set(ACCOUNT_ROLE.ORGANISATION_ID, grant.organisationId().orElse(null))
        .set(ACCOUNT_ROLE.GRANTED_AT, now)
        .execute();
  }

  /** Gives an account these roles in place of those it had. */
  void grants(DSLContext dsl, long account, Collection<Grant> grants, Instant now) {
    dsl.deleteFrom(ACCOUNT_ROLE).where(ACCOUNT_ROLE.ACCOUNT_ID.eq(account)).execute();
    grants.forEach(grant -> grant(dsl, account, grant, now));
  }

  void password(DSLContext dsl, long account, String hash, boolean mustChange, Instant now) {
    dsl.update(ACCOUNT)
        .set(ACCOUNT.PASSWORD, hash)
        .set(ACCOUNT.PASSWORD_CHANGED_AT, now)
        .set(ACCOUNT.MUST_CHANGE, mustChange)
        .where(ACCOUNT.ID.eq(account))
        .execute();
  }

  /** Counts a change, and stores what is simple of an account. */
  void changed(DSLContext dsl, Account account) {
    dsl.update(ACCOUNT)
        .set(ACCOUNT.FULL_NAME, account.fullName())
        .set(ACCOUNT.LOCKED, account.locked())
        .set(ACCOUNT.VERSION, ACCOUNT.VERSION.plus(1))
        .where(ACCOUNT.ID.eq(account.id()))
        .execute();
  }
}
