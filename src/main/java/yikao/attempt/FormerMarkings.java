package yikao.attempt;

import static yikao.db.jooq.Tables.FORMER_MARKING;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.StatementBatch;

/** Keeps markings that later ones replace; they stay on record. */
@Singleton
final class FormerMarkings {
  private static final Bulk INSERT =
      Bulk.insert(
          FORMER_MARKING,
          List.of(
              FORMER_MARKING.ATTEMPT_ID,
              FORMER_MARKING.NUMBER,
              FORMER_MARKING.AMENDMENTS,
              FORMER_MARKING.MARKS,
              FORMER_MARKING.SCORE,
              FORMER_MARKING.MAX_SCORE,
              FORMER_MARKING.PASSED,
              FORMER_MARKING.REPLACED_AT));

  private final AttemptSeal seal;

  FormerMarkings(AttemptSeal seal) {
    this.seal = seal;
  }

  /** Adds the statement that keeps the markings of attempts, which the transaction holds. */
  void keep(StatementBatch changes, Collection<Attempt> before, Instant now) {
    var marked = AttemptStore.inOrder(before).filter(a -> a.result().isPresent()).toList();
    if (marked.isEmpty()) {
      return;
    }
    var dsl = changes.transaction();
    var ids = marked.stream().map(Attempt::id).toArray(UUID[]::new);
    var last =
        dsl.select(FORMER_MARKING.ATTEMPT_ID, DSL.max(FORMER_MARKING.NUMBER))
            .from(FORMER_MARKING)
            .where(FORMER_MARKING.ATTEMPT_ID.eq(DSL.any(ids)))
            .groupBy(FORMER_MARKING.ATTEMPT_ID)
            .fetchMap(r -> r.value1(), r -> r.value2());
    INSERT.addTo(
        changes, marked.stream().map(a -> row(a, last.getOrDefault(a.id(), 0) + 1, now)).toList());
  }

  private Object[] row(Attempt a, int number, Instant now) {
    var result = a.result().orElseThrow();
    return new Object[] {
      a.id(),
      number,
      result.amendments(),
      seal.seal(result.marks()),
      result.score().points(),
      result.score().maximum(),
      result.passed().orElse(null),
      now
    };
  }
}
