package yikao.sitting;

import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import yikao.sitting.Account.Line;
import yikao.table.TableFiles;
import yikao.table.TableFormat;
import yikao.table.TableWriter;
import yikao.web.Problem;
import yikao.web.Texts;
import yikao.web.Times;

/** Accounts of sessions as Excel and CSV. */
@Singleton
final class AccountTables {
  private final Times times;

  AccountTables(Times times) {
    this.times = times;
  }

  /**
   * The account as a file.
   *
   * @param format {@code xlsx} or {@code csv}
   * @throws Problem before the session has ended
   */
  HttpResponse<byte[]> file(Texts texts, Account account, String format) {
    var wanted = TableFormat.of(format);
    if (!account.ended()) {
      throw Problem.conflict("sitting.running");
    }
    return TableFiles.of(
        table(texts, account, wanted), "sitting-" + account.sitting().id(), wanted);
  }

  private byte[] table(Texts texts, Account account, TableFormat format) {
    var table = TableWriter.of(format, texts.of("sitting.account"));
    table.row(
        List.of(
            texts.of("sitting.column.name"),
            texts.of("sitting.column.attendance"),
            texts.of("sitting.column.note"),
            texts.of("sitting.column.score"),
            texts.of("sitting.column.passed")));
    account.lines().forEach(line -> table.row(line(texts, line)));
    table.row(List.of());
    facts(texts, account).forEach(table::row);
    table.row(List.of());
    table.row(
        List.of(
            texts.of("sitting.missed"),
            texts.of("sitting.missed.count"),
            texts.of("sitting.missed.had")));
    account
        .missed()
        .forEach(m ->
            table.row(
                List.of(
                    texts.ofBank(m.question().stem()),
                    Integer.toString(m.missed()),
                    Integer.toString(m.had()))));
    return table.end();
  }

  private static List<String> line(Texts texts, Line line) {
    return List.of(
        line.name().isEmpty() ? texts.of("ledger.erased") : line.name(),
        attendance(texts, line),
        line.note(),
        line.score(),
        line.passed().map(p -> texts.of(p ? "start.passed" : "start.failed")).orElse(""));
  }

  /** In a word whether somebody was there, and why not. */
  static String attendance(Texts texts, Line line) {
    if (line.attempt().isPresent()) {
      return texts.of("sitting.took-part");
    }
    return line.status().isEmpty()
        ? texts.of("sitting.attendance.unknown")
        : texts.of("sitting.attendance." + line.status());
  }

  private List<List<String>> facts(Texts texts, Account account) {
    var sitting = account.sitting();
    return List.of(
        List.of(texts.of("sitting.fact.title"), account.title()),
        List.of(texts.of("sitting.fact.branch"), account.branch()),
        List.of(texts.of("sitting.fact.when"), times.minute(texts, sitting.openedAt())),
        List.of(texts.of("sitting.fact.host"), sitting.host()),
        List.of(texts.of("sitting.fact.place"), sitting.place()),
        List.of(texts.of("sitting.fact.expected"), Integer.toString(account.expected())),
        List.of(texts.of("sitting.fact.present"), Integer.toString(account.present())),
        List.of(texts.of("sitting.fact.took"), Integer.toString(account.took())),
        List.of(texts.of("sitting.fact.average"), account.average()),
        List.of(texts.of("sitting.fact.pass-rate"), account.passRate() + "%"),
        List.of(
            texts.of("sitting.fact.confirmed"),
            sitting.confirmed().map(c -> times.minute(texts, c.at())).orElse("")));
  }
}
