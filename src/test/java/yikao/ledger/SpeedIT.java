package yikao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.LEDGER_CHANGE;
import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import yikao.ServiceProcess;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.StaffBrowser;
import yikao.db.Dialect;
import yikao.db.Postgres;
import yikao.db.StatementBatch;
import yikao.db.Transactions;
import yikao.ledger.EntryStore.Owner;
import yikao.ledger.EntryStore.Version;

/** How long pages of ledgers take for those who see a whole city, or a whole committee. */
final class SpeedIT {
  private static final int TIMES = 5;
  private static final int GROUP = 500;

  /** Lines behind those of a list. */
  private static final int END = 5;

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

  private static void measure(Map<String, Object> database, City.Size size, int results)
      throws Exception {
    try (var service = TestService.start(database)) {
      var city = City.build(service, size);
      var dsl = service.context().getBean(Transactions.class).read();
      assertThat(dsl.fetchCount(LEDGER_ENTRY)).isGreaterThan(results);
      var figures = new LinkedHashMap<String, Times>();
      try {
        pages(city, figures);
        recount(city);
        results(city);
        if (Dialect.of(dsl) == Dialect.POSTGRESQL) {
          exports(database, city);
        }
      } finally {
        figures.forEach((name, times) ->
            System.out.printf(
                "ledger %-28s median %6d ms, worst %6d ms%n", name, times.median(), times.worst()));
      }
      figures.forEach((name, times) -> {
        if (name.startsWith("page")) {
          assertThat(times.median()).as(name).isLessThan(PAGE_MILLIS);
        } else if (name.startsWith("past")) {
          assertThat(times.worst()).as(name).isLessThan(PAST_MILLIS);
        }
      });
    }
  }

  /** Of one page, asked for again and again, in milliseconds. */
  private record Times(long median, long worst) {
    static Times of(StaffBrowser browser, String path) {
      IntStream.range(0, path.contains("date=") ? 1 : 3).forEach(_ -> once(browser, path));
      var sorted = IntStream.range(0, TIMES).mapToLong(_ -> once(browser, path)).sorted().toArray();
      return new Times(sorted[TIMES / 2], sorted[TIMES - 1]);
    }
  }

  private static void pages(City city, Map<String, Times> figures) {
    var browser = StaffBrowser.of(new Client(city.service().uri()), "dudao", "supervisor", "C1");
    var last = city.month(City.MONTHS - 2);
    var year = last.substring(0, 4);
    var quarter = year + "-Q" + ((Integer.parseInt(last.substring(5)) - 1) / 3 + 1);
    var quiz = city.codes().get(City.MONTHS - 2);
    var middle = city.codes().get(City.MONTHS - 6);
    var day = city.first().plusMonths(City.MONTHS - 2).plusDays(9);
    var branch = "/console/ledger/C" + city.size().organisations();
    var at = "/console/ledger/C1";
    var pages = new LinkedHashMap<String, String>();
    pages.put("page quiz", at + "?quiz=" + quiz);
    pages.put("page quiz and sittings", at + "?sittings=true&quiz=" + quiz);
    pages.put("page quiz in a period", at + "?sittings=true&period=" + year + "&quiz=" + quiz);
    pages.put("page month", at + "?period=" + last);
    pages.put("page quarter", at + "?period=" + quarter);
    pages.put("page year", at + "?period=" + year);
    pages.put("page committee's year", "/console/ledger/C2?period=" + year);
    pages.put("page branch's year", branch + "?period=" + year);
    pages.put("page overview, quarter", at + "/overview?period=" + quarter);
    pages.put("page overview, year", at + "/overview?period=" + year);
    for (var figure : List.of("not-yet", "failed", "should", "waiting")) {
      for (var of :
          List.of("quiz=" + quiz, "period=" + last, "period=" + quarter, "period=" + year)) {
        pages.put(
            "page %s, %s".formatted(figure, of.replace("quiz=" + quiz, "quiz")),
            at + "/people?figure=" + figure + "&" + of);
      }
    }
    var place =
        "&after=%s~C%d~ffffffff-ffff-7fff-bfff-ffffffffffff"
            .formatted(middle, city.size().organisations());
    pages.put("page not-yet, year, half way", at + "/people?period=" + year + place);
    pages.put("page branch's not-yet, year", branch + "/people?period=" + year);
    pages.put("past quiz", at + "?date=" + day + "&quiz=" + quiz);
    pages.put("past month", at + "?date=" + day + "&period=" + last);
    pages.put("past quarter", at + "?date=" + day + "&period=" + quarter);
    pages.put("past year, tree of then", at + "?tree=then&date=" + day + "&period=" + year);
    pages.put("past overview, year", at + "/overview?date=" + day + "&period=" + year);
    pages.put("past not-yet, quiz", at + "/people?date=" + day + "&quiz=" + quiz);
    pages.put("past not-yet, month", at + "/people?date=" + day + "&period=" + last);
    pages.put("past not-yet, year", at + "/people?date=" + day + "&period=" + year);
    pages.forEach((name, path) -> figures.put(name, Times.of(browser, path)));
  }

