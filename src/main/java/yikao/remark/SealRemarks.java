package yikao.remark;

import static yikao.db.jooq.Tables.AMENDMENT;
import static yikao.db.jooq.Tables.PERSON_MARK;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.access.Vault;
import yikao.db.Bulk;
import yikao.db.Compaction;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.db.StatementBatch;

/**
 * Seals the amendments and the comments that an earlier release has stored; a migration orders it.
 */
@Singleton
final class SealRemarks implements JobKind {
  private static final int STEP = 200;
  private static final Bulk AMENDMENTS =
      Bulk.update(
          AMENDMENT,
          List.of(AMENDMENT.CONTENT, AMENDMENT.REASON, AMENDMENT.WITHDRAWN_REASON),
          List.of(AMENDMENT.QUIZ_ID, AMENDMENT.NUMBER));
  private static final Bulk COMMENTS =
      Bulk.update(
          PERSON_MARK,
          List.of(PERSON_MARK.COMMENT),
          List.of(PERSON_MARK.ATTEMPT_ID, PERSON_MARK.NUMBER));

  private final RemarkSeal seal;
  private final Compaction compaction;

  SealRemarks(RemarkSeal seal, Compaction compaction) {
    this.seal = seal;
    this.compaction = compaction;
  }

  @Override
  public String name() {
    return "seal-remarks";
  }

  /** Amendments, of which there are few, with the first step. */
  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var after = job.progress();
    var amendments = after.isEmpty() ? amendments(transaction) : 0;
    var ids =
        transaction
            .selectDistinct(PERSON_MARK.ATTEMPT_ID)
            .from(PERSON_MARK)
            .where(PERSON_MARK.COMMENT.isNotNull())
            .and(
                after.isEmpty()
                    ? DSL.noCondition()
                    : PERSON_MARK.ATTEMPT_ID.gt(UUID.fromString(after)))
            .orderBy(PERSON_MARK.ATTEMPT_ID)
            .limit(STEP)
            .fetch(PERSON_MARK.ATTEMPT_ID);
    if (!ids.isEmpty()) {
      comments(transaction, ids);
    }
    var isLast = ids.size() < STEP;
    if (isLast) {
      compaction.want();
    }
    return new Job.Step(isLast ? "" : ids.getLast().toString(), amendments + ids.size(), isLast);
  }

  private int amendments(DSLContext dsl) {
    var rows =
        dsl.selectFrom(AMENDMENT)
            .where(Vault.isPlain(AMENDMENT.CONTENT))
            .orderBy(AMENDMENT.QUIZ_ID, AMENDMENT.NUMBER)
            .forUpdate()
            .fetch(r ->
                new Object[] {
                  seal.sealedAmendment(r.getContent()),
                  seal.sealedNote(r.getReason()),
                  seal.sealedNote(r.getWithdrawnReason()),
                  r.getQuizId(),
                  r.getNumber()
                });
    write(dsl, AMENDMENTS, rows);
    return rows.size();
  }

  private void comments(DSLContext dsl, List<UUID> ids) {
    write(
        dsl,
        COMMENTS,
        dsl.selectFrom(PERSON_MARK)
            .where(PERSON_MARK.ATTEMPT_ID.eq(DSL.any(ids.toArray(new UUID[0]))))
            .and(PERSON_MARK.COMMENT.isNotNull())
            .orderBy(PERSON_MARK.ATTEMPT_ID, PERSON_MARK.NUMBER)
            .forUpdate()
            .fetch(r ->
                new Object[] {seal.sealedNote(r.getComment()), r.getAttemptId(), r.getNumber()}));
  }

  private static void write(DSLContext dsl, Bulk statement, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      var changes = new StatementBatch(dsl);
      statement.addTo(changes, rows);
      changes.execute();
    }
  }
}
