package yikao.attempt;

import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.Compaction;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.db.StatementBatch;

/** Seals the results that an earlier release has stored; a migration orders it. */
@Singleton
final class SealResults implements JobKind {
  private static final int STEP = 500;
  private static final String BETWEEN = " ";
  private static final Bulk SEAL =
      Bulk.update(
          RESULT,
          List.of(RESULT.RESPONSES, RESULT.MARKS),
          List.of(RESULT.QUIZ_ID, RESULT.ATTEMPT_ID));

  private final AttemptSeal seal;
  private final Compaction compaction;

  SealResults(AttemptSeal seal, Compaction compaction) {
    this.seal = seal;
    this.compaction = compaction;
  }

  @Override
  public String name() {
    return "seal-results";
  }

  /** The quiz, and in it the last attempt that is done. */
  private record Place(long quizId, Optional<UUID> after) {
    static Place of(String progress) {
      var parts = progress.split(BETWEEN, -1);
      return new Place(
          Long.parseLong(parts[0]),
          parts.length < 2 ? Optional.empty() : Optional.of(UUID.fromString(parts[1])));
    }

    String progress() {
      return quizId + after.map(id -> BETWEEN + id).orElse("");
    }
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var place =
        job.progress().isEmpty()
            ? next(transaction, DSL.noCondition())
            : Optional.of(Place.of(job.progress()));
    if (place.isEmpty()) {
      compaction.want();
      return new Job.Step("", 0, true);
    }
    var quizId = place.get().quizId();
    var ids = attempts(transaction, place.get());
    seal(transaction, quizId, ids);
    var then =
        ids.size() < STEP
            ? next(transaction, RESULT.QUIZ_ID.gt(quizId))
            : Optional.of(new Place(quizId, Optional.of(ids.getLast())));
    if (then.isEmpty()) {
      compaction.want();
    }
    return new Job.Step(then.map(Place::progress).orElse(""), ids.size(), then.isEmpty());
  }

  private static Optional<Place> next(DSLContext dsl, Condition which) {
    return Optional.ofNullable(
            dsl.select(DSL.min(RESULT.QUIZ_ID)).from(RESULT).where(which).fetchSingle().value1())
        .map(quizId -> new Place(quizId, Optional.empty()));
  }

  private static List<UUID> attempts(DSLContext dsl, Place place) {
    return dsl.select(RESULT.ATTEMPT_ID)
        .from(RESULT)
        .where(RESULT.QUIZ_ID.eq(place.quizId()))
        .and(place.after().map(RESULT.ATTEMPT_ID::gt).orElse(DSL.noCondition()))
        .orderBy(RESULT.ATTEMPT_ID)
        .limit(STEP)
        .fetch(RESULT.ATTEMPT_ID);
  }

  private void seal(DSLContext dsl, long quizId, List<UUID> ids) {
    // a row of a result is changed only by one who holds the attempt's
    AttemptStore.hold(dsl, ids);
    var rows =
        dsl.select(RESULT.RESPONSES, RESULT.MARKS, RESULT.QUIZ_ID, RESULT.ATTEMPT_ID)
            .from(RESULT)
            .where(RESULT.QUIZ_ID.eq(quizId))
            .and(RESULT.ATTEMPT_ID.eq(DSL.any(AttemptStore.sorted(ids))))
            .orderBy(RESULT.ATTEMPT_ID)
            .fetch(r ->
                new Object[] {
                  seal.sealedResponses(r.value1()),
                  seal.sealedMarks(r.value2()),
                  r.value3(),
                  r.value4()
                });
    if (!rows.isEmpty()) {
      var changes = new StatementBatch(dsl);
      SEAL.addTo(changes, rows);
      changes.execute();
    }
  }
}
