package yikao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.ORGANISATION;
import static yikao.db.jooq.Tables.ORGANISATION_VERSION;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.ROSTER;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.db.Transactions;
import yikao.ledger.Ledgers.Asked;
import yikao.ledger.Ledgers.People;
import yikao.org.Organisations;

/**
 * The sums of ledgers, over a random tree with random moves, rosters with random changes and random
 * results: every figure and every list is compared with a naive count, at random moments, by the
 * tree of then and of today, and rows always add up to their unit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SumsContract {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate START = LocalDate.of(LocalDate.now(ZONE).getYear() - 2, 1, 1);
  private static final int DAYS = 400;
  private static final int ORGANISATIONS = 30;
  private static final int MOVES = 40;
  private static final int PEOPLE = 80;
  private static final int QUIZZES = 5;
  private static final int CHECKS = 60;
  private static final long SEED = 20_261_130;

  private final Random random = new Random(SEED);
  private final List<String> codes = new ArrayList<>();
  private final List<Long> ids = new ArrayList<>();
  private final List<UUID> people = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Reached> reached = new ArrayList<>();
  private final Map<Long, Long> parents = new HashMap<>();
  private final Map<Long, Instant> opens = new TreeMap<>();
  private final Map<Long, String> quizCodes = new HashMap<>();

  private TestService service;
  private DSLContext dsl;
  private Ledgers ledgers;
  private CountKeeping counts;

  abstract Map<String, Object> database() throws Exception;

  /** Somebody on a roster, from when until when. */
  private record Place(
      long quiz, UUID member, long organisation, Instant added, Optional<Instant> removed) {
    boolean isActive(Instant at) {
      return !added.isAfter(at) && removed.filter(r -> !r.isAfter(at)).isEmpty();
    }
  }

  /** What somebody has reached, from when until when. */
  private record Reached(
      long quiz,
      UUID member,
      Instant since,
      Instant until,
      Optional<Integer> points,
      boolean passed) {
    boolean holds(Instant at) {
      return !since.isAfter(at) && until.isAfter(at);
    }
  }

  @BeforeAll
  void open() throws Exception {
    service = TestService.start(database());
    dsl = service.context().getBean(Transactions.class).read();
    ledgers = service.context().getBean(Ledgers.class);
    counts = service.context().getBean(CountKeeping.class);
    plant();
    quizzes();
    enrol();
    for (var quiz : opens.keySet()) {
      EntryStore.changed(dsl, quiz, Optional.empty());
    }
    counts.catchUp();
  }

  @AfterAll
  void close() {
    service.close();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Instant moment() {
    return START.atStartOfDay(ZONE).toInstant().plus(random.nextInt(DAYS * 24), ChronoUnit.HOURS);
  }

  private LocalDate day() {
    return START.plusDays(random.nextInt(DAYS));
  }

  // what there is

  private void plant() {
    for (var i = 0; i < ORGANISATIONS; i++) {
      var parent = i == 0 ? "" : ",\"parent\":\"%s\"".formatted(one(codes));
      var code = "S" + i;
      edit(
          "/api/organisations",
          "{\"code\":\"%s\",\"name\":\"%s\",\"kind\":\"branch\"%s,\"date\":\"%s\",\"reason\":\"r\"}"
              .formatted(code, code, parent, START),
          201);
      codes.add(code);
    }
    for (var i = 0; i < MOVES; i++) {
      move();
    }
    for (var code : codes) {
      ids.add(organisations().tree().byCode(code).orElseThrow().id());
    }
  }

  private Organisations organisations() {
    return service.context().getBean(Organisations.class);
  }

  /** Such as would make a circle are refused. */
  private void move() {
    var code = codes.get(1 + random.nextInt(codes.size() - 1));
    var version = organisations().tree().byCode(code).orElseThrow().version();
    service.edit(
        "POST",
        "/api/organisations/%s/move".formatted(code),
        "{\"parent\":\"%s\",\"version\":%d,\"date\":\"%s\",\"reason\":\"r\"}"
            .formatted(one(codes), version, day()));
  }

  private void edit(String path, String body, int status) {
    var reply = service.edit("POST", path, body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
  }

  /** Some of them were made from others. */
  private void quizzes() {
    for (var i = 0; i < QUIZZES; i++) {
      var code =
          service.createQuiz(
              "{\"title\":\"%d\",\"entry\":\"members\",\"sections\":[{\"type\":\"judge\",\"count\":1,\"points\":1}]}"
                  .formatted(i));
      var id = dsl.select(QUIZ.ID).from(QUIZ).where(QUIZ.CODE.eq(code)).fetchSingle(QUIZ.ID);
      quizCodes.put(id, code);
      opens.put(id, moment());
    }
    await().until(() -> dsl.fetchCount(ROSTER, ROSTER.FROZEN_AT.isNotNull()) == QUIZZES);
    var all = List.copyOf(opens.keySet());
    for (var id : all) {
      dsl.update(ROSTER).set(ROSTER.OPENS_AT, opens.get(id)).where(ROSTER.QUIZ_ID.eq(id)).execute();
    }
    for (var id : all.subList(3, QUIZZES)) {
      parents.put(id, all.getFirst());
      dsl.update(QUIZ).set(QUIZ.PARENT_ID, all.getFirst()).where(QUIZ.ID.eq(id)).execute();
    }
  }

  private void enrol() {
    for (var i = 0; i < PEOPLE; i++) {
      var id = new UUID(random.nextLong(), random.nextLong());
      people.add(id);
      dsl.insertInto(MEMBER)
          .set(MEMBER.ID, id)
          .set(MEMBER.NAME, "M" + i)
          .set(MEMBER.NAME_KEY, "m" + i)
          .set(MEMBER.ORGANISATION_ID, one(ids))
          .set(MEMBER.STATE, "enrolled")
          .set(MEMBER.VERSION, 1)
          .set(MEMBER.CREATED_AT, Instant.now())
          .execute();
    }
    for (var quiz : opens.keySet()) {
      for (var person : people) {
        if (random.nextInt(10) < 7) {
          put(quiz, person);
        }
        if (random.nextInt(10) < 7) {
          reach(quiz, person);
        }
      }
    }
  }

  /** On the roster, some until a day, and some of these again, elsewhere. */
  private void put(long quiz, UUID person) {
    var added = moment();
    var removed =
        random.nextInt(3) == 0
            ? Optional.of(added.plus(random.nextInt(200 * 24), ChronoUnit.HOURS))
            : Optional.<Instant>empty();
    put(new Place(quiz, person, one(ids), added, removed));
    if (removed.isPresent() && random.nextBoolean()) {
      var again = removed.get().plus(1 + random.nextInt(60 * 24), ChronoUnit.HOURS);
      put(new Place(quiz, person, one(ids), again, Optional.empty()));
    }
  }

  private void put(Place place) {
    places.add(place);
    dsl.insertInto(ROSTER_MEMBER)
        .set(ROSTER_MEMBER.QUIZ_ID, place.quiz())
        .set(ROSTER_MEMBER.MEMBER_ID, place.member())
        .set(ROSTER_MEMBER.ADDED_AT, place.added())
        .set(ROSTER_MEMBER.ORGANISATION_ID, place.organisation())
        .set(ROSTER_MEMBER.STATE, "enrolled")
        .set(ROSTER_MEMBER.ADDED_BY, "system")
        .set(ROSTER_MEMBER.ADDED_REASON, "")
        .set(ROSTER_MEMBER.REMOVED_AT, place.removed().orElse(null))
        .execute();
  }

  /** Better or worse as time goes on; of some what they had was set aside. */
  private void reach(long quiz, UUID person) {
    var since = moment();
    for (var more = random.nextInt(3); more >= 0; more--) {
      var isLast = more == 0;
      var until =
          isLast && random.nextInt(8) > 0
              ? EntryStore.OPEN
              : since.plus(1 + random.nextInt(60 * 24), ChronoUnit.HOURS);
      var points =
          random.nextInt(6) == 0 ? Optional.<Integer>empty() : Optional.of(random.nextInt(10_001));
      reach(
          new Reached(
              quiz, person, since, until, points, points.filter(p -> p >= 6_000).isPresent()));
      since = until;
    }
  }

  private void reach(Reached what) {
    reached.add(what);
    dsl.insertInto(LEDGER_ENTRY)
        .set(LEDGER_ENTRY.QUIZ_ID, what.quiz())
        .set(LEDGER_ENTRY.PARTICIPANT_ID, what.member())
        .set(LEDGER_ENTRY.SINCE_AT, what.since())
        .set(LEDGER_ENTRY.UNTIL_AT, what.until())
        .set(LEDGER_ENTRY.POINTS, what.points().orElse(null))
        .set(LEDGER_ENTRY.PASSED, what.passed())
        .execute();
  }

  // the naive count

  /** Those above an organisation on a day, and it, as the stored spans have them. */
  private Set<Long> above(long organisation, LocalDate day) {
    var all = new HashSet<Long>();
    var at = Optional.of(organisation);
    while (at.isPresent() && all.add(at.get())) {
      at =
          dsl
              .select(ORGANISATION_VERSION.PARENT_ID)
              .from(ORGANISATION_VERSION)
              .where(ORGANISATION_VERSION.ORGANISATION_ID.eq(at.get()))
              .and(ORGANISATION_VERSION.SUPERSEDED_AT.isNull())
              .and(ORGANISATION_VERSION.HELD_FROM.le(day))
              .and(
                  ORGANISATION_VERSION
                      .HELD_UNTIL
                      .isNull()
                      .or(ORGANISATION_VERSION.HELD_UNTIL.gt(day)))
              .fetch(ORGANISATION_VERSION.PARENT_ID)
              .stream()
              .filter(java.util.Objects::nonNull)
              .findFirst();
    }
    return all;
  }

  private long root(long quiz) {
    return parents.getOrDefault(quiz, quiz);
  }

  private boolean isOf(Asked asked, long quiz) {
    var code = asked.quiz();
    var isOfQuiz =
        code.isEmpty()
            || code.equals(quizCodes.get(quiz))
            || (asked.sittings() && code.equals(quizCodes.get(root(quiz))));
    var month = YearMonth.from(opens.get(quiz).atZone(ZONE));
    return isOfQuiz
        && (asked.period().isEmpty() || Period.of(asked.period()).months().contains(month));
  }

  private Optional<Reached> of(Place place, Instant at) {
    return reached.stream()
        .filter(r -> r.quiz() == place.quiz() && r.member().equals(place.member()))
        .filter(r -> r.holds(at))
        .findFirst();
  }

  private Figures figures(Place place, Instant at) {
    return of(place, at)
        .map(r ->
            new Figures(
                1, 1, r.points().isPresent() ? 1 : 0, r.passed() ? 1 : 0, r.points().orElse(0)))
        .orElse(new Figures(1, 0, 0, 0, 0));
  }

  private static boolean isBehind(Figure figure, Optional<Reached> has) {
    return switch (figure) {
      case SHOULD -> true;
      case TOOK -> has.isPresent();
      case NOT_YET -> has.isEmpty();
      case PASSED -> has.filter(Reached::passed).isPresent();
      case FAILED -> has.filter(r -> !r.passed() && r.points().isPresent()).isPresent();
      case WAITING -> has.filter(r -> r.points().isEmpty()).isPresent();
    };
  }

  // the comparison

  private Asked asked(boolean isNow) {
    var date = isNow ? "" : day().toString();
    var tree = random.nextBoolean() ? "then" : "today";
    var quiz = random.nextInt(2) == 0 ? one(List.copyOf(quizCodes.values())) : "";
    if (!quiz.isEmpty() && random.nextBoolean()) {
      return new Asked(quiz, random.nextBoolean(), "", date, tree);
    }
    var year = START.getYear() + random.nextInt(2);
    var period =
        switch (random.nextInt(3)) {
          case 0 -> Integer.toString(year);
          case 1 -> year + "-Q" + (1 + random.nextInt(4));
          default -> "%d-%02d".formatted(year, 1 + random.nextInt(12));
        };
    return new Asked(quiz, !quiz.isEmpty() && random.nextBoolean(), period, date, tree);
  }

  private void check(Asked asked, String code) {
    var about = ledgers.about(code, asked);
    var ledger = ledgers.ledger(about);
    var day =
        about.isNow() || about.choice() == TreeChoice.TODAY
            ? ledgers.today()
            : LocalDate.parse(asked.date());
    var unit = about.unit().id();
    var below = new HashMap<Long, Set<Long>>();
    ids.forEach(id -> below.put(id, above(id, day)));
    var total = Figures.NONE;
    var byOrganisation = new HashMap<Long, Figures>();
    var byRoot = new TreeMap<Long, Figures>();
    var byMonth = new TreeMap<YearMonth, Figures>();
    for (var place : places) {
      var in = below.get(place.organisation());
      if (isOf(asked, place.quiz()) && place.isActive(about.at()) && in.contains(unit)) {
        var one = figures(place, about.at());
        total = total.plus(one);
        for (var each : in) {
          byOrganisation.merge(each, one, Figures::plus);
        }
        byOrganisation.merge(-place.organisation(), one, Figures::plus);
        byRoot.merge(root(place.quiz()), one, Figures::plus);
        byMonth.merge(YearMonth.from(opens.get(place.quiz()).atZone(ZONE)), one, Figures::plus);
      }
    }
    var what = asked + " of " + code;
    assertThat(ledger.rows().total()).as(what).isEqualTo(total);
    assertThat(ledger.rows().own())
        .as(what)
        .isEqualTo(byOrganisation.getOrDefault(-unit, Figures.NONE));
    var children = ledger.rows().children();
    for (var child : children) {
      assertThat(child.figures())
          .as(what + " " + child.organisation().code())
          .isEqualTo(byOrganisation.getOrDefault(child.organisation().id(), Figures.NONE));
    }
    assertThat(
            children.stream().map(Rollup.Child::figures).reduce(ledger.rows().own(), Figures::plus))
        .as("rows add up: " + what)
        .isEqualTo(total);
    if (!asked.period().isEmpty()) {
      var found = new TreeMap<Long, Figures>();
      ledger.quizzes().forEach(q -> found.put(q.quiz().id(), q.figures()));
      assertThat(found).as(what).isEqualTo(asked.quiz().isEmpty() ? byRoot : Map.of());
      for (var month : ledger.months()) {
        assertThat(month.figures())
            .as(what + " " + month.month())
            .isEqualTo(byMonth.getOrDefault(month.month(), Figures.NONE));
      }
    }
    ledger.quizzes().forEach(q -> checkRow(asked, code, q));
    checkLists(asked, about, below, ledger);
  }

  /** The row of a quiz leads to the same figures, though more was made from it at other times. */
  private void checkRow(Asked asked, String code, Ledger.OfQuiz row) {
    var of = new Asked(row.quiz().code(), true, asked.period(), asked.date(), asked.tree());
    assertThat(ledgers.ledger(ledgers.about(code, of)).rows().total())
        .as(of + " of " + code)
        .isEqualTo(row.figures());
  }

  /** Every figure is as long as the list behind it, which has the same people. */
  private void checkLists(
      Asked asked, Ledger.About about, Map<Long, Set<Long>> below, Ledger ledger) {
    for (var figure : Figure.values()) {
      var own = random.nextBoolean();
      var expected = new TreeSet<String>();
      for (var place : places) {
        var in = below.get(place.organisation());
        var isThere =
            own ? place.organisation() == about.unit().id() : in.contains(about.unit().id());
        if (isOf(asked, place.quiz())
            && place.isActive(about.at())
            && isThere
            && isBehind(figure, of(place, about.at()))) {
          expected.add(place.quiz() + " " + place.member() + " " + place.organisation());
        }
      }
      var found = new ArrayList<String>();
      var reading = ledgers.read(new People(about, figure, own));
      var page = reading.next(Optional.empty(), 7);
      while (!page.isEmpty()) {
        page.stream()
            .map(p -> p.line().quizId() + " " + p.line().member() + " " + p.line().organisationId())
            .forEach(found::add);
        var last = page.getLast();
        page = reading.next(Optional.of(last.line().place()), 7);
      }
      assertThat(found).as(figure + " " + asked).doesNotHaveDuplicates();
      assertThat(new TreeSet<>(found)).as(figure + " " + asked).isEqualTo(expected);
      assertThat(found).hasSize(figure.of(own ? ledger.rows().own() : ledger.rows().total()));
    }
  }

  @Test
  void figuresOfAnyDay_areThoseOfANaiveCount() {
    for (var i = 0; i < CHECKS; i++) {
      check(asked(false), i % 3 == 0 ? codes.getFirst() : one(codes));
    }
  }

  /** What is kept follows what changes, and is the same as what is counted. */
  @Test
  void figuresOfNow_followWhatChanges() {
    for (var round = 0; round < 4; round++) {
      for (var i = 0; i < CHECKS / 4; i++) {
        check(asked(true), i % 3 == 0 ? codes.getFirst() : one(codes));
      }
      change();
    }
  }

  /** Some are taken out or come anew, and some reach something. */
  private void change() {
    for (var i = 0; i < 20; i++) {
      var quiz = one(List.copyOf(opens.keySet()));
      var person = new UUID(random.nextLong(), random.nextLong());
      dsl.insertInto(MEMBER)
          .set(MEMBER.ID, person)
          .set(MEMBER.NAME, "N")
          .set(MEMBER.NAME_KEY, "n")
          .set(MEMBER.ORGANISATION_ID, one(ids))
          .set(MEMBER.STATE, "enrolled")
          .set(MEMBER.VERSION, 1)
          .set(MEMBER.CREATED_AT, Instant.now())
          .execute();
      put(quiz, person);
      reach(quiz, person);
      EntryStore.changed(dsl, quiz, Optional.of(person));
      takeOut(one(List.copyOf(places)));
    }
    counts.catchUp();
  }

  private void takeOut(Place place) {
    if (place.removed().isPresent()) {
      return;
    }
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusMillis(5);
    places.remove(place);
    places.add(
        new Place(
            place.quiz(), place.member(), place.organisation(), place.added(), Optional.of(now)));
    dsl.update(ROSTER_MEMBER)
        .set(ROSTER_MEMBER.REMOVED_AT, now)
        .where(ROSTER_MEMBER.QUIZ_ID.eq(place.quiz()))
        .and(ROSTER_MEMBER.MEMBER_ID.eq(place.member()))
        .and(ROSTER_MEMBER.ADDED_AT.eq(place.added()))
        .execute();
    EntryStore.changed(dsl, place.quiz(), Optional.of(place.member()));
  }

  /** What is left over is whom one may remind. */
  @Test
  void audiences_areThoseOfTheListsOfNow() {
    var audience = service.context().getBean(LedgerAudience.class);
    var tree = organisations().tree();
    for (var code : codes.subList(0, 5)) {
      for (var quiz : quizCodes.values()) {
        for (var which : LedgerAudience.Which.values()) {
          var about = ledgers.about(code, new Asked(quiz, false, "", "", ""));
          var figure = Figure.valueOf(which.name());
          var expected =
              ledgers.read(new People(about, figure, false)).next(Optional.empty(), 1_000).stream()
                  .map(p -> p.line().member().toString())
                  .sorted()
                  .toList();
          var found = new ArrayList<String>();
          var unit = tree.byCode(code).orElseThrow();
          var of = about.quiz().orElseThrow();
          var page = audience.next(of, unit, which, Optional.empty(), 3);
          while (!page.isEmpty()) {
            page.forEach(id -> found.add(id.toString()));
            page = audience.next(of, unit, which, Optional.of(page.getLast()), 3);
          }
          assertThat(found).as(quiz + " " + which).isEqualTo(expected);
        }
      }
    }
  }

  /** Whoever is taken out while one pages through does not send one back to the beginning. */
  @Test
  void list_goesOnBehindSomebodyWhoWasTakenOut() {
    var quiz = List.copyOf(opens.keySet()).getFirst();
    var about = ledgers.about(codes.getFirst(), new Asked(quizCodes.get(quiz), false, "", "", ""));
    var people = new People(about, Figure.SHOULD, false);
    var all = ledgers.read(people).next(Optional.empty(), 1_000);
    var first = ledgers.read(people).next(Optional.empty(), 5);
    var last = first.getLast().line();
    var place =
        places.stream()
            .filter(p -> p.quiz() == quiz && p.member().equals(last.member()))
            .filter(p -> p.removed().isEmpty())
            .findFirst()
            .orElseThrow();
    takeOut(place);
    counts.catchUp();
    var after = ledgers.after(ledgers.after(first.getLast()));
    var rest = ledgers.read(people).next(after, 1_000);
    assertThat(rest)
        .extracting(Ledgers.Person::line)
        .isEqualTo(all.subList(5, all.size()).stream().map(Ledgers.Person::line).toList());
  }

  /** The test can fail: the trees of different days differ, and so do figures by them. */
  @Test
  void treesOfThenAndToday_differ() {
    var figures = new HashSet<Figures>();
    var year = Integer.toString(START.getYear());
    for (var day = START; day.isBefore(START.plusDays(DAYS)); day = day.plusDays(30)) {
      for (var code : codes) {
        for (var tree : List.of("then", "today")) {
          figures.add(
              ledgers
                  .ledger(ledgers.about(code, new Asked("", false, year, day.toString(), tree)))
                  .rows()
                  .total());
        }
      }
    }
    assertThat(figures).hasSizeGreaterThan(100);
    assertThat(dsl.fetchCount(ORGANISATION)).isEqualTo(ORGANISATIONS);
  }
}
