package yikao.ledger;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.access.Staff;
import yikao.ledger.Ledger.About;
import yikao.ledger.Ledgers.People;
import yikao.ledger.Ledgers.Person;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.quiz.Quiz;
import yikao.table.TableFormat;
import yikao.web.Pages;
import yikao.web.Problem;

/** Ledgers of organisations, the lists behind their figures, and both as tables. */
@Controller("/api/ledger/{code}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "ledger")
final class LedgerApi {
  private static final int MOST = 1_000;
  private static final String OF =
      " Of one quiz (quiz, with sittings=true also of those made from it for sittings), of all that"
          + " opened in a period (2026-07, 2026-Q3 or 2026; the present quarter where neither is"
          + " given), or, with both, of what of the quiz opened in the period. As of the end of a"
          + " past day with date, by the tree of today or, with tree=then, of that day.";

  private final Callers callers;
  private final Ledgers ledgers;
  private final LedgerTables tables;
  private final Pages pages;

  LedgerApi(Callers callers, Ledgers ledgers, LedgerTables tables, Pages pages) {
    this.callers = callers;
    this.ledgers = ledgers;
    this.tables = tables;
    this.pages = pages;
  }

  /**
   * Figures; each quiz counts its people once.
   *
   * @param should take part: on the roster at that moment
   * @param took part: with an attempt that had ended and was not set aside
   * @param notYet should and did not
   * @param passed of those who took part
   * @param failed of those who took part: have a result that does not pass
   * @param waiting of those who took part: for marks by a person
   * @param coverage took of should, in percent; absent where nobody should
   * @param passRate passed of took, in percent
   * @param average result in percent of the maximum, of those who have one
   * @param averageOfAll the same over all who should, without a result as 0
   */
  @Serdeable
  @Schema(name = "LedgerFigures")
  record FiguresView(
      int should,
      int took,
      int notYet,
      int passed,
      int failed,
      int waiting,
      @Nullable BigDecimal coverage,
      @Nullable BigDecimal passRate,
      @Nullable BigDecimal average,
      @Nullable BigDecimal averageOfAll) {
    static FiguresView of(Figures f) {
      return new FiguresView(
          f.should(),
          f.took(),
          f.notYet(),
          f.passed(),
          f.failed(),
          f.waiting(),
          f.coverage().orElse(null),
          f.passRate().orElse(null),
          f.average().orElse(null),
          f.averageOfAll().orElse(null));
    }
  }

  /** Figures of a child with all below it. */
  @Serdeable
  @Schema(name = "LedgerChild")
  record ChildView(String organisation, String name, FiguresView figures) {}

  /** Figures of a quiz in the whole unit. */
  @Serdeable
  @Schema(name = "LedgerQuiz")
  record QuizView(String quiz, String title, FiguresView figures) {}

  /** Figures of the quizzes of a month in the whole unit. */
  @Serdeable
  @Schema(name = "LedgerMonth")
  record MonthView(String month, FiguresView figures) {}

  /**
   * A ledger.
   *
   * @param at as of which moment
   * @param tree whose tree: today or then
   * @param total of the unit: what own and children add up to
   * @param own of what counts in the unit itself
   */
  @Serdeable
  @Schema(name = "Ledger")
  record LedgerView(
      String organisation,
      String name,
      @Nullable String quiz,
      @Nullable String period,
      Instant at,
      String tree,
      FiguresView total,
      FiguresView own,
      List<ChildView> children,
      List<QuizView> quizzes,
      List<MonthView> months) {}

  /**
   * Somebody behind a figure.
   *
   * @param name empty where the person was erased, or is not the caller's to see
   * @param organisation code of the one the person counts in
   * @param path the names from the top down to it
   * @param state not-yet, waiting, passed or failed
   * @param result in percent of the maximum; absent without one
   * @param since when it was reached; absent: has not taken part
   */
  @Serdeable
  @Schema(name = "LedgerPerson")
  record PersonView(
      String quiz,
      UUID member,
      String name,
      String organisation,
      String path,
      String state,
      @Nullable BigDecimal result,
      @Nullable Instant since) {}

  /**
   * A page of a list.
   *
   * @param next what to give as {@code after} for the next page; absent on the last
   */
  @Serdeable
  @Schema(name = "LedgerPeople")
  record PeopleView(Instant at, List<PersonView> people, @Nullable String next) {}

  /** Who may see the ledger of an organisation. */
  private Staff reader(HttpRequest<?> request, About about) {
    var staff = callers.require(request);
    staff.check(staff.canReadOrganisation(about.unit().id()));
    return staff;
  }

  private About about(HttpRequest<?> request, String code, LedgerQuery query) {
    callers.require(request);
    return ledgers.about(code, query.asked());
  }

  @Get
  @Operation(
      summary = "The ledger of an organisation: of it, of each child and of itself (staff)",
      description = "For those who see the inside of the organisation." + OF)
  LedgerView ledger(HttpRequest<?> request, String code, @RequestBean LedgerQuery query) {
    var about = about(request, code, query);
    reader(request, about);
    var ledger = ledgers.ledger(about);
    var rows = ledger.rows();
    return new LedgerView(
        about.unit().code(),
        about.unit().name(),
        about.quiz().map(Quiz::code).orElse(null),
        about.period().map(Period::text).orElse(null),
        about.at(),
        about.choice().code(),
        FiguresView.of(rows.total()),
        FiguresView.of(rows.own()),
        rows.children().stream()
            .map(c ->
                new ChildView(
                    c.organisation().code(), c.organisation().name(), FiguresView.of(c.figures())))
            .toList(),
        ledger.quizzes().stream()
            .map(q -> new QuizView(q.quiz().code(), q.quiz().title(), FiguresView.of(q.figures())))
            .toList(),
        ledger.months().stream()
            .map(m -> new MonthView(m.month().toString(), FiguresView.of(m.figures())))
            .toList());
  }

  @Get("/people")
  @Operation(
      summary = "Who is behind a figure of a ledger, in pages (staff)",
      description =
          "The figure is should, took, not-yet, passed, failed or waiting; with own=true only of"
              + " those who count in the organisation itself."
              + OF)
  PeopleView people(
      HttpRequest<?> request,
      String code,
      @QueryValue(defaultValue = "not-yet") String figure,
      @QueryValue @Nullable Boolean own,
      @RequestBean LedgerQuery query,
      @QueryValue @Nullable String after,
      @QueryValue(defaultValue = "200") int limit) {
    var about = about(request, code, query);
    var staff = reader(request, about);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    var people = new People(about, Figure.of(figure), Boolean.TRUE.equals(own));
    var found = ledgers.read(people).next(ledgers.after(after), limit + 1);
    return new PeopleView(
        about.at(),
        found.stream().limit(limit).map(person -> view(staff, about.tree(), person)).toList(),
        ledgers.next(found, limit).orElse(null));
  }

  private static PersonView view(Staff staff, OrganisationTree tree, Person person) {
    var line = person.line();
    var in = tree.byId(line.organisationId());
    return new PersonView(
        person.quiz().code(),
        line.member(),
        staff.canReadMembers(line.organisationId()) ? line.name() : "",
        in.map(Organisation::code).orElse(""),
        in.map(tree::path).orElse(""),
        LedgerTables.state(line).code(),
        line.points().map(LedgerWords::result).orElse(null),
        line.since().orElse(null));
  }

  @Get("/table")
  @Operation(
      summary = "The ledger of an organisation and of all below it as Excel or CSV (staff)",
      description =
          "It ends with a code by which it can be recognised. Each stands in the audit log." + OF)
  HttpResponse<InputStream> table(
      HttpRequest<?> request,
      String code,
      @RequestBean LedgerQuery query,
      @QueryValue(defaultValue = "xlsx") String format) {
    var about = about(request, code, query);
    var staff = reader(request, about);
    return tables.ledger(staff, pages.texts(request), about, TableFormat.of(format));
  }

  @Get("/people/table")
  @Operation(
      summary = "Who is behind a figure of a ledger as Excel or CSV (staff)",
      description =
          "It ends with a code by which it can be recognised. Each stands in the audit log." + OF)
  HttpResponse<InputStream> peopleTable(
      HttpRequest<?> request,
      String code,
      @QueryValue(defaultValue = "not-yet") String figure,
      @QueryValue @Nullable Boolean own,
      @RequestBean LedgerQuery query,
      @QueryValue(defaultValue = "xlsx") String format) {
    var about = about(request, code, query);
    var staff = reader(request, about);
    var people = new People(about, Figure.of(figure), Boolean.TRUE.equals(own));
    return tables.people(staff, pages.texts(request), people, TableFormat.of(format));
  }
}
