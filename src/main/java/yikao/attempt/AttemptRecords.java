package yikao.attempt;

import static yikao.db.jooq.Tables.ANNULMENT;
import static yikao.db.jooq.Tables.CORRECTION;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.access.Actor;

/** What is kept of corrections and annulments: what was before, who did it, and why. */
@Singleton
final class AttemptRecords {
  /** Keeps the name and branch that a correction replaces. */
  void corrected(DSLContext dsl, Attempt before, String reason, Actor actor, Instant now) {
    var last =
        dsl.select(DSL.max(CORRECTION.NUMBER))
            .from(CORRECTION)
            .where(CORRECTION.ATTEMPT_ID.eq(before.id()))
            .fetchSingle()
            .value1();
    var by = before.takenBy();
    dsl.insertInto(CORRECTION)
        .set(CORRECTION.ATTEMPT_ID, before.id())
        .set(CORRECTION.NUMBER, last == null ? 1 : last + 1)
        .set(CORRECTION.NAME, by.name())
        .set(CORRECTION.ORGANISATION_ID, by.branch().known().orElse(null))
        .set(CORRECTION.BRANCH, by.branch().named().orElse(null))
        .set(CORRECTION.REASON, reason)
        .set(CORRECTION.ACTOR, actor.code())
        .set(CORRECTION.CREATED_AT, now)
        .execute();
  }

  /** Keeps why attempts were set aside. */
  void annulled(
      DSLContext dsl, Collection<Attempt> attempts, String reason, Actor actor, Instant now) {
    var rows =
        attempts.stream()
            .map(a ->
                dsl.insertInto(ANNULMENT)
                    .set(ANNULMENT.ATTEMPT_ID, a.id())
                    .set(ANNULMENT.REASON, reason)
                    .set(ANNULMENT.ACTOR, actor.code())
                    .set(ANNULMENT.CREATED_AT, now)
                    .onConflict(ANNULMENT.ATTEMPT_ID)
                    .doNothing())
            .toList();
    dsl.batch(rows).execute();
  }
}
