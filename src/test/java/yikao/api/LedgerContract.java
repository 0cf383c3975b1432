package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static yikao.db.jooq.Tables.JOB;
import static yikao.db.jooq.Tables.LEDGER_CHANGE;
import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.ROSTER;

import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yikao.api.Client.Reply;
import yikao.db.Transactions;

/**
 * Ledgers over HTTP: how attempts come into them, who sees what, and exports that are recognised.
 */
abstract class LedgerContract extends SmallBankContract {
  private static final Pattern MARK = Pattern.compile("([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})");

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private final Map<String, String> phones = new HashMap<>();
  private int round;
  private String top;
  private String first;
  private String second;

  /** Each test has units of its own. */
  @BeforeEach
  void units() {
    round++;
    top = organisation("L" + round, "");
    first = organisation("L" + round + "A", top);
    second = organisation("L" + round + "B", top);
  }

  private String organisation(String code, String parent) {
    api.organisation(code, code + "支部", parent);
    return code;
  }

  /** For the members of this test's units, three questions, two to pass. */
  private String quiz(String more) {
    var code =
        api.quiz(
            three(
                "\"entry\":\"members\",\"roster\":{\"organisations\":[\"%s\"]},\"passMark\":20"
                        .formatted(top)
                    + (more.isEmpty() ? "" : "," + more)));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> staff("/api/quizzes/%s/roster".formatted(code)).has("frozenAt"));
    return code;
  }

  private Reply begun(String quiz, String name, String branch) {
    var started = api.start(quiz, phones.computeIfAbsent(name, _ -> secret()), name, branch);
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    return started;
  }

  /** Hands in with this many right. */
  private Reply taken(String quiz, String name, String branch, int right) {
    var started = begun(quiz, name, branch);
    var responses =
        IntStream.rangeClosed(1, right)
            .mapToObj(n -> chosen(started, n, 1, SmallBank.RIGHT))
            .collect(Collectors.joining(","));
    var handed = api.submit(started, "{\"responses\":[%s]}".formatted(responses));
    assertThat(handed.status()).as(handed.body()).isEqualTo(200);
    return started;
  }

  private Reply ledger(String unit, String query) {
    var found = staff("/api/ledger/%s?%s".formatted(unit, query));
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return found;
  }

  private static String figures(JsonNode of) {
    return List.of("should", "took", "notYet", "passed", "failed", "waiting").stream()
        .map(name -> of.get(name).coerceStringValue())
        .reduce((a, b) -> a + " " + b)
        .orElseThrow();
  }

  /** The figures that are kept follow within seconds. */
  private void awaitTotal(String quiz, String figures) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(figures(ledger(top, "quiz=" + quiz).json().get("total")))
                .isEqualTo(figures));
  }

  private String names(String query) {
    var found = staff("/api/ledger/%s/people?%s".formatted(top, query));
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return list(found.json().get("people")).stream()
        .map(p -> p.get("name").getStringValue())
        .sorted()
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }

  @Test
  void attempts_comeIntoTheLedger_andGoOutOfIt() {
    api.member("甲一", first);
    api.member("甲二", first);
    api.member("乙一", second);
    api.member("本级人", top);
    var quiz = quiz("\"tries\":3");
    awaitTotal(quiz, "4 0 4 0 0 0");
    taken(quiz, "甲一", first, 1);
    awaitTotal(quiz, "4 1 3 0 1 0");
    taken(quiz, "甲一", first, 3);
    awaitTotal(quiz, "4 1 3 1 0 0");
    // a worse one does not count, the best does
    taken(quiz, "甲一", first, 0);
    var set = taken(quiz, "本级人", top, 2);
    awaitTotal(quiz, "4 2 2 2 0 0");
    var ledger = ledger(top, "quiz=" + quiz);
    assertThat(figures(ledger.json().get("own"))).isEqualTo("1 1 0 1 0 0");
    var children = list(ledger.json().get("children"));
    assertThat(children)
        .extracting(c -> c.get("organisation").getStringValue())
        .containsExactly(first, second);
    assertThat(figures(children.getFirst().get("figures"))).isEqualTo("2 1 1 1 0 0");
    assertThat(figures(children.getLast().get("figures"))).isEqualTo("1 0 1 0 0 0");
    assertThat(ledger.json().get("total").get("average").coerceStringValue()).isEqualTo("83.3");
    assertThat(ledger.json().get("total").get("averageOfAll").coerceStringValue())
        .isEqualTo("41.7");
    assertThat(names("quiz=" + quiz)).isEqualTo("乙一 甲二");
    assertThat(names("figure=passed&own=true&quiz=" + quiz)).isEqualTo("本级人");
    annul(set);
    awaitTotal(quiz, "4 1 3 1 0 0");
    assertThat(names("quiz=" + quiz)).isEqualTo("乙一 本级人 甲二");
  }

  private void annul(Reply attempt) {
    var annulled =
        staff(
            "POST",
            "/api/attempts/%s/annulment".formatted(attempt.text("id")),
            "{\"reason\":\"代答\"}");
    assertThat(annulled.status()).as(annulled.body()).isBetween(200, 204);
  }

  /** A question that is voided changes what people have; what runs out of time is taken part. */
  @Test
  void remarksAndExpiries_areFollowed() {
    api.member("丙一", first);
    api.member("丙二", second);
    var quiz = quiz("\"timeLimitMinutes\":5");
    taken(quiz, "丙一", first, 1);
    begun(quiz, "丙二", second);
    awaitTotal(quiz, "2 1 1 0 1 0");
    forwardMinutes(6);
    awaitTotal(quiz, "2 2 0 0 2 0");
    for (var i = 1; i <= 3; i++) {
      var amended = amend(quiz, "01-three-00" + i, i - 1, "\"voided\":\"full-points\"");
      assertThat(amended.status()).as(amended.body()).isBetween(200, 202);
    }
    awaitTotal(quiz, "2 2 0 2 0 0");
  }

  /** Whoever is taken out of the roster counts no more, and whoever is added does. */
  @Test
  void rosters_areFollowed() {
    var member = api.member("丁一", first);
    api.member("丁二", first);
    var quiz = quiz("");
    awaitTotal(quiz, "2 0 2 0 0 0");
    var removed =
        staff(
            "POST",
            "/api/quizzes/%s/roster/removals".formatted(quiz),
            "{\"member\":\"%s\",\"reason\":\"长期病休\"}".formatted(member));
    assertThat(removed.status()).as(removed.body()).isEqualTo(204);
    awaitTotal(quiz, "1 0 1 0 0 0");
    var added = api.member("丁三", second);
    staff(
        "POST",
        "/api/quizzes/%s/roster/additions".formatted(quiz),
        "{\"member\":\"%s\",\"reason\":\"调入\"}".formatted(added));
    awaitTotal(quiz, "2 0 2 0 0 0");
    assertThat(names("quiz=" + quiz)).isEqualTo("丁三 丁二");
  }

  @Test
  void period_hasItsQuizzesAndMonths() {
    api.member("戊一", first);
    var one = quiz("");
    var two = quiz("");
    taken(one, "戊一", first, 3);
    awaitTotal(one, "1 1 0 1 0 0");
    awaitTotal(two, "1 0 1 0 0 0");
    var today = now().atZone(ZONE).toLocalDate();
    var ledger = ledger(top, "period=" + today.getYear());
    assertThat(figures(ledger.json().get("total"))).isEqualTo("2 1 1 1 0 0");
    assertThat(list(ledger.json().get("quizzes")))
        .extracting(q -> q.get("quiz").getStringValue())
        .containsExactly(one, two);
    var months = list(ledger.json().get("months"));
    assertThat(months).hasSize(12);
    assertThat(figures(months.get(today.getMonthValue() - 1).get("figures")))
        .isEqualTo("2 1 1 1 0 0");
    assertThat(figures(ledger(top, "period=" + (today.getYear() - 1)).json().get("total")))
        .isEqualTo("0 0 0 0 0 0");
    assertThat(figures(ledger(top, "date=" + today.minusDays(1)).json().get("total")))
        .isEqualTo("0 0 0 0 0 0");
    var page =
        staff(
            "/api/ledger/%s/people?figure=should&limit=1&period=%d"
                .formatted(top, today.getYear()));
    assertThat(list(page.json().get("people"))).hasSize(1);
    var next =
        staff(
            "/api/ledger/%s/people?figure=should&limit=1&period=%d&after=%s"
                .formatted(top, today.getYear(), page.text("next")));
    assertThat(list(next.json().get("people"))).hasSize(1);
    assertThat(next.has("next")).isFalse();
  }

  @Test
  void export_isRecognisedByItsCode_andStandsInTheLog() {
    api.member("己一", first);
    api.member("己二", second);
    var quiz = quiz("");
    taken(quiz, "己一", first, 3);
    awaitTotal(quiz, "2 1 1 1 0 0");
    var table = staff("/api/ledger/%s/table?format=csv&quiz=%s".formatted(top, quiz));
    assertThat(table.status()).as(table.body()).isEqualTo(200);
    var lines = table.body().substring(1).lines().toList();
    assertThat(lines.get(1)).contains("," + top + ",2,1,1,50.0%,1,0,0,100.0%,100.0,50.0");
    assertThat(lines).anyMatch(l -> l.contains("," + second + ",1,0,1,0.0%,"));
    var found = MARK.matcher(lines.getLast());
    assertThat(found.find()).as(lines.getLast()).isTrue();
    var mark = found.group(1);
    var typed = mark.toLowerCase(Locale.ROOT).replace("-", "");
    var known = staff("/api/ledger-exports?code=" + typed);
    assertThat(known.status()).as(known.body()).isEqualTo(200);
    assertThat(known.json().get("genuine").getBooleanValue()).isTrue();
    assertThat(known.text("organisation")).isEqualTo(top);
    assertThat(known.text("quiz")).isEqualTo(quiz);
    assertThat(known.has("figure")).isFalse();
    assertThat(figures(known.json().get("figures"))).isEqualTo("2 1 1 1 0 0");
    assertProblem(staff("/api/ledger-exports?code=AAAA"), 404, "no-such-export");
    var people = staff("/api/ledger/%s/people/table?format=csv&quiz=%s".formatted(top, quiz));
    assertThat(people.body().lines().toList().get(1)).startsWith("己二,");
    assertThat(people.body()).doesNotContain("己一");
    assertThat(staff("/api/audit?limit=2").body())
        .containsSubsequence("\"ledger.export-people\"", "\"ledger.export\"", mark);
  }

  @Test
  void whatIsWrong_isTold() {
    var at = "/api/ledger/" + top;
    assertRefused(staff(at + "?period=2026-13"), "period");
    assertRefused(staff(at + "?date=2026-02-30"), "date");
    assertRefused(staff(at + "?date=2099-01-01"), "date");
    assertRefused(staff(at + "?tree=mine"), "tree");
    assertRefused(staff(at + "/people?figure=all"), "figure");
    assertRefused(staff(at + "/people?limit=0"), "limit");
    assertRefused(staff(at + "/people?after=x"), "after");
    assertRefused(staff(at + "/people?after=x~y~z"), "after");
    assertRefused(staff(at + "/table?format=doc"), "format");
    assertProblem(staff("/api/ledger/none"), 404, "no-such-organisation");
    assertProblem(staff(at + "?quiz=zzzz"), 404, "no-such-quiz");
    assertProblem(staff(at + "?quiz=" + api.quiz(three(""))), 409, "roster.none");
  }

  /** In the console: every figure leads to its list, and each page is there. */
  @Test
  void console_leadsFromFiguresToLists() {
    api.member("庚一", first);
    api.member("庚二", second);
    var quiz = quiz("");
    taken(quiz, "庚一", first, 3);
    awaitTotal(quiz, "2 1 1 1 0 0");
    var supervisor = StaffBrowser.of(api, "dudao" + round, "supervisor", top);
    assertThat(supervisor.get("/console/ledger").body()).contains("/console/ledger/" + top);
    var page = supervisor.get("/console/ledger/%s?quiz=%s".formatted(top, quiz));
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    var list = "/console/ledger/%s/people?quiz=%s&amp;figure=not-yet".formatted(top, quiz);
    assertThat(page.body()).contains(list).contains("50.0%");
    var people = supervisor.get(list.replace("&amp;", "&"));
    assertThat(people.body()).contains("庚二").doesNotContain("庚一");
    var overview = supervisor.get("/console/ledger/%s/overview".formatted(top));
    assertThat(overview.status()).as(overview.body()).isEqualTo(200);
    assertThat(overview.body()).contains(second + "支部");
    var table = supervisor.get("/console/ledger/%s/table?quiz=%s".formatted(top, quiz));
    assertThat(table.headers().get("content-type").getFirst()).contains("spreadsheetml");
    var again = supervisor.get("/console/ledger/%s/overview".formatted(top)).body();
    var found = MARK.matcher(again);
    assertThat(found.find()).isTrue();
    var known = supervisor.get("/console/ledger-exports?code=" + found.group(1));
    assertThat(known.body()).contains("核对码有效");
    assertThat(supervisor.get("/console/ledger-exports?code=x").body()).contains("没有这个核对码");
    var secretary = StaffBrowser.of(api, "shuji" + round, "secretary", first);
    assertThat(secretary.get("/console/ledger/" + first).status()).isEqualTo(200);
    assertThat(secretary.get("/console/ledger/" + top).status()).isEqualTo(403);
    assertThat(secretary.get("/console/ledger/" + second).status()).isEqualTo(403);
  }

  private StaffBrowser supervisor() {
    return StaffBrowser.of(api, "dudao" + round, "supervisor", top);
  }

  /** A prepared quiz may be for everybody, and have no roster of its own. */
  @Test
  void quizForEverybody_hasTheFiguresOfItsSittings() {
    api.member("辛一", first);
    var prepared =
        api.quiz(
            "{\"title\":\"预备\",\"documents\":[\"%s\"],\"sections\":[{\"type\":\"single\",\"count\":3,\"points\":10}]}"
                .formatted(SmallBank.THREE));
    var opened =
        staff(
            "POST",
            "/api/sittings",
            "{\"organisation\":\"%s\",\"quiz\":\"%s\",\"minutes\":10,\"host\":\"甲\"}"
                .formatted(first, prepared));
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    awaitTotal(prepared + "&sittings=true", "1 0 1 0 0 0");
    assertProblem(staff("/api/ledger/%s?quiz=%s".formatted(top, prepared)), 409, "roster.none");
  }

  /** Figures as they are without sittings, and with: each leads to what it says. */
  @Test
  void rowOfAQuiz_leadsToTheSamePeriod() {
    api.member("辛一", first);
    var quiz = quiz("");
    awaitTotal(quiz, "1 0 1 0 0 0");
    var year = now().atZone(ZONE).getYear();
    var page = supervisor().get("/console/ledger/%s?period=%d".formatted(top, year));
    assertThat(page.body())
        .contains(
            "people?quiz=%s&amp;sittings=true&amp;period=%d&amp;figure=should"
                .formatted(quiz, year));
    assertThat(figures(ledger(top, "quiz=%s&period=%d".formatted(quiz, year)).json().get("total")))
        .isEqualTo("1 0 1 0 0 0");
    assertThat(
            figures(ledger(top, "quiz=%s&period=%d".formatted(quiz, year - 1)).json().get("total")))
        .isEqualTo("0 0 0 0 0 0");
  }

  /** What was done later does not stand in the overview of an earlier day. */
  @Test
  void overview_ofAPastDay_hasWhatWasDoneByThen() {
    var member = api.member("壬一", first);
    var asked =
        staff(
            "POST",
            "/api/spot-questions",
            "{\"member\":\"%s\",\"area\":\"charter\",\"count\":2}".formatted(member));
    assertThat(asked.status()).as(asked.body()).isEqualTo(201);
    var supervisor = supervisor();
    var at = "/console/ledger/%s/overview?period=%d".formatted(top, now().atZone(ZONE).getYear());
    assertThat(supervisor.get(at).body()).contains("2 题，答对 0 题，1 个单位");
    var yesterday = now().atZone(ZONE).toLocalDate().minusDays(1);
    assertThat(supervisor.get(at + "&date=" + yesterday).body()).contains("0 题，答对 0 题，0 个单位");
  }

  /** Who has moved elsewhere stays in the list by name, without a link that would be refused. */
  @Test
  void movedMember_staysInTheList_withoutALink() {
    var stays = api.member("癸一", first);
    var moves = api.member("癸二", first);
    var elsewhere = organisation("M" + round, "");
    var quiz = quiz("");
    awaitTotal(quiz, "2 0 2 0 0 0");
    var moved =
        staff(
            "POST",
            "/api/members/%s/move".formatted(moves),
            "{\"organisation\":\"%s\",\"version\":1,\"reason\":\"调动\"}".formatted(elsewhere));
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    var list = supervisor().get("/console/ledger/%s/people?quiz=%s".formatted(top, quiz));
    assertThat(list.body())
        .contains("癸一", "癸二", "/console/members/" + stays)
        .doesNotContain("/console/members/" + moves);
  }

  /** A unit that was below then, and is elsewhere now, has its figures, and no link. */
  @Test
  void movedUnit_standsInTheLedgerOfThen_withoutALink() {
    var today = now().atZone(ZONE).toLocalDate();
    var code = "U" + round;
    var made =
        staff(
            "POST",
            "/api/organisations",
            "{\"code\":\"%s\",\"name\":\"流动支部\",\"kind\":\"branch\",\"parent\":\"%s\",\"date\":\"%s\",\"reason\":\"新成立\"}"
                .formatted(code, old(), today.minusDays(20)));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    var elsewhere = organisation("V" + round, "");
    var moved =
        staff(
            "POST",
            "/api/organisations/%s/move".formatted(code),
            "{\"parent\":\"%s\",\"version\":1,\"reason\":\"调整\"}".formatted(elsewhere));
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    var supervisor = StaffBrowser.of(api, "jiu" + round, "supervisor", "O" + round);
    var at = "/console/ledger/O%d?tree=then&date=%s".formatted(round, today.minusDays(5));
    assertThat(supervisor.get(at).body())
        .contains("流动支部")
        .doesNotContain("/console/ledger/" + code);
  }

  /** One that was there twenty days ago. */
  private String old() {
    var code = "O" + round;
    var made =
        staff(
            "POST",
            "/api/organisations",
            "{\"code\":\"%s\",\"name\":\"老支部\",\"kind\":\"branch\",\"date\":\"%s\",\"reason\":\"新成立\"}"
                .formatted(code, now().atZone(ZONE).toLocalDate().minusDays(30)));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return code;
  }

  /** What was reached before there was a ledger is filled in, each attempt from its end on. */
  @Test
  void formerAttempts_areFilledIn() {
    api.member("子一", first);
    api.member("子二", second);
    var quiz = quiz("\"tries\":3");
    taken(quiz, "子一", first, 1);
    forwardMinutes(2);
    taken(quiz, "子一", first, 3);
    annul(taken(quiz, "子二", second, 3));
    awaitTotal(quiz, "2 1 1 1 0 0");
    var transactions = bean(Transactions.class);
    var entries = entries(transactions, quiz);
    assertThat(entries).hasSizeGreaterThanOrEqualTo(2);
    transactions.write(dsl -> {
      dsl.deleteFrom(LEDGER_ENTRY).execute();
      dsl.deleteFrom(LEDGER_COUNT).execute();
      dsl.insertInto(LEDGER_CHANGE, LEDGER_CHANGE.QUIZ_ID)
          .select(dsl.select(ROSTER.QUIZ_ID).from(ROSTER))
          .execute();
      return dsl.insertInto(JOB)
          .set(JOB.ID, UUID.randomUUID())
          .set(JOB.KIND, "ledger-entries")
          .set(JOB.SUBJECT, "")
          .set(JOB.ACTOR, "system")
          .set(JOB.ARGUMENTS, "")
          .set(JOB.PROGRESS, "")
          .set(JOB.DONE, 0)
          .set(JOB.TOTAL, 0)
          .set(JOB.STATE, "running")
          .set(JOB.CREATED_AT, now())
          .set(JOB.UPDATED_AT, now())
          .execute();
    });
    awaitTotal(quiz, "2 1 1 1 0 0");
    // those of the attempt that was set aside are not known any more
    assertThat(entries(transactions, quiz)).isSubsetOf(entries).hasSize(2);
  }

  private static Set<List<?>> entries(Transactions transactions, String quiz) {
    return transactions
        .read()
        .select(LEDGER_ENTRY.fields())
        .from(LEDGER_ENTRY)
        .join(QUIZ)
        .on(QUIZ.ID.eq(LEDGER_ENTRY.QUIZ_ID))
        .where(QUIZ.CODE.eq(quiz))
        .fetchSet(row -> row.intoList());
  }
}
