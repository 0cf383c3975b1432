package yikao.organising;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.quiz.Quiz;
import yikao.scoring.Points;
import yikao.table.RowPortions;
import yikao.table.TableFiles;
import yikao.table.TableFormat;
import yikao.taking.QuizFacts;
import yikao.web.Pages;
import yikao.web.Texts;
import yikao.web.Times;

/** The console's list of quizzes as a table, as far as it is looked for. */
@Controller(Callers.CONSOLE + "/exports/quizzes")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class QuizExport {
  private static final int PORTION = 200;
  private static final List<String> HEADINGS =
      List.of(
          "quizzes.column.title",
          "quizzes.whose",
          "quizzes.column.state",
          "quizzes.column.opens",
          "quizzes.column.closes",
          "quizzes.column.limit",
          "quizzes.column.tries",
          "quizzes.column.questions",
          "quizzes.column.points",
          "quizzes.column.code");

  private final Consoles consoles;
  private final QuizSearch search;
  private final QuizWords words;
  private final AuditLog audit;
  private final Transactions transactions;
  private final NodeClock clock;
  private final Times times;
  private final Pages pages;

  QuizExport(
      Consoles consoles,
      QuizSearch search,
      QuizWords words,
      AuditLog audit,
      Transactions transactions,
      NodeClock clock,
      Times times,
      Pages pages) {
    this.consoles = consoles;
    this.search = search;
    this.words = words;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
    this.times = times;
    this.pages = pages;
  }

  @Get
  HttpResponse<InputStream> export(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String q,
      @QueryValue(defaultValue = "") String state,
      @QueryValue(defaultValue = "xlsx") String format) {
    var staff = consoles.require(request);
    staff.check(staff.canReadResultsAnywhere());
    var wanted = TableFormat.of(format);
    var sought = new QuizSearch.Sought(q.strip(), QuizState.wanted(state));
    transactions.write(dsl -> {
      audit.append(dsl, staff.actor().change("quiz.export", "quizzes", "", state));
      return true;
    });
    var texts = pages.texts(request);
    var now = clock.instant();
    var portions =
        new RowPortions<>(
            HEADINGS.stream().map(key -> texts.of(key)).toList(),
            PORTION,
            (Optional<Quiz> last) -> search.find(staff, sought, last.map(Quiz::id), PORTION),
            quiz -> row(texts, quiz, now));
    return TableFiles.of(portions, "quizzes", wanted);
  }

  private List<String> row(Texts texts, Quiz quiz, Instant now) {
    return List.of(
        quiz.title(),
        words.whose(texts, quiz),
        QuizWords.state(texts, QuizState.of(quiz, now)),
        moment(texts, quiz.window().opens()),
        moment(texts, quiz.window().closes()),
        QuizFacts.limit(texts, quiz),
        quiz.tries().count().map(String::valueOf).orElseGet(() -> texts.of("quizzes.any")),
        Integer.toString(quiz.blueprint().questions()),
        Points.text(quiz.blueprint().points()),
        quiz.code());
  }

  private String moment(Texts texts, Optional<Instant> at) {
    return at.map(moment -> times.minute(texts, moment)).orElse("");
  }
}
