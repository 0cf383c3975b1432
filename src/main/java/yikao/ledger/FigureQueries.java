package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Reads figures. They are added up from what is kept for each quiz and organisation; where that has
 * changed since the moment that figures are of, they are counted from rosters and results as they
 * were then.
 */
final class FigureQueries {
  private FigureQueries() {}

  /** Which organisations figures are of; absent: all there are. */
  record Within(Optional<Long[]> organisations) {
    static final Within ALL = new Within(Optional.empty());

    static Within of(Collection<Long> ids) {
      return new Within(Optional.of(ids.toArray(new Long[0])));
    }

    Condition on(Field<Long> field) {
      return organisations
          .<Condition>map(ids -> ids.length == 1 ? field.eq(ids[0]) : field.eq(DSL.any(ids)))
          .orElseGet(DSL::noCondition);
    }
  }

  /** What is kept and was the same at a moment already, for each organisation. */
  static List<Part> byOrganisation(DSLContext dsl, Extent extent, Within within, Instant at) {
    var sums = Sums.ofCounts();
    return dsl.select(LEDGER_COUNT.ORGANISATION_ID)
        .select(sums.fields())
        .from(LEDGER_COUNT)
        .where(isOf(extent))
        .and(within.on(LEDGER_COUNT.ORGANISATION_ID))
        .and(isSettled(at))
        .groupBy(LEDGER_COUNT.ORGANISATION_ID)
        .fetch(row -> new Part(row.get(LEDGER_COUNT.ORGANISATION_ID), 0, 0, sums.of(row)));
  }

  /** The same for each quiz and month, of all the organisations together. */
  static List<Part> byQuiz(DSLContext dsl, Extent extent, Within within, Instant at) {
    var sums = Sums.ofCounts();
    var month = month(extent);
    return dsl.select(LEDGER_COUNT.ROOT_ID, month)
        .select(sums.fields())
        .from(LEDGER_COUNT)
        .where(isOf(extent))
        .and(within.on(LEDGER_COUNT.ORGANISATION_ID))
        .and(isSettled(at))
        .groupBy(LEDGER_COUNT.ROOT_ID, month)
        .fetch(row -> new Part(0, row.get(LEDGER_COUNT.ROOT_ID), row.get(month), sums.of(row)));
  }

  /** What has changed since a moment, as it was then, for each organisation, quiz and month. */
  static List<Part> changedSince(DSLContext dsl, Extent extent, Within within, Instant at) {
    var sums = Sums.ofRoster(DSL.noCondition());
    var month = month(extent);
    return dsl.select(LEDGER_COUNT.ORGANISATION_ID, LEDGER_COUNT.ROOT_ID, month)
        .select(sums.fields())
        .from(LEDGER_COUNT)
        .join(ROSTER_MEMBER)
        .on(ROSTER_MEMBER.QUIZ_ID.eq(LEDGER_COUNT.QUIZ_ID))
        .and(ROSTER_MEMBER.ORGANISATION_ID.eq(LEDGER_COUNT.ORGANISATION_ID))
        .leftJoin(LEDGER_ENTRY)
        .on(isEntryOf(at))
        .where(isOf(extent))
        .and(within.on(LEDGER_COUNT.ORGANISATION_ID))
        .and(hasBegun(at))
        .andNot(isSettled(at))
        .and(isActive(at))
        .groupBy(LEDGER_COUNT.ORGANISATION_ID, LEDGER_COUNT.ROOT_ID, month)
        .fetch(row ->
            new Part(
                row.get(LEDGER_COUNT.ORGANISATION_ID),
                row.get(LEDGER_COUNT.ROOT_ID),
                row.get(month),
                sums.of(row)));
  }

  /** Of which quizzes figures are. */
  static Condition isOf(Extent extent) {
    var ofQuiz =
        extent
            .quizId()
            // written out: quizzes differ so much in size that one plan does not fit all
            .map(DSL::inline)
            .map(id ->
                extent.withSittings()
                    ? LEDGER_COUNT.QUIZ_ID.eq(id).or(LEDGER_COUNT.ROOT_ID.eq(id))
                    : LEDGER_COUNT.QUIZ_ID.eq(id))
            .orElseGet(DSL::noCondition);
    var bounds = extent.bounds();
    return bounds.isEmpty()
        ? ofQuiz
        : ofQuiz
            .and(LEDGER_COUNT.OPENS_AT.ge(bounds.getFirst()))
            .and(LEDGER_COUNT.OPENS_AT.lt(bounds.getLast()));
  }

  /** That figures have not changed since a moment. */
  static Condition isSettled(Instant at) {
    return LEDGER_COUNT.SETTLED_AT.le(at);
  }

  /** That there was somebody at a moment, or before it. */
  static Condition hasBegun(Instant at) {
    return LEDGER_COUNT.BEGAN_AT.le(at);
  }

  /** Which month of the time, counted from 0; written without values, as it is grouped by. */
  private static Field<Integer> month(Extent extent) {
    var bounds = extent.bounds();
    if (bounds.size() <= 2) {
      return DSL.inline(0).as("month");
    }
    var opens = LEDGER_COUNT.OPENS_AT;
    var when = DSL.when(opens.lt(DSL.inline(bounds.get(1))), DSL.inline(0));
    for (var i = 2; i < bounds.size() - 1; i++) {
      when = when.when(opens.lt(DSL.inline(bounds.get(i))), DSL.inline(i - 1));
    }
    return when.otherwise(DSL.inline(bounds.size() - 2)).as("month");
  }

  /** What somebody on a roster had reached at a moment. */
  static Condition isEntryOf(Instant at) {
    return LEDGER_ENTRY
        .QUIZ_ID
        .eq(ROSTER_MEMBER.QUIZ_ID)
        .and(LEDGER_ENTRY.PARTICIPANT_ID.eq(ROSTER_MEMBER.MEMBER_ID))
        .and(LEDGER_ENTRY.SINCE_AT.le(at))
        .and(LEDGER_ENTRY.UNTIL_AT.gt(at));
  }

  /** That a place on a roster was there at a moment. */
  static Condition isActive(Instant at) {
    return ROSTER_MEMBER
        .ADDED_AT
        .le(at)
        .and(ROSTER_MEMBER.REMOVED_AT.isNull().or(ROSTER_MEMBER.REMOVED_AT.gt(at)));
  }
}
