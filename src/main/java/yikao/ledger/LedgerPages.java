package yikao.ledger;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import yikao.access.AuditHistory;
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.ledger.Ledger.About;
import yikao.ledger.LedgerPage.Link;
import yikao.ledger.Ledgers.Asked;
import yikao.ledger.Ledgers.People;
import yikao.ledger.Ledgers.Person;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.web.Pages;
import yikao.web.Templates;
import yikao.web.Texts;

/** Ledgers in the console. */
@Controller(LedgerPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class LedgerPages {
  static final String PATH = Callers.CONSOLE + "/ledger";

  /** Children on a page. */
  private static final int ROWS = 200;

  /** People on a page. */
  private static final int PEOPLE = 50;

  private static final int IDLE = 200;
  private static final int MONTHS = 12;
  private static final int QUARTERS = 4;

  private final Consoles consoles;
  private final Organisations organisations;
  private final Ledgers ledgers;
  private final Overviews overviews;
  private final LedgerWords words;
  private final AuditHistory audit;
  private final Pages pages;
  private final Templates templates;

  LedgerPages(
      Consoles consoles,
      Organisations organisations,
      Ledgers ledgers,
      Overviews overviews,
      LedgerWords words,
      AuditHistory audit,
      Pages pages,
      Templates templates) {
    this.consoles = consoles;
    this.organisations = organisations;
    this.ledgers = ledgers;
    this.overviews = overviews;
    this.words = words;
    this.audit = audit;
    this.pages = pages;
    this.templates = templates;
  }

  /** Where one begins: one's own units. */
  @Get
  HttpResponse<?> start(HttpRequest<?> request) {
    var staff = consoles.require(request);
    staff.check(staff.canReadOrganisationsAnywhere());
    var texts = pages.texts(request);
    var links = new Links(new Asked("", false, "", "", ""));
    var tree = organisations.tree();
    var tops =
        tree.all().stream()
            .filter(o -> staff.canReadOrganisation(o.id()))
            .filter(o -> o.parentId().filter(staff::canReadOrganisation).isEmpty())
            .sorted(Comparator.comparing(Organisation::code))
            .map(o ->
                new LedgerStartPage.Top(
                    tree.path(o), links.ledger(o.code()), links.overview(o.code())))
            .toList();
    return templates.page(
        "console/ledger-start.jte",
        new LedgerStartPage(consoles.of(request, staff, texts.of("ledger.title")), tops));
  }

  /** What every page of a unit has. */
  private record Opened(Staff staff, Texts texts, Asked asked, About about, Links links) {}

  private Opened open(HttpRequest<?> request, String code, Asked asked) {
    var staff = consoles.require(request);
    var about = ledgers.about(code, asked);
    staff.check(staff.canReadOrganisation(about.unit().id()));
    return new Opened(staff, pages.texts(request), asked, about, new Links(asked));
  }

  @Get("/{code}")
  HttpResponse<?> ledger(
      HttpRequest<?> request,
      String code,
      @RequestBean LedgerQuery query,
      @QueryValue(defaultValue = "") String after) {
    var opened = open(request, code, query.asked());
    var about = opened.about();
    var texts = opened.texts();
    var links = opened.links();
    var ledger = ledgers.ledger(about);
    var rows = new LedgerRows(texts, opened.staff(), links);
    var left =
        ledger.rows().children().stream()
            .filter(c -> c.organisation().code().compareTo(after) > 0)
            .toList();
    var shown = left.stream().limit(ROWS).toList();
    return templates.page(
        "console/ledger.jte",
        new LedgerPage(
            consoles.of(request, opened.staff(), texts.of("ledger.title-of", about.unit().name())),
            about.unit().name(),
            way(opened),
            LedgerWords.of(texts, about),
            words.moment(texts, about),
            form(opened, Links.of(code, "")),
            rows.of(ledger, shown),
            left.size() > ROWS
                ? Optional.of(links.ledgerAfter(code, shown.getLast().organisation().code()))
                : Optional.empty(),
            rows.quizzes(ledger),
            rows.months(ledger),
            links.table(code),
            links.peopleTable(code, Figure.NOT_YET, false),
            links.ofAll().ledger(code),
            links.ofAll().overview(code)));
  }

  /** Those above a unit that one sees. */
  private List<Link> way(Opened opened) {
    return opened.about().tree().way(opened.about().unit()).stream()
        .filter(o -> o.id() != opened.about().unit().id())
        .filter(o -> opened.staff().canReadOrganisation(o.id()))
        .map(o -> new Link(o.name(), opened.links().ledger(o.code())))
        .toList();
  }

  private LedgerForm form(Opened opened, String action) {
    var asked = opened.asked();
    return new LedgerForm(
        action,
        asked.quiz(),
        asked.sittings(),
        periods(opened.texts(), opened.about().period()),
        asked.date(),
        ledgers.today().toString(),
        opened.about().choice() == TreeChoice.THEN);
  }

  /** Those of this year and the last one that have begun, and the chosen one. */
  private List<LedgerForm.Group> periods(Texts texts, Optional<Period> chosen) {
    var today = ledgers.today();
    var years = Stream.of(today.getYear(), today.getYear() - 1);
    var all =
        years
            .flatMap(year ->
                Stream.of(
                        IntStream.rangeClosed(1, QUARTERS).mapToObj(q -> Period.quarter(year, q)),
                        IntStream.rangeClosed(1, MONTHS)
                            .mapToObj(m -> Period.month(YearMonth.of(year, m))),
                        Stream.of(Period.year(year)))
                    .flatMap(periods -> periods))
            .filter(period -> !period.first().atDay(1).isAfter(today));
    var offered =
        Stream.concat(all, chosen.stream())
            .distinct()
            .sorted(Comparator.comparing(Period::first).reversed())
            .toList();
    return List.of(
        group(texts, "ledger.quarters", chosen, offered.stream().filter(Period::isQuarter)),
        group(texts, "ledger.months", chosen, offered.stream().filter(Period::isMonth)),
        group(texts, "ledger.years", chosen, offered.stream().filter(Period::isYear)));
  }

  private static LedgerForm.Group group(
      Texts texts, String name, Optional<Period> chosen, Stream<Period> periods) {
    return new LedgerForm.Group(
        texts.of(name),
        periods
            .map(p ->
                new LedgerForm.Choice(
                    p.text(), LedgerWords.period(texts, p), chosen.filter(p::equals).isPresent()))
            .toList());
  }

  @Get("/{code}/people")
  HttpResponse<?> people(
      HttpRequest<?> request,
      String code,
      @QueryValue(defaultValue = "not-yet") String figure,
      @QueryValue @Nullable Boolean own,
      @RequestBean LedgerQuery query,
      @QueryValue(defaultValue = "") String after) {
    var opened = open(request, code, query.asked());
    var people = new People(opened.about(), Figure.of(figure), Boolean.TRUE.equals(own));
    var found = ledgers.read(people).next(ledgers.after(after), PEOPLE + 1);
    var texts = opened.texts();
    var links = opened.links();
    var unit = opened.about().unit();
    return templates.page(
        "console/ledger-people.jte",
        new LedgerPeoplePage(
            consoles.of(
                request,
                opened.staff(),
                texts.of("ledger.list", LedgerWords.figure(texts, people.figure()))),
            new Link(
                people.own() ? texts.of("ledger.own-of", unit.name()) : unit.name(),
                links.ledger(code)),
            LedgerWords.of(texts, opened.about()),
            words.moment(texts, opened.about()),
            Stream.of(Figure.values())
                .map(f ->
                    new LedgerPeoplePage.Tab(
                        LedgerWords.figure(texts, f),
                        links.people(code, f, people.own()),
                        f == people.figure()))
                .toList(),
            found.stream().limit(PEOPLE).map(p -> line(opened, p)).toList(),
            ledgers
                .next(found, PEOPLE)
                .map(next -> links.peopleAfter(code, people.figure(), people.own(), next)),
            links.peopleTable(code, people.figure(), people.own())));
  }

  private static LedgerPeoplePage.Line line(Opened opened, Person person) {
    var line = person.line();
    var isSeen = opened.staff().canReadMembers(line.isIn()) && !line.name().isEmpty();
    var tree = opened.about().tree();
    var in = tree.byId(line.organisationId()).map(tree::path).orElse("");
    return new LedgerPeoplePage.Line(
        LedgerTables.name(opened.staff(), opened.texts(), line),
        isSeen ? Callers.CONSOLE + "/members/" + line.member() : "",
        opened.about().quiz().isPresent() && !opened.about().withSittings()
            ? in
            : in + " · " + person.quiz().title(),
        LedgerWords.figure(opened.texts(), LedgerTables.state(line)),
        line.points().map(p -> LedgerWords.result(p) + "%").orElse(""));
  }

  @Get("/{code}/overview")
  HttpResponse<?> overview(HttpRequest<?> request, String code, @RequestBean LedgerQuery query) {
    var opened = open(request, code, query.asked().ofAll());
    var overview = overviews.of(opened.about());
    var texts = opened.texts();
    var links = opened.links();
    var rows = new LedgerRows(texts, opened.staff(), links);
    var unit = opened.about().unit();
    var shown = overview.children().stream().limit(ROWS).toList();
    return templates.page(
        "console/ledger-overview.jte",
        new OverviewPage(
            consoles.of(request, opened.staff(), texts.of("ledger.overview-of", unit.name())),
            unit.name(),
            way(opened),
            LedgerWords.of(texts, opened.about()),
            words.moment(texts, opened.about()),
            form(opened, Links.of(code, "/overview")),
            new Link(texts.of("ledger.title-of", unit.name()), links.ledger(code)),
            List.of(rows.total(unit, overview.total())),
            rows.children(shown),
            overview.children().size() > ROWS ? Optional.of(links.ledger(code)) : Optional.empty(),
            LedgerWords.period(texts, overview.quarter()),
            overview.idle().size(),
            overview.idle().stream()
                .limit(IDLE)
                .map(o -> new Link(o.name(), links.ledger(o.code())))
                .toList(),
            Math.max(0, overview.idle().size() - IDLE),
            texts.of(
                "ledger.sittings.text", overview.sittings().held(), overview.sittings().units()),
            texts.of(
                "ledger.spots.text",
                overview.spots().asked(),
                overview.spots().right(),
                overview.spots().units()),
            overview.exports().stream().map(e -> taken(texts, e)).toList()));
  }

  private OverviewPage.Taken taken(Texts texts, Exports.Known known) {
    var export = known.export();
    return new OverviewPage.Taken(
        "%s · %s".formatted(words.of(texts, export), LedgerWords.what(texts, export)),
        audit.by(texts, export.actor(), export.createdAt()),
        known.mark(),
        LedgerExportPages.PATH + "?code=" + known.mark());
  }
}
