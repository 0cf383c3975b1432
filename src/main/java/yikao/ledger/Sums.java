package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;

import java.math.BigDecimal;
import java.util.List;
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

  /** Over places on rosters, each joined with what the person has reached, where there is that. */
  static Sums ofRoster() {
    return new Sums(
        DSL.count(),
        DSL.count(LEDGER_ENTRY.PARTICIPANT_ID),
        DSL.count(LEDGER_ENTRY.POINTS),
        DSL.count(DSL.when(LEDGER_ENTRY.PASSED.isTrue(), 1)),
        DSL.coalesce(DSL.sum(LEDGER_ENTRY.POINTS), BigDecimal.ZERO));
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
