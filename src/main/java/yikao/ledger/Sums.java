package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;

import java.math.BigDecimal;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** {@link Figures} as columns of a query. */
record Sums(
    Field<Integer> should,
    Field<Integer> took,
    Field<Integer> marked,
    Field<Integer> passed,
    Field<BigDecimal> points) {

  /**
   * Over places on rosters, each joined with what the person has reached, where there is that.
   *
   * @param counts which of the places count
   */
  static Sums ofRoster(Condition counts) {
    return new Sums(
        DSL.count(DSL.when(counts, 1)),
        DSL.count(DSL.when(counts, LEDGER_ENTRY.PARTICIPANT_ID)),
        DSL.count(DSL.when(counts, LEDGER_ENTRY.POINTS)),
        DSL.count(DSL.when(counts.and(LEDGER_ENTRY.PASSED.isTrue()), 1)),
        DSL.coalesce(DSL.sum(DSL.when(counts, LEDGER_ENTRY.POINTS)), BigDecimal.ZERO));
  }

  /** Over figures that are kept. */
  static Sums ofCounts() {
    return new Sums(
        DSL.sum(LEDGER_COUNT.SHOULD).cast(Integer.class),
        DSL.sum(LEDGER_COUNT.TOOK).cast(Integer.class),
        DSL.sum(LEDGER_COUNT.MARKED).cast(Integer.class),
        DSL.sum(LEDGER_COUNT.PASSED).cast(Integer.class),
        DSL.sum(LEDGER_COUNT.POINTS));
  }

  List<Field<?>> fields() {
    return List.of(should, took, marked, passed, points);
  }

  Figures of(Record row) {
    return new Figures(
        row.get(should),
        row.get(took),
        row.get(marked),
        row.get(passed),
        row.get(points).longValueExact());
  }
}
