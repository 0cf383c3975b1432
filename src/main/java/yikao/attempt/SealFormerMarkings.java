package yikao.attempt;

import static yikao.db.jooq.Tables.FORMER_MARKING;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.Compaction;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.db.StatementBatch;

/** Seals the replaced markings that an earlier release has stored; a migration orders it. */
@Singleton
final class SealFormerMarkings implements JobKind {
  private static final int STEP = 200;
  private static final Bulk SEAL =
      Bulk.update(
          FORMER_MARKING,
          List.of(FORMER_MARKING.MARKS),
          List.of(FORMER_MARKING.ATTEMPT_ID, FORMER_MARKING.NUMBER));

  private final AttemptSeal seal;
  private final Compaction compaction;

  SealFormerMarkings(AttemptSeal seal, Compaction compaction) {
    this.seal = seal;
    this.compaction = compaction;
  }

  @Override
  public String name() {
    return "seal-former-markings";
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var after = job.progress();
    var ids =
        transaction
            .selectDistinct(FORMER_MARKING.ATTEMPT_ID)
            .from(FORMER_MARKING)
            .where(
                after.isEmpty()
                    ? DSL.noCondition()
                    : FORMER_MARKING.ATTEMPT_ID.gt(UUID.fromString(after)))
            .orderBy(FORMER_MARKING.ATTEMPT_ID)
            .limit(STEP)
            .fetch(FORMER_MARKING.ATTEMPT_ID);
    if (!ids.isEmpty()) {
      seal(transaction, ids);
    }
    var isLast = ids.size() < STEP;
    if (isLast) {
      compaction.want();
    }
    return new Job.Step(isLast ? "" : ids.getLast().toString(), ids.size(), isLast);
  }

  /** They never change once they are there. */
  private void seal(DSLContext dsl, List<UUID> ids) {
    var changes = new StatementBatch(dsl);
    SEAL.addTo(
        changes,
        dsl.select(FORMER_MARKING.MARKS, FORMER_MARKING.ATTEMPT_ID, FORMER_MARKING.NUMBER)
            .from(FORMER_MARKING)
            .where(FORMER_MARKING.ATTEMPT_ID.eq(DSL.any(AttemptStore.sorted(ids))))
            .orderBy(FORMER_MARKING.ATTEMPT_ID, FORMER_MARKING.NUMBER)
            .fetch(r -> new Object[] {seal.sealedMarks(r.value1()), r.value2(), r.value3()}));
    changes.execute();
  }
}
