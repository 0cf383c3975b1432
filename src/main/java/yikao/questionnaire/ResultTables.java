package yikao.questionnaire;

import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import yikao.access.Staff;
import yikao.audit.AuditLog;
import yikao.db.Transactions;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.questionnaire.Answers.Answer;
import yikao.questionnaire.SheetStore.Line;
import yikao.table.RowPortions;
import yikao.table.TableFiles;
import yikao.table.TableFormat;
import yikao.web.Problem;
import yikao.web.Texts;
import yikao.web.Times;

/** What came back as Excel and CSV. That it was taken out stands in the audit log. */
@Singleton
final class ResultTables {
  private static final int PORTION = 200;

  private final Questionnaires questionnaires;
  private final Organisations organisations;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Times times;

  ResultTables(
      Questionnaires questionnaires,
      Organisations organisations,
      Transactions transactions,
      AuditLog audit,
      Times times) {
    this.questionnaires = questionnaires;
    this.organisations = organisations;
    this.transactions = transactions;
    this.audit = audit;
    this.times = times;
  }

  /** The counts of every answer, and the texts. */
  HttpResponse<InputStream> results(
      Staff staff, Texts texts, Questionnaire questionnaire, String format) {
    var wanted = TableFormat.of(format);
    var results = questionnaires.results(questionnaire);
    note(staff, questionnaire, "results");
    var rows = new ArrayList<List<String>>();
    rows.add(headings(texts, "number", "question", "answer", "count", "percent"));
    rows.add(List.of("", texts.of("questionnaire.given"), "", number(results.given()), ""));
    rows.add(List.of("", texts.of("questionnaire.returned"), "", number(results.returned()), ""));
    results.questions().forEach(question -> add(rows, texts, question));
    return TableFiles.of(
        List.<List<List<String>>>of(rows).iterator(), name(questionnaire, "results"), wanted);
  }

  private static void add(List<List<String>> rows, Texts texts, Results.OfQuestion of) {
    var number = number(of.number());
    var text = of.question().text();
    for (var bar : of.bars()) {
      rows.add(List.of(number, text, bar.label(), number(bar.count()), bar.percent() + "%"));
    }
    of.mean()
        .ifPresent(mean ->
            rows.add(
                List.of(number, text, texts.of("questionnaire.mean"), mean.toPlainString(), "")));
    of.texts().forEach(written -> rows.add(List.of(number, text, written, "", "")));
    rows.add(List.of(number, text, texts.of("questionnaire.left"), number(of.left()), ""));
  }

  /**
   * The sheets of a named one, each in a row.
   *
   * @throws Problem where it is anonymous, or not closed
   */
  HttpResponse<InputStream> sheets(
      Staff staff, Texts texts, Questionnaire questionnaire, String format) {
    var wanted = TableFormat.of(format);
    if (questionnaire.content().anonymous()) {
      throw Problem.conflict("questionnaire.no-names");
    }
    if (questionnaire.closedAt().isEmpty()) {
      throw Problem.conflict("questionnaire.not-closed");
    }
    note(staff, questionnaire, "sheets");
    var headings = new ArrayList<>(headings(texts, "name", "organisation", "handed-in"));
    IntStream.rangeClosed(1, questionnaire.questions().size())
        .forEach(n -> headings.add(n + " " + questionnaire.questions().get(n - 1).text()));
    var portions =
        new RowPortions<>(
            headings,
            PORTION,
            (Optional<Sheet> last) -> page(questionnaire, last.map(sheet -> sheet.line().id())),
            sheet -> row(texts, questionnaire, sheet));
    return TableFiles.of(portions, name(questionnaire, "sheets"), wanted);
  }

  private record Sheet(Line line, List<Answer> answers) {}

  private List<Sheet> page(Questionnaire questionnaire, Optional<UUID> after) {
    var dsl = transactions.read();
    var lines = SheetStore.lines(dsl, questionnaire.id(), after, PORTION);
    var answers = SheetStore.answers(dsl, lines.stream().map(Line::id).toList());
    return lines.stream()
        .map(line -> new Sheet(line, answers.getOrDefault(line.id(), List.of())))
        .toList();
  }

  private List<String> row(Texts texts, Questionnaire questionnaire, Sheet sheet) {
    var tree = organisations.tree();
    var row = new ArrayList<String>();
    row.add(sheet.line().name());
    row.add(
        tree.byId(sheet.line().organisationId()).map((Organisation o) -> tree.path(o)).orElse(""));
    row.add(times.minute(texts, sheet.line().handedInAt()));
    Map<Integer, List<Answer>> byQuestion =
        sheet.answers().stream().collect(Collectors.groupingBy(Answer::question));
    for (var number = 1; number <= questionnaire.questions().size(); number++) {
      var question = questionnaire.questions().get(number - 1);
      row.add(
          byQuestion.getOrDefault(number, List.of()).stream()
              .flatMap(a -> a.choice().map(question::label).or(a::text).stream())
              .collect(Collectors.joining(texts.of("list.separator"))));
    }
    return row;
  }

  private void note(Staff staff, Questionnaire questionnaire, String what) {
    transactions.write(dsl -> {
      audit.append(
          dsl, staff.actor().change("questionnaire.export", questionnaire.subject(), "", what));
      return true;
    });
  }

  private static List<String> headings(Texts texts, String... columns) {
    return List.of(columns).stream()
        .map(column -> texts.of("questionnaire.column." + column))
        .toList();
  }

  private static String name(Questionnaire questionnaire, String what) {
    return "questionnaire-%s-%s".formatted(questionnaire.id(), what);
  }

  private static String number(int number) {
    return Integer.toString(number);
  }
}
