package yikao.audit;

import static yikao.db.jooq.Tables.AUDIT_ENTRY;
import static yikao.db.jooq.Tables.AUDIT_HEAD;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.jooq.tables.records.AuditEntryRecord;

/** The log of what staff did. */
@Singleton
public final class AuditLog {
  /** Characters (UTF-16) that before and after may have; more are cut. */
  public static final int MOST_TEXT = 2_000;

  private static final int HEAD = 1;
  private static final int PORTION = 1_000;

  private final Transactions transactions;
  private final AuditSeal seal;
  private final NodeClock clock;

  AuditLog(Transactions transactions, AuditSeal seal, NodeClock clock) {
    this.transactions = transactions;
    this.seal = seal;
    this.clock = clock;
  }

  /**
   * What somebody does.
   *
   * @param actor who
   * @param address from where; empty where it is no request
   * @param action such as {@code organisation.rename}; at most 48 characters
   * @param subject what it is done to, such as {@code organisation:17}; at most 96 characters
   * @param before in short, what was, by identifiers; empty where there was nothing
   * @param after in short, what is from now on
   */
  public record Change(
      String actor, String address, String action, String subject, String before, String after) {}

  /**
   * Appends an entry in the transaction that does what it says. To be called last in it: from here
   * to its end nobody else appends.
   */
  public void append(DSLContext transaction, Change change) {
    var head =
        transaction.selectFrom(AUDIT_HEAD).where(AUDIT_HEAD.ID.eq(HEAD)).forUpdate().fetchSingle();
    var unlinked =
        new AuditEntry(
            head.getNumber() + 1,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            change.actor(),
            change.address(),
            change.action(),
            change.subject(),
            cut(change.before()),
            cut(change.after()),
            "");
    var link = AuditChain.link(seal, head.getLink(), unlinked);
    transaction
        .insertInto(AUDIT_ENTRY)
        .set(AUDIT_ENTRY.NUMBER, unlinked.number())
        .set(AUDIT_ENTRY.AT, unlinked.at())
        .set(AUDIT_ENTRY.ACTOR, unlinked.actor())
        .set(AUDIT_ENTRY.ADDRESS, unlinked.address())
        .set(AUDIT_ENTRY.ACTION, unlinked.action())
        .set(AUDIT_ENTRY.SUBJECT, unlinked.subject())
        .set(AUDIT_ENTRY.BEFORE_TEXT, unlinked.before())
        .set(AUDIT_ENTRY.AFTER_TEXT, unlinked.after())
        .set(AUDIT_ENTRY.LINK, link)
        .execute();
    transaction
        .update(AUDIT_HEAD)
        .set(AUDIT_HEAD.NUMBER, unlinked.number())
        .set(AUDIT_HEAD.LINK, link)
        .where(AUDIT_HEAD.ID.eq(HEAD))
        .execute();
  }

  /** Not in the middle of a character. */
  private static String cut(String text) {
    if (text.length() <= MOST_TEXT) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(MOST_TEXT - 1)) ? MOST_TEXT - 1 : MOST_TEXT;
    return text.substring(0, end);
  }

  /**
   * Which entries are looked for; all that is absent makes no difference.
   *
   * @param subject exactly
   * @param actor exactly
   */
  public record Sought(Optional<String> subject, Optional<String> actor) {}

  /**
   * Entries, the newest first.
   *
   * @param below only those with a smaller number
   */
  public List<AuditEntry> find(Sought sought, Optional<Long> below, int most) {
    Condition condition = DSL.noCondition();
    if (sought.subject().isPresent()) {
      condition = condition.and(AUDIT_ENTRY.SUBJECT.eq(sought.subject().get()));
    }
    if (sought.actor().isPresent()) {
      condition = condition.and(AUDIT_ENTRY.ACTOR.eq(sought.actor().get()));
    }
    if (below.isPresent()) {
      condition = condition.and(AUDIT_ENTRY.NUMBER.lt(below.get()));
    }
    return transactions
        .read()
        .selectFrom(AUDIT_ENTRY)
        .where(condition)
        .orderBy(AUDIT_ENTRY.NUMBER.desc())
        .limit(most)
        .fetch(AuditLog::entry);
  }

  /** The end of the chain as it is now. */
  public AuditHead head() {
    return head(transactions.read());
  }

  private static AuditHead head(DSLContext dsl) {
    return dsl.selectFrom(AUDIT_HEAD)
        .where(AUDIT_HEAD.ID.eq(HEAD))
        .fetchSingle(r -> new AuditHead(r.getNumber(), r.getLink()));
  }

  /**
   * Reads the whole log from its beginning.
   *
   * @param exported heads that were kept apart from the database
   * @return where it is broken first; absent where it is whole
   */
  public Optional<AuditBreak> verify(Collection<AuditHead> exported) {
    return verify(transactions.read(), seal, exported);
  }

  /** The same over any connection. */
  public static Optional<AuditBreak> verify(
      DSLContext dsl, AuditSeal seal, Collection<AuditHead> exported) {
    var end = head(dsl); // first: what is appended meanwhile comes after it
    var chain = new AuditChain(seal, 0, AuditChain.START);
    var heads = new ExportedHeads(exported);
    for (var portion = portion(dsl, 0);
        !portion.isEmpty();
        portion = portion(dsl, chain.number())) {
      for (var entry : portion) {
        var broken = chain.next(entry).or(() -> heads.wrong(entry));
        if (broken.isPresent()) {
          return broken;
        }
      }
    }
    var last = Math.max(end.number(), heads.last());
    return chain.number() < last
        ? Optional.of(new AuditBreak(chain.number() + 1, AuditBreak.Kind.CUT_OFF))
        : Optional.empty();
  }

  private static List<AuditEntry> portion(DSLContext dsl, long after) {
    return dsl.selectFrom(AUDIT_ENTRY)
        .where(AUDIT_ENTRY.NUMBER.gt(after))
        .orderBy(AUDIT_ENTRY.NUMBER)
        .limit(PORTION)
        .fetch(AuditLog::entry);
  }

  private static AuditEntry entry(AuditEntryRecord r) {
    return new AuditEntry(
        r.getNumber(),
        Instant.ofEpochMilli(r.getAt().toEpochMilli()),
        r.getActor(),
        r.getAddress(),
        r.getAction(),
        r.getSubject(),
        r.getBeforeText(),
        r.getAfterText(),
        r.getLink());
  }
}
