package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.ROSTER;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import yikao.db.Dialect;

/**
 * Reads figures. Those of now are added up from what is kept for each quiz and organisation; those
 * of a moment are counted from rosters and results as they were then.
 */
final class FigureQueries {
  private static final String ROOM = "set local work_mem = '128MB'";

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

  /** Of now, for each organisation. */
  static List<Part> byOrganisation(DSLContext dsl, Extent extent, Within within) {
    var sums = Sums.ofCounts();
    return dsl.select(LEDGER_COUNT.ORGANISATION_ID)
        .select(sums.fields())
        .from(LEDGER_COUNT)
        .where(isKept(extent))
        .and(within.on(LEDGER_COUNT.ORGANISATION_ID))
        .groupBy(LEDGER_COUNT.ORGANISATION_ID)
        .fetch(row -> new Part(row.get(LEDGER_COUNT.ORGANISATION_ID), 0, 0, sums.of(row)));
  }

  /** Of now, for each quiz and month, of all the organisations together. */
  static List<Part> byQuiz(DSLContext dsl, Extent extent, Within within) {
    var sums = Sums.ofCounts();
    var month = month(extent, LEDGER_COUNT.OPENS_AT);
    return dsl.select(LEDGER_COUNT.ROOT_ID, month)
        .select(sums.fields())
        .from(LEDGER_COUNT)
        .where(isKept(extent))
        .and(within.on(LEDGER_COUNT.ORGANISATION_ID))
        .groupBy(LEDGER_COUNT.ROOT_ID, month)
        .fetch(row -> new Part(0, row.get(LEDGER_COUNT.ROOT_ID), row.get(month), sums.of(row)));
  }

  static Condition isKept(Extent extent) {
    return switch (extent) {
      case Extent.One one ->
          one.withSittings()
              ? LEDGER_COUNT.QUIZ_ID.eq(one.quizId()).or(LEDGER_COUNT.ROOT_ID.eq(one.quizId()))
              : LEDGER_COUNT.QUIZ_ID.eq(one.quizId());
      case Extent.During during ->
          LEDGER_COUNT.OPENS_AT.ge(during.from()).and(LEDGER_COUNT.OPENS_AT.lt(during.until()));
    };
  }

  /** Which month of the period, counted from 0; written without values, as it is grouped by. */
  private static Field<Integer> month(Extent extent, Field<Instant> opens) {
    if (!(extent instanceof Extent.During during) || during.bounds().size() <= 2) {
      return DSL.inline(0).as("month");
    }
    var bounds = during.bounds();
    var when = DSL.when(opens.lt(DSL.inline(bounds.get(1))), DSL.inline(0));
    for (var i = 2; i < bounds.size() - 1; i++) {
      when = when.when(opens.lt(DSL.inline(bounds.get(i))), DSL.inline(i - 1));
    }
    return when.otherwise(DSL.inline(bounds.size() - 2)).as("month");
  }

  /** As of a moment, for each organisation, quiz and month. */
  static List<Part> asOf(DSLContext dsl, Extent extent, Within within, Instant at) {
    return withRoom(dsl, room -> counted(room, extent, within, at));
  }

  /** Counts where PostgreSQL may hold a year's rows of a city in memory while it joins them. */
  static <T> T withRoom(DSLContext dsl, Function<DSLContext, T> work) {
    if (Dialect.of(dsl) == Dialect.H2) {
      return work.apply(dsl);
    }
    return dsl.transactionResult(c -> {
      c.dsl().execute(ROOM);
      return work.apply(c.dsl());
    });
  }

  private static List<Part> counted(DSLContext dsl, Extent extent, Within within, Instant at) {
    var sums = Sums.ofRoster();
    var root = DSL.coalesce(QUIZ.PARENT_ID, QUIZ.ID).as("root");
    var month = month(extent, ROSTER.OPENS_AT);
    return dsl.select(ROSTER_MEMBER.ORGANISATION_ID, root, month)
        .select(sums.fields())
        .from(ROSTER)
        .join(QUIZ)
        .on(QUIZ.ID.eq(ROSTER.QUIZ_ID))
        .join(ROSTER_MEMBER)
        .on(ROSTER_MEMBER.QUIZ_ID.eq(ROSTER.QUIZ_ID))
        .leftJoin(LEDGER_ENTRY)
        .on(isEntryOf(at))
        .where(isOf(extent))
        .and(isActive(at))
        .and(within.on(ROSTER_MEMBER.ORGANISATION_ID))
        .groupBy(ROSTER_MEMBER.ORGANISATION_ID, root, month)
        .fetch(row ->
            new Part(
                row.get(ROSTER_MEMBER.ORGANISATION_ID),
                row.get(root),
                row.get(month),
                sums.of(row)));
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

  static Condition isOf(Extent extent) {
    return switch (extent) {
      case Extent.One one -> {
        // written out: quizzes differ so much in size that one plan does not fit all
        var itself = QUIZ.ID.eq(DSL.inline(one.quizId()));
        yield one.withSittings() ? itself.or(QUIZ.PARENT_ID.eq(one.quizId())) : itself;
      }
      case Extent.During during ->
          ROSTER.OPENS_AT.ge(during.from()).and(ROSTER.OPENS_AT.lt(during.until()));
    };
  }
}