  private static long once(StaffBrowser browser, String path) {
    var from = System.nanoTime();
    var reply = browser.get(path);
    var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
    assertThat(reply.status()).as(path + reply.body()).isEqualTo(200);
    return millis;
  }

  private static void said(String what, long from) {
    System.out.printf(
        "ledger %-28s %6d ms%n", what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
  }

  /** The figures of a quiz for all are worked out anew, and come to the same. */
  private static void recount(City city) {
    var dsl = city.service().context().getBean(Transactions.class).read();
    var counts = city.service().context().getBean(CountKeeping.class);
    var before = dsl.select(LEDGER_COUNT.fields()).from(LEDGER_COUNT).fetchSet(r -> r.intoList());
    var from = System.nanoTime();
    EntryStore.changed(dsl, city.quizzes().getFirst(), Optional.empty());
    counts.catchUp();
    said("a quiz for all counted anew", from);
    var people =
        dsl.select(ROSTER_MEMBER.QUIZ_ID, ROSTER_MEMBER.MEMBER_ID)
            .from(ROSTER_MEMBER)
            .where(ROSTER_MEMBER.QUIZ_ID.eq(city.quizzes().get(1)))
            .limit(5_000)
            .fetch();
    people.forEach(p -> EntryStore.changed(dsl, p.value1(), Optional.of(p.value2())));
    from = System.nanoTime();
    counts.catchUp();
    said("5,000 people counted anew", from);
    assertThat(dsl.fetchCount(LEDGER_CHANGE)).isZero();
    assertThat(dsl.select(LEDGER_COUNT.fields()).from(LEDGER_COUNT).fetchSet(r -> r.intoList()))
        .isEqualTo(before);
  }

  /**
   * What the ledger adds to the transaction of a group: five hundred who hand in first attempts.
   */
  private static void results(City city) {
    var transactions = city.service().context().getBean(Transactions.class);
    var quiz = city.quizzes().getFirst();
    var counted = Optional.of(new Counted(Optional.of(8_000), true));
    var micros = new long[TIMES * 4];
    for (var i = 0; i < micros.length; i++) {
      var versions =
          Stream.generate(UUID::randomUUID)
              .limit(GROUP)
              .sorted()
              .map(id ->
                  new Version(
                      new Owner(quiz, id), true, false, EntryStore.OPEN.minusMillis(1), counted))
              .toList();
      var from = System.nanoTime();
      transactions.write(dsl -> {
        var changes = new StatementBatch(dsl);
        EntryStore.store(changes, versions);
        changes.execute();
        return quiz;
      });
      micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - from);
    }
    Arrays.sort(micros);
    System.out.printf(
        "ledger %-28s median %.1f µs of each of %d%n",
        "written with results", (double) micros[micros.length / 2] / GROUP, GROUP);
  }

  /** The lists of a whole city, from a service with the memory that it is shipped with. */
  private static void exports(Map<String, Object> database, City city) throws Exception {
    var settings = new HashMap<String, String>();
    database.forEach((name, value) -> settings.put(name, value.toString()));
    var data = Files.createTempDirectory("yikao-shipped");
    var year = city.month(City.MONTHS - 2).substring(0, 4);
    var api = new Client(city.service().uri());
    var figures = api.get("/api/ledger/C1?period=" + year, TestService.editorToken()).json();
    var notYet = figures.get("total").get("notYet").getIntValue();
    assertThat(notYet).isGreaterThan(250_000);
    try (var shipped = ServiceProcess.startAsShipped(data, settings)) {
      var list = "/api/ledger/C1/people/table?period=" + year;
      assertThat(lines(shipped, list + "&format=csv")).isEqualTo(notYet + 1 + END);
      lines(shipped, list + "&format=xlsx");
      lines(shipped, "/api/ledger/C1/table?format=xlsx&period=" + year);
      assertThat(shipped.process().isAlive()).isTrue();
    }
  }

  /** How many lines a file has that is read as it comes. */
  private static int lines(ServiceProcess service, String path) throws Exception {
    var from = System.nanoTime();
    var request =
        HttpRequest.newBuilder(URI.create(service.uri() + path))
            .header("Authorization", "Bearer " + TestService.editorToken())
            .build();
    var lines = 0;
    var bytes = 0L;
    try (var client = HttpClient.newHttpClient();
        var body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      var buffer = new byte[1 << 16];
      for (var read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        bytes += read;
        for (var i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    said("%s, %d KB".formatted(path.replaceFirst("/api/ledger/C1/", ""), bytes >> 10), from);
    return lines;
  }
}
