package yikao.ledger;

import static yikao.db.jooq.Tables.SITTING;
import static yikao.db.jooq.Tables.SPOT_QUESTION;

import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.ledger.FigureQueries.Within;

/** What else was done in a time: sittings and questions on the spot. */
final class Doings {
  private Doings() {}

  /**
   * Sittings.
   *
   * @param held how many
   * @param units in how many organisations
   */
  record Sittings(int held, int units) {}

  static Sittings sittings(DSLContext dsl, Within within, Instant from, Instant until) {
    return dsl.select(DSL.count(), DSL.countDistinct(SITTING.ORGANISATION_ID))
        .from(SITTING)
        .where(within.on(SITTING.ORGANISATION_ID))
        .and(SITTING.OPENED_AT.ge(from))
        .and(SITTING.OPENED_AT.lt(until))
        .fetchSingle(r -> new Sittings(r.value1(), r.value2()));
  }

  /**
   * Questions on the spot.
   *
   * @param right how many of them were answered rightly
   * @param units in how many organisations
   */
  record Spots(int asked, int right, int units) {}

  static Spots spots(DSLContext dsl, Within within, Instant from, Instant until) {
    return dsl.select(
            DSL.count(),
            DSL.count(DSL.when(SPOT_QUESTION.IS_RIGHT.isTrue(), 1)),
            DSL.countDistinct(SPOT_QUESTION.ORGANISATION_ID))
        .from(SPOT_QUESTION)
        .where(within.on(SPOT_QUESTION.ORGANISATION_ID))
        .and(SPOT_QUESTION.ASKED_AT.ge(from))
        .and(SPOT_QUESTION.ASKED_AT.lt(until))
        .fetchSingle(r -> new Spots(r.value1(), r.value2(), r.value3()));
  }
}
