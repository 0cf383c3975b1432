package yikao.ledger;

import static org.awaitility.Awaitility.await;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.ROSTER;

import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import yikao.TestService;
import yikao.db.Dialect;
import yikao.db.Transactions;
import yikao.org.Organisations;

/**
 * A city with a year of study behind it: one quiz for all each month, and in every branch a sitting
 * made from it each month.
 *
 * @param first the first of its twelve months
 */
record City(
    TestService service, Size size, List<Long> quizzes, List<String> codes, LocalDate first) {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final int MONTHS = 12;

  /** Below the top, then below these; the rest are branches. */
  private static final int COMMITTEES = 17;

  /** How many organisations, those above branches among them, and how many people. */
  record Size(int organisations, int middle, int people) {
    int firstBranch() {
      return COMMITTEES + 2 + middle;
    }

    int branches() {
      return organisations - COMMITTEES - 1 - middle;
    }
  }

  static City build(TestService service, Size size) {
    var codes = new ArrayList<String>();
    for (var i = 0; i < MONTHS; i++) {
      codes.add(
          service.createQuiz(
              "{\"title\":\"%d\",\"entry\":\"members\",\"sections\":[{\"type\":\"judge\",\"count\":1,\"points\":1}]}"
                  .formatted(i)));
    }
    var dsl = service.context().getBean(Transactions.class).read();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> dsl.fetchCount(ROSTER, ROSTER.FROZEN_AT.isNotNull()) == MONTHS);
    var ids =
        codes.stream()
            .map(c -> dsl.select(QUIZ.ID).from(QUIZ).where(QUIZ.CODE.eq(c)).fetchSingle(QUIZ.ID))
            .toList();
    var first = LocalDate.now(ZONE).withDayOfMonth(1).minusMonths(MONTHS);
    var city = new City(service, size, ids, codes, first);
    city.organisations(dsl);
    city.people(dsl);
    for (var month = 0; month < MONTHS; month++) {
      city.month(dsl, month);
    }
    city.counts(dsl);
    service.context().getBean(Organisations.class).refresh();
    return city;
  }

  private void organisations(DSLContext dsl) {
    dsl.execute(
        """
        insert into organisation (id, code, name, parent_id)
        select n, 'C' || n, case when n = 1 then '市委' else '第' || n || '党组织' end,
          case when n = 1 then null when n < %d then 1 when n < %d then 2 + mod(n, %d)
            else %d + mod(n, %d) end
        from generate_series(1, %d) as g(n)
        """
            .formatted(
                COMMITTEES + 2,
                size.firstBranch(),
                COMMITTEES,
                COMMITTEES + 2,
                size.middle(),
                size.organisations()));
    dsl.execute(
        """
        insert into organisation_version
          (organisation_id, name, kind, parent_id, state, held_from, recorded_at, actor, reason)
        select id, name, kind, parent_id, state, date '2000-01-01', current_timestamp, 'system', ''
        from organisation
        """);
  }

  /** In no order, as identities are. */
  private static String identity(String n) {
    return ("cast(lpad(cast(mod(%1$s * 26544357, 100000000) as varchar), 8, '0')"
            + " || '-0000-7000-8000-' || lpad(cast(%1$s as varchar), 12, '0') as uuid)")
        .formatted(n);
  }

  private void people(DSLContext dsl) {
    dsl.execute(
        """
        insert into member (id, name, name_key, organisation_id, state, version, created_at)
        select %s, '党员' || n, 'k' || n, %d + mod(n, %d), 'enrolled', 1, current_timestamp
        from generate_series(1, %d) as g(n)
        """
            .formatted(
                identity("cast(n as bigint)"), size.firstBranch(), size.branches(), size.people()));
    analyze(dsl, "member");
  }

  private void month(DSLContext dsl, int month) {
    var opens =
        "timestamp with time zone '%s 01:00:00+00'".formatted(first.plusMonths(month).plusDays(1));
    var quiz = quizzes.get(month);
    dsl.execute("update roster set opens_at = %s where quiz_id = %d".formatted(opens, quiz));
    place(dsl, Long.toString(quiz), opens, "1 = 1");
    // a quiz of its own for each branch, with the identity 100,000 times the month and its own
    var base = 100_000L * (month + 1);
    dsl.execute(
        """
        insert into quiz (id, code, revision, amendments, extensions, created_at, parent_id)
        select %d + id, 'k' || (%1$d + id), 1, 0, 0, %s, %d from organisation where id >= %d
        """
            .formatted(base, opens, quiz, size.firstBranch()));
    dsl.execute(
        """
        insert into quiz_revision (quiz_id, revision, content, created_at)
        select q.id, 1, r.content, r.created_at from quiz q
        join quiz_revision r on r.quiz_id = q.parent_id where q.parent_id = %d
        """
            .formatted(quiz));
    dsl.execute(
        """
        insert into roster (quiz_id, opens_at, frozen_at)
        select id, %s, %1$s from quiz where parent_id = %d
        """
            .formatted(opens, quiz));
    place(dsl, base + " + organisation_id", opens, "1 = 1");
    reach(dsl, "roster_member.quiz_id = " + quiz, 84);
    reach(
        dsl,
        "roster_member.quiz_id > %d and roster_member.quiz_id < %d".formatted(base, base + 100_000),
        84);
  }

  private static void place(DSLContext dsl, String quiz, String opens, String which) {
    dsl.execute(
        """
        insert into roster_member
          (quiz_id, member_id, added_at, organisation_id, state, added_by, added_reason)
        select %s, id, %s, organisation_id, state, 'system', '' from member where %s
        """
            .formatted(quiz, opens, which));
  }

  /** So many of a hundred, in the three weeks after it opened. */
  private static void reach(DSLContext dsl, String which, int ofHundred) {
    dsl.execute(
        """
        insert into ledger_entry (quiz_id, participant_id, since_at, until_at, points, passed)
        select quiz_id, member_id,
          added_at + mod(cast(substring(name_key from 2) as bigint) * 13 + quiz_id, 500) * %s,
          timestamp with time zone '2100-01-01 00:00:00+00',
          mod(cast(substring(name_key from 2) as bigint) * 7919 + quiz_id, 10001),
          mod(cast(substring(name_key from 2) as bigint) * 7919 + quiz_id, 10001) >= 6000
        from roster_member join member on member.id = member_id
        where %s and mod(cast(substring(name_key from 2) as bigint) * 31 + quiz_id * 17, 100) < %d
        """
            .formatted("interval '1' hour", which, ofHundred));
  }

  /** All at once, as one by one they would come to. */
  private void counts(DSLContext dsl) {
    for (var table : List.of("roster_member", "ledger_entry", "roster", "quiz")) {
      analyze(dsl, table);
    }
    dsl.execute("delete from ledger_change");
    dsl.execute(
        """
        insert into ledger_count
          (quiz_id, organisation_id, root_id, opens_at, should, took, marked, passed, points,
            began_at, settled_at)
        select r.quiz_id, r.organisation_id, coalesce(q.parent_id, q.id), o.opens_at, count(*),
          count(e.participant_id), count(e.points), count(case when e.passed then 1 end),
          coalesce(sum(e.points), 0), min(r.added_at),
          greatest(max(r.added_at), coalesce(max(e.since_at), max(r.added_at)))
        from roster o join quiz q on q.id = o.quiz_id
        join roster_member r on r.quiz_id = o.quiz_id
        left join ledger_entry e on e.quiz_id = r.quiz_id and e.participant_id = r.member_id
        group by r.quiz_id, r.organisation_id, q.parent_id, q.id, o.opens_at
        """);
    analyze(dsl, "ledger_count");
  }

  private static void analyze(DSLContext dsl, String table) {
    dsl.execute(
        (Dialect.of(dsl) == Dialect.H2 ? "analyze table %s" : "vacuum analyze %s")
            .formatted(table));
  }

  /** A month of the year that ended before this month, counted from 0. */
  String month(int number) {
    return Period.month(YearMonth.from(first.plusMonths(number))).text();
  }
}
