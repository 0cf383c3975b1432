package yikao.organising;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import yikao.access.AuditHistory;
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.attempt.AttemptCounts;
import yikao.db.NodeClock;
import yikao.organising.OneQuizPage.Line;
import yikao.organising.OneQuizPage.Place;
import yikao.quiz.Quiz;
import yikao.quiz.QuizRights;
import yikao.quiz.Quizzes;
import yikao.taking.QuizFacts;
import yikao.web.Pages;
import yikao.web.Templates;
import yikao.web.Texts;
import yikao.web.Times;

/** Quizzes in the console: the list of those that one may look into, and a page for each. */
@Controller(OrganiserPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class OrganiserPages {
  static final String PATH = Callers.CONSOLE + "/quizzes";
  private static final int ROWS = 50;

  private final Consoles consoles;
  private final Quizzes quizzes;
  private final QuizRights rights;
  private final QuizSearch search;
  private final QuizWords words;
  private final AttemptCounts counts;
  private final AuditHistory audit;
  private final NodeClock clock;
  private final Times times;
  private final Pages pages;
  private final Templates templates;

  OrganiserPages(
      Consoles consoles,
      Quizzes quizzes,
      QuizRights rights,
      QuizSearch search,
      QuizWords words,
      AttemptCounts counts,
      AuditHistory audit,
      NodeClock clock,
      Times times,
      Pages pages,
      Templates templates) {
    this.consoles = consoles;
    this.quizzes = quizzes;
    this.rights = rights;
    this.search = search;
    this.words = words;
    this.counts = counts;
    this.audit = audit;
    this.clock = clock;
    this.times = times;
    this.pages = pages;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String q,
      @QueryValue(defaultValue = "") String state,
      @QueryValue(defaultValue = "") String after) {
    var staff = consoles.require(request);
    staff.check(staff.canReadResultsAnywhere());
    var sought = new QuizSearch.Sought(q.strip(), QuizState.wanted(state));
    var below =
        Optional.of(after).filter(code -> !code.isEmpty()).map(code -> quizzes.get(code).id());
    var found = search.find(staff, sought, below, ROWS + 1);
    var shown = found.subList(0, Math.min(ROWS, found.size()));
    var texts = pages.texts(request);
    var now = clock.instant();
    return templates.page(
        "console/quizzes.jte",
        new QuizzesPage(
            consoles.of(request, staff, texts.of("quizzes.title")),
            sought.title(),
            state,
            Stream.of(QuizState.values())
                .map(s -> new QuizzesPage.State(s.code(), QuizWords.state(texts, s)))
                .toList(),
            shown.stream().map(quiz -> row(texts, quiz, now)).toList(),
            found.size() > ROWS ? Optional.of(shown.getLast().code()) : Optional.empty()));
  }

  private QuizzesPage.Row row(Texts texts, Quiz quiz, Instant now) {
    var facts = QuizFacts.of(quiz, now, times, texts);
    return new QuizzesPage.Row(
        quiz.code(),
        quiz.title(),
        words.whose(texts, quiz),
        facts.summary(),
        facts.status(),
        QuizWords.state(texts, QuizState.of(quiz, now)));
  }

  @Get("/{quiz}")
  HttpResponse<?> show(HttpRequest<?> request, String quiz) {
    var staff = consoles.require(request);
    staff.check(staff.canReadResultsAnywhere());
    var shown = quizzes.get(quiz);
    rights.requireReader(staff, shown);
    return templates.page("console/quiz.jte", page(request, staff, shown));
  }

  private OneQuizPage page(HttpRequest<?> request, Staff staff, Quiz quiz) {
    var texts = pages.texts(request);
    var now = clock.instant();
    var at = "/quizzes/" + quiz.code();
    return new OneQuizPage(
        consoles.of(request, staff, quiz.title()),
        quiz.about().description(),
        words.whose(texts, quiz),
        QuizWords.state(texts, QuizState.of(quiz, now)),
        quiz.about().listed(),
        QuizFacts.of(quiz, now, times, texts).rules().stream()
            .map(rule -> new Line(rule.name(), rule.text()))
            .toList(),
        counts(texts, quiz),
        List.of(
            new Place(at, texts.of("quizzes.place.taking")),
            new Place(at + "/leaderboard", texts.of("quizzes.place.leaderboard"))),
        audit.of(texts, Quizzes.subject(quiz)));
  }

  private List<Line> counts(Texts texts, Quiz quiz) {
    var of = counts.of(quiz.id());
    return List.of(
        new Line(
            texts.of("quizzes.started"),
            texts.of("quizzes.started.text", of.participants(), of.started())),
        new Line(texts.of("quizzes.ended"), texts.of("quizzes.ended.text", of.ended())),
        new Line(texts.of("quizzes.running"), texts.of("quizzes.ended.text", of.running())));
  }
}
