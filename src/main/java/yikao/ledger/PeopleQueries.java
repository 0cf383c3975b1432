package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.ROSTER;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record6;
import org.jooq.impl.DSL;
import yikao.db.Dialect;
import yikao.ledger.FigureQueries.Within;

/** Reads the lists behind figures: by quiz, then by organisation, page by page. */
final class PeopleQueries {
  private PeopleQueries() {}

  /**
   * Somebody on a roster.
   *
   * @param name empty where the person was erased
   * @param organisationId where the person counts
   * @param points hundredths of a percent of the maximum; absent without a result
   * @param since when the result was reached; absent: has not taken part
   */
  record Line(
      long quizId,
      UUID member,
      String name,
      long organisationId,
      Optional<Integer> points,
      boolean passed,
      Optional<Instant> since) {}

  /** A place in a list: behind somebody in a quiz. */
  record After(long quizId, UUID member) {}

  /**
   * Whom a list has.
   *
   * @param at as of which moment
   */
  record Sought(Figure figure, Within within, Instant at) {}

  /**
   * The next of a list.
   *
   * @param quizzes in the order of the list
   */
  static List<Line> lines(
      DSLContext dsl, List<Long> quizzes, Sought sought, Optional<After> after, int most) {
    var found = new ArrayList<Line>();
    var from = after.map(a -> Math.max(0, quizzes.indexOf(a.quizId()))).orElse(0);
    for (var i = from; i < quizzes.size() && found.size() < most; i++) {
      var quizId = quizzes.get(i);
      var behind = after.filter(a -> a.quizId() == quizId).map(After::member);
      found.addAll(lines(dsl, quizId, sought, behind, most - found.size()));
    }
    return found;
  }

  private static List<Line> lines(
      DSLContext dsl, long quizId, Sought sought, Optional<UUID> after, int most) {
    var ordered =
        dsl.select(
                ROSTER_MEMBER.MEMBER_ID,
                MEMBER.NAME,
                ROSTER_MEMBER.ORGANISATION_ID,
                LEDGER_ENTRY.POINTS,
                LEDGER_ENTRY.PASSED,
                LEDGER_ENTRY.SINCE_AT)
            .from(ROSTER_MEMBER)
            .join(MEMBER)
            .on(MEMBER.ID.eq(ROSTER_MEMBER.MEMBER_ID))
            .leftJoin(LEDGER_ENTRY)
            .on(FigureQueries.isEntryOf(sought.at()))
            .where(ROSTER_MEMBER.QUIZ_ID.eq(quizId))
            .and(FigureQueries.isActive(sought.at()))
            .and(sought.within().on(ROSTER_MEMBER.ORGANISATION_ID))
            .and(sought.figure().condition())
            .and(
                after
                    .map(member -> behind(dsl, quizId, member, sought.at()))
                    .orElseGet(DSL::noCondition))
            .orderBy(ROSTER_MEMBER.ORGANISATION_ID, ROSTER_MEMBER.MEMBER_ID);
    // run again with another limit, H2 2.5 repeats a row; without one it sorts as much, in memory
    return Dialect.of(dsl) == Dialect.H2
        ? ordered.fetch(r -> line(quizId, r)).stream().limit(most).toList()
        : ordered.limit(most).fetch(r -> line(quizId, r));
  }

  private static Line line(long quizId, Record6<UUID, String, Long, Integer, Boolean, Instant> r) {
    return new Line(
        quizId,
        r.value1(),
        r.value2(),
        r.value3(),
        Optional.ofNullable(r.value4()),
        Boolean.TRUE.equals(r.value5()),
        Optional.ofNullable(r.value6()));
  }

  private static Condition behind(DSLContext dsl, long quizId, UUID member, Instant at) {
    var places =
        dsl.select(ROSTER_MEMBER.ORGANISATION_ID)
            .from(ROSTER_MEMBER)
            .where(ROSTER_MEMBER.QUIZ_ID.eq(quizId))
            .and(ROSTER_MEMBER.MEMBER_ID.eq(member))
            .and(FigureQueries.isActive(at))
            .fetch(ROSTER_MEMBER.ORGANISATION_ID);
    if (places.isEmpty()) {
      return DSL.noCondition();
    }
    var in = places.getFirst();
    return ROSTER_MEMBER
        .ORGANISATION_ID
        .ge(in)
        .and(ROSTER_MEMBER.ORGANISATION_ID.gt(in).or(ROSTER_MEMBER.MEMBER_ID.gt(member)));
  }

  /** The quizzes of an extent that have somebody behind a figure now, in the order of a list. */
  static List<Long> quizzes(DSLContext dsl, Extent extent, Within within, Figure figure) {
    return dsl.select(LEDGER_COUNT.QUIZ_ID)
        .from(LEDGER_COUNT)
        .where(FigureQueries.isKept(extent))
        .and(within.on(LEDGER_COUNT.ORGANISATION_ID))
        .and(count(figure).gt(0))
        .groupBy(LEDGER_COUNT.QUIZ_ID, LEDGER_COUNT.OPENS_AT)
        .orderBy(LEDGER_COUNT.OPENS_AT, LEDGER_COUNT.QUIZ_ID)
        .fetch(LEDGER_COUNT.QUIZ_ID);
  }

  private static Field<Integer> count(Figure figure) {
    return switch (figure) {
      case SHOULD -> LEDGER_COUNT.SHOULD;
      case TOOK -> LEDGER_COUNT.TOOK;
      case NOT_YET -> LEDGER_COUNT.SHOULD.minus(LEDGER_COUNT.TOOK);
      case PASSED -> LEDGER_COUNT.PASSED;
      case FAILED -> LEDGER_COUNT.MARKED.minus(LEDGER_COUNT.PASSED);
      case WAITING -> LEDGER_COUNT.TOOK.minus(LEDGER_COUNT.MARKED);
    };
  }

  /** The same as of a moment. */
  static List<Long> quizzes(DSLContext dsl, Extent extent, Sought sought) {
    return dsl.select(ROSTER.QUIZ_ID)
        .from(ROSTER)
        .join(QUIZ)
        .on(QUIZ.ID.eq(ROSTER.QUIZ_ID))
        .join(ROSTER_MEMBER)
        .on(ROSTER_MEMBER.QUIZ_ID.eq(ROSTER.QUIZ_ID))
        .leftJoin(LEDGER_ENTRY)
        .on(FigureQueries.isEntryOf(sought.at()))
        .where(FigureQueries.isOf(extent))
        .and(FigureQueries.isActive(sought.at()))
        .and(sought.within().on(ROSTER_MEMBER.ORGANISATION_ID))
        .and(sought.figure().condition())
        .groupBy(ROSTER.QUIZ_ID, ROSTER.OPENS_AT)
        .orderBy(ROSTER.OPENS_AT, ROSTER.QUIZ_ID)
        .fetch(ROSTER.QUIZ_ID);
  }
}
