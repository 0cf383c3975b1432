package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
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
   * @param isIn where the person is now
   * @param points hundredths of a percent of the maximum; absent without a result
   * @param since when the result was reached; absent: has not taken part
   */
  record Line(
      long quizId,
      UUID member,
      String name,
      long organisationId,
      long isIn,
      Optional<Integer> points,
      boolean passed,
      Optional<Instant> since) {
    After place() {
      return new After(quizId, organisationId, member);
    }
  }

  /** A place in a list: behind somebody who counts in an organisation, in a quiz. */
  record After(long quizId, long organisationId, UUID member) {}

  /**
   * Whom a list has.
   *
   * @param at as of which moment
   */
  record Sought(Figure figure, Within within, Instant at) {}

  /** A quiz, and how many of it a list has; at least one where that is not kept. */
  record OfQuiz(long quizId, int people) {}

  /**
   * The next of a list.
   *
   * @param quizzes by identity, as the list is
   */
  static List<Line> lines(
      DSLContext dsl, List<OfQuiz> quizzes, Sought sought, Optional<After> after, int most) {
    var found = new ArrayList<Line>();
    after.ifPresent(a ->
        found.addAll(lines(dsl, isOf(new Long[] {a.quizId()}).and(isBehind(a)), sought, most)));
    var left =
        quizzes.stream()
            .filter(quiz -> after.filter(a -> a.quizId() >= quiz.quizId()).isEmpty())
            .toList();
    var from = 0;
    while (from < left.size() && found.size() < most) {
      var to = from + enough(left.subList(from, left.size()), most - found.size());
      var ids = left.subList(from, to).stream().map(OfQuiz::quizId).toArray(Long[]::new);
      found.addAll(lines(dsl, isOf(ids), sought, most - found.size()));
      from = to;
    }
    return found;
  }

  private static Condition isBehind(After after) {
    var in = ROSTER_MEMBER.ORGANISATION_ID;
    return in.ge(after.organisationId())
        .and(in.gt(after.organisationId()).or(ROSTER_MEMBER.MEMBER_ID.gt(after.member())));
  }

  /** How many quizzes have so many together: small ones are read at once. */
  private static int enough(List<OfQuiz> quizzes, int people) {
    var count = 0;
    var sum = 0;
    while (count < quizzes.size() && sum < people) {
      sum += quizzes.get(count).people();
      count++;
    }
    return count;
  }

  /** One is written out: quizzes differ so much in size that one plan does not fit all. */
  private static Condition isOf(Long[] ids) {
    return ids.length == 1
        ? ROSTER_MEMBER.QUIZ_ID.eq(DSL.inline(ids[0]))
        : ROSTER_MEMBER.QUIZ_ID.eq(DSL.any(ids));
  }

  private static List<Line> lines(DSLContext dsl, Condition which, Sought sought, int most) {
    var ordered =
        dsl.select(
                ROSTER_MEMBER.QUIZ_ID,
                ROSTER_MEMBER.MEMBER_ID,
                MEMBER.NAME,
                ROSTER_MEMBER.ORGANISATION_ID,
                MEMBER.ORGANISATION_ID,
                LEDGER_ENTRY.POINTS,
                LEDGER_ENTRY.PASSED,
                LEDGER_ENTRY.SINCE_AT)
            .from(ROSTER_MEMBER)
            .join(MEMBER)
            .on(MEMBER.ID.eq(ROSTER_MEMBER.MEMBER_ID))
            .leftJoin(LEDGER_ENTRY)
            .on(FigureQueries.isEntryOf(sought.at()))
            .where(which)
            .and(FigureQueries.isActive(sought.at()))
            .and(sought.within().on(ROSTER_MEMBER.ORGANISATION_ID))
            .and(sought.figure().condition())
            .orderBy(ROSTER_MEMBER.QUIZ_ID, ROSTER_MEMBER.ORGANISATION_ID, ROSTER_MEMBER.MEMBER_ID);
    // run again with another limit, H2 2.5 repeats a row; without one it sorts as much, in memory
    return Dialect.of(dsl) == Dialect.H2
        ? ordered.fetch(PeopleQueries::line).stream().limit(most).toList()
        : ordered.limit(most).fetch(PeopleQueries::line);
  }

  private static Line line(Record r) {
    return new Line(
        r.get(ROSTER_MEMBER.QUIZ_ID),
        r.get(ROSTER_MEMBER.MEMBER_ID),
        r.get(MEMBER.NAME),
        r.get(ROSTER_MEMBER.ORGANISATION_ID),
        r.get(MEMBER.ORGANISATION_ID),
        Optional.ofNullable(r.get(LEDGER_ENTRY.POINTS)),
        Boolean.TRUE.equals(r.get(LEDGER_ENTRY.PASSED)),
        Optional.ofNullable(r.get(LEDGER_ENTRY.SINCE_AT)));
  }

  /** The quizzes that may have somebody behind a figure, in the order of a list. */
  static List<OfQuiz> quizzes(DSLContext dsl, Extent extent, Sought sought) {
    var kept = count(sought.figure());
    var people =
        DSL.sum(DSL.when(FigureQueries.isSettled(sought.at()), kept).otherwise(1))
            .cast(Integer.class);
    return dsl.select(LEDGER_COUNT.QUIZ_ID, people)
        .from(LEDGER_COUNT)
        .where(FigureQueries.isOf(extent))
        .and(sought.within().on(LEDGER_COUNT.ORGANISATION_ID))
        .and(FigureQueries.hasBegun(sought.at()))
        .and(kept.gt(0).or(DSL.not(FigureQueries.isSettled(sought.at()))))
        .groupBy(LEDGER_COUNT.QUIZ_ID)
        .orderBy(LEDGER_COUNT.QUIZ_ID)
        .fetch(r -> new OfQuiz(r.value1(), r.value2()));
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
}
