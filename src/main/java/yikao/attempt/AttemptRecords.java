package yikao.attempt;

import static yikao.db.jooq.Tables.ANNULMENT;
import static yikao.db.jooq.Tables.CORRECTION;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
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

  /** How often attempts were corrected; those that never were are left out. */
  Map<UUID, Integer> corrections(DSLContext dsl, Collection<UUID> ids) {
    return dsl.select(CORRECTION.ATTEMPT_ID, DSL.count())
        .from(CORRECTION)
        .where(CORRECTION.ATTEMPT_ID.eq(DSL.any(AttemptStore.sorted(ids))))
        .groupBy(CORRECTION.ATTEMPT_ID)
        .fetchMap(r -> r.value1(), r -> r.value2());
  }

  /** How often an attempt was corrected by its participant. */
  int ownCorrections(DSLContext dsl, UUID id) {
    return dsl.fetchCount(
        CORRECTION,
        CORRECTION.ATTEMPT_ID.eq(id).and(CORRECTION.ACTOR.eq(Actor.PARTICIPANT.code())));
  }

  /** Nothing is left of names and reasons that corrections have replaced. */
  void erase(DSLContext dsl, Collection<UUID> attempts) {
    dsl.update(CORRECTION)
        .set(CORRECTION.NAME, "")
        .set(CORRECTION.REASON, "")
        .where(CORRECTION.ATTEMPT_ID.eq(DSL.any(AttemptStore.sorted(attempts))))
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
