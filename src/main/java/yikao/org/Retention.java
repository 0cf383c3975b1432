package yikao.org;

import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.MEMBERSHIP;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jooq.impl.DSL;
import yikao.access.Actor;
import yikao.db.PeriodicTask;
import yikao.db.Transactions;

/**
 * What is kept no longer than it has to be: files that were brought for an import, and, where the
 * operator sets a time, who somebody was that is no member any more.
 */
@Singleton
final class Retention implements PeriodicTask {
  private static final int AT_ONCE = 500;

  private final Transactions transactions;
  private final ImportStore imports;
  private final Members members;
  private final Today today;
  private final Duration ofImports;
  private final Duration ofFormer;

  Retention(
      Transactions transactions,
      ImportStore imports,
      Members members,
      Today today,
      @Value("${yikao.retention.imports}") Duration ofImports,
      @Value("${yikao.retention.former-members}") Duration ofFormer) {
    this.transactions = transactions;
    this.imports = imports;
    this.members = members;
    this.today = today;
    this.ofImports = ofImports;
    this.ofFormer = ofFormer;
  }

  /** How long one who has left is kept; nothing: until somebody erases the person. */
  Duration ofFormer() {
    return ofFormer;
  }

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public Duration interval() {
    return Duration.ofMinutes(10);
  }

  @Override
  public boolean isForOneNode() {
    return true;
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    transactions.write(dsl -> imports.deleteBefore(dsl, today.now().minus(ofImports)));
    if (ofFormer.isPositive()) {
      for (var member : former()) {
        if (mayGoOn.getAsBoolean()) {
          members.erase(
              new Order(Actor.SYSTEM, "retention", today.date()),
              member,
              members.get(member).version());
        }
      }
    }
  }

  /** Those who have been no members for so long. */
  private List<UUID> former() {
    var gone = Arrays.stream(MemberState.values()).filter(s -> !s.belongs()).map(MemberState::code);
    return transactions
        .read()
        .select(MEMBER.ID)
        .from(MEMBER)
        .join(MEMBERSHIP)
        .on(MEMBERSHIP.MEMBER_ID.eq(MEMBER.ID))
        .where(MEMBER.STATE.in(gone.toList()))
        .and(MEMBER.ERASED_AT.isNull())
        .and(MEMBERSHIP.SUPERSEDED_AT.isNull())
        .and(MEMBERSHIP.HELD_UNTIL.isNull())
        .groupBy(MEMBER.ID)
        .having(DSL.max(MEMBERSHIP.HELD_FROM).lt(today.date().minusDays(ofFormer.toDays())))
        .limit(AT_ONCE)
        .fetch(MEMBER.ID);
  }
}
