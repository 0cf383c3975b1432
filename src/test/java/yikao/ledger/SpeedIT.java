package yikao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.LEDGER_CHANGE;
import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.StaffBrowser;
import yikao.db.Postgres;
import yikao.db.Transactions;

/** How long pages of ledgers take for those who see a whole city, or a whole committee. */
final class SpeedIT {
  private static final int TIMES = 5;
  private static final long PAGE_MILLIS = 300;
  private static final long PAST_MILLIS = 5_000;

  @Test
  @Tag("full")
  void city_onPostgres() throws Exception {
    measure(Postgres.database(), new City.Size(4_700, 300, 100_000), 2_000_000);
  }

  @Test
  @Tag("full")
  void committee_onH2() throws Exception {
    var url = TestService.file(Files.createTempDirectory("yikao-h2"));
    measure(Map.of("yikao.database.url", url), new City.Size(470, 30, 10_000), 200_000);
  }

  private static void measure(Map<String, Object> database, City.Size size, int results) {
    try (var service = TestService.start(database)) {
      var building = System.nanoTime();
      var city = City.build(service, size);
      var dsl = service.context().getBean(Transactions.class).read();
      assertThat(dsl.fetchCount(LEDGER_ENTRY)).isGreaterThan(results);
      var figures = new LinkedHashMap<String, Long>();
      figures.put("built", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - building));
      try {
        pages(city, figures);
        recount(city, figures);
      } finally {
        figures.forEach((name, millis) -> System.out.printf("ledger %-24s %6d ms%n", name, millis));
      }
      figures.forEach((name, millis) -> {
        if (name.startsWith("page")) {
          assertThat(millis).as(name).isLessThan(PAGE_MILLIS);
        } else if (name.startsWith("past")) {
          assertThat(millis).as(name).isLessThan(PAST_MILLIS);
        }
      });
    }
  }

  private static void pages(City city, Map<String, Long> figures) {
    var browser = StaffBrowser.of(new Client(city.service().uri()), "dudao", "supervisor", "C1");
    var last = city.month(City.MONTHS - 2);
    var year = last.substring(0, 4);
    var quarter = year + "-Q" + ((Integer.parseInt(last.substring(5)) - 1) / 3 + 1);
    var quiz = city.codes().get(City.MONTHS - 2);
    var day = city.first().plusMonths(City.MONTHS - 2).plusDays(9);
    var at = "/console/ledger/C1";
    figures.put("page quiz", time(browser, at + "?quiz=" + quiz));
    figures.put("page quiz and sittings", time(browser, at + "?sittings=true&quiz=" + quiz));
    figures.put("page month", time(browser, at + "?period=" + last));
    figures.put("page quarter", time(browser, at + "?period=" + quarter));
    figures.put("page year", time(browser, at + "?period=" + year));
    figures.put("page committee's year", time(browser, "/console/ledger/C2?period=" + year));
    figures.put("page branch's year", time(browser, "/console/ledger/C400?period=" + year));
    figures.put("page overview", time(browser, at + "/overview?period=" + quarter));
    figures.put("page not yet, quiz", time(browser, at + "/people?quiz=" + quiz));
    figures.put("page not yet, year", time(browser, at + "/people?period=" + year));
    figures.put("page failed, quiz", time(browser, at + "/people?figure=failed&quiz=" + quiz));
    figures.put("past quiz", time(browser, at + "?quiz=" + quiz + "&date=" + day));
    figures.put("past month", time(browser, at + "?period=" + last + "&date=" + day));
    figures.put(
        "past year, tree of then",
        time(browser, at + "?period=" + year + "&tree=then&date=" + day));
    figures.put(
        "past not yet, year", time(browser, at + "/people?period=" + year + "&date=" + day));
    export(browser, figures, "export ledger, year", at + "/table?format=csv&period=" + year);
    export(
        browser, figures, "export not yet, year", at + "/people/table?format=csv&period=" + year);
    export(browser, figures, "export not yet, xlsx", at + "/people/table?format=xlsx&quiz=" + quiz);
  }

  /** In the middle of five, after three. */
  private static long time(StaffBrowser browser, String path) {
    IntStream.range(0, path.contains("date=") ? 1 : 3).forEach(_ -> once(browser, path));
    return IntStream.range(0, TIMES)
        .mapToLong(_ -> once(browser, path))
        .sorted()
        .skip(TIMES / 2)
        .findFirst()
        .orElseThrow();
  }

  private static long once(StaffBrowser browser, String path) {
    var from = System.nanoTime();
    var reply = browser.get(path);
    var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
    assertThat(reply.status()).as(path + reply.body()).isEqualTo(200);
    return millis;
  }

  private static void export(
      StaffBrowser browser, Map<String, Long> figures, String name, String path) {
    figures.put(name, once(browser, path));
  }

  /** The figures of a quiz for all are worked out anew, and come to the same. */
  private static void recount(City city, Map<String, Long> figures) {
    var dsl = city.service().context().getBean(Transactions.class).read();
    var counts = city.service().context().getBean(CountKeeping.class);
    var before = dsl.select(LEDGER_COUNT.fields()).from(LEDGER_COUNT).fetchSet(r -> r.intoList());
    var from = System.nanoTime();
    EntryStore.changed(dsl, city.quizzes().getFirst(), Optional.empty());
    counts.catchUp();
    figures.put("recount quiz", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
    var people =
        dsl.select(ROSTER_MEMBER.QUIZ_ID, ROSTER_MEMBER.MEMBER_ID)
            .from(ROSTER_MEMBER)
            .where(ROSTER_MEMBER.QUIZ_ID.eq(city.quizzes().get(1)))
            .limit(5_000)
            .fetch();
    people.forEach(p -> EntryStore.changed(dsl, p.value1(), Optional.of(p.value2())));
    from = System.nanoTime();
    counts.catchUp();
    figures.put("recount 5000 people", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
    assertThat(dsl.fetchCount(LEDGER_CHANGE)).isZero();
    assertThat(dsl.select(LEDGER_COUNT.fields()).from(LEDGER_COUNT).fetchSet(r -> r.intoList()))
        .isEqualTo(before);
  }
}
