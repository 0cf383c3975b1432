package yikao.ledger;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import yikao.ledger.Ledger.About;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.web.Texts;
import yikao.web.Times;

/** Ledgers in words, for pages and tables. */
@Singleton
public final class LedgerWords {
  /** What stands where a figure is of nobody. */
  private static final String NONE = "—";

  private final Organisations organisations;
  private final Quizzes quizzes;
  private final Times times;

  LedgerWords(Organisations organisations, Quizzes quizzes, Times times) {
    this.organisations = organisations;
    this.quizzes = quizzes;
    this.times = times;
  }

  static String period(Texts texts, Period period) {
    var year = Integer.toString(period.first().getYear());
    if (period.isYear()) {
      return texts.of("ledger.year", year);
    }
    return texts.of(period.isQuarter() ? "ledger.quarter" : "ledger.month", year, period.number());
  }

  /** The quiz, the period, or both. */
  static String of(Texts texts, About about) {
    return of(texts, about.quiz(), about.withSittings(), about.period());
  }

  private static String of(
      Texts texts, Optional<Quiz> quiz, boolean withSittings, Optional<Period> period) {
    var title =
        quiz.map(q -> withSittings ? texts.of("ledger.with-sittings", q.title()) : q.title());
    return Stream.concat(title.stream(), period.map(p -> period(texts, p)).stream())
        .collect(Collectors.joining(" · "));
  }

  /** As of when, by whose tree. */
  String moment(Texts texts, About about) {
    return texts.of(
        about.choice() == TreeChoice.THEN ? "ledger.moment.then" : "ledger.moment.today",
        times.second(texts, about.at()));
  }

  static String figure(Texts texts, Figure figure) {
    return texts.of("ledger.figure." + figure.code());
  }

  static String percent(Optional<BigDecimal> share) {
    return share.map(s -> s.toPlainString() + "%").orElse(NONE);
  }

  static String mean(Optional<BigDecimal> mean) {
    return mean.map(BigDecimal::toPlainString).orElse(NONE);
  }

  /** Hundredths of a percent as percent with one decimal, half up. */
  static BigDecimal result(int points) {
    return BigDecimal.valueOf(points, 2).setScale(1, RoundingMode.HALF_UP);
  }

  /** The headings of figures in a table to take away. */
  static List<String> headings(Texts texts) {
    return Stream.of(
            "ledger.unit",
            "organisations.code",
            "ledger.figure.should",
            "ledger.figure.took",
            "ledger.figure.not-yet",
            "ledger.coverage",
            "ledger.figure.passed",
            "ledger.figure.failed",
            "ledger.figure.waiting",
            "ledger.pass-rate",
            "ledger.average",
            "ledger.average-of-all")
        .map(key -> texts.of(key))
        .toList();
  }

  static List<String> cells(String name, String code, Figures of) {
    return List.of(
        name,
        code,
        Integer.toString(of.should()),
        Integer.toString(of.took()),
        Integer.toString(of.notYet()),
        percent(of.coverage()),
        Integer.toString(of.passed()),
        Integer.toString(of.failed()),
        Integer.toString(of.waiting()),
        percent(of.passRate()),
        mean(of.average()),
        mean(of.averageOfAll()));
  }

  /** What stands at the end of a table: what it is of, of when, and its code. */
  List<List<String>> end(Texts texts, About about, String mark) {
    var tree = organisations.tree();
    var path = tree.byId(about.unit().id()).map(tree::path).orElse(about.unit().name());
    return List.of(
        List.of(""),
        List.of(texts.of("ledger.unit"), path),
        List.of(texts.of("ledger.of"), of(texts, about)),
        List.of(texts.of("ledger.as-of"), moment(texts, about)),
        List.of(texts.of("ledger.mark"), mark));
  }

  /** An export that is known by its code, line by line: the name and what is said. */
  public record Said(String name, String text) {}

  List<Said> said(Texts texts, Exports.Export export, String by) {
    OrganisationTree tree = organisations.tree();
    var figures = export.figures();
    return List.of(
        new Said(
            texts.of("ledger.unit"),
            tree.byId(export.organisationId()).map(tree::path).orElse(NONE)),
        new Said(texts.of("ledger.of"), of(texts, export)),
        new Said(texts.of("ledger.what"), what(texts, export)),
        new Said(
            texts.of("ledger.as-of"),
            texts.of(
                export.tree().equals(TreeChoice.THEN.code())
                    ? "ledger.moment.then"
                    : "ledger.moment.today",
                times.second(texts, export.at()))),
        new Said(texts.of("ledger.figure.should"), Integer.toString(figures.should())),
        new Said(texts.of("ledger.figure.took"), Integer.toString(figures.took())),
        new Said(texts.of("ledger.figure.not-yet"), Integer.toString(figures.notYet())),
        new Said(texts.of("ledger.coverage"), percent(figures.coverage())),
        new Said(texts.of("ledger.figure.passed"), Integer.toString(figures.passed())),
        new Said(texts.of("ledger.pass-rate"), percent(figures.passRate())),
        new Said(texts.of("ledger.average"), mean(figures.average())),
        new Said(texts.of("ledger.average-of-all"), mean(figures.averageOfAll())),
        new Said(
            texts.of("ledger.exported"),
            texts.of("people.by", by, times.second(texts, export.createdAt()))));
  }

  /** The quiz, the period, or both, of an export. */
  String of(Texts texts, Exports.Export export) {
    var quiz =
        export.quizId().stream().flatMap(id -> quizzes.byIds(List.of(id)).stream()).findFirst();
    var period =
        export.period().isEmpty()
            ? Optional.<Period>empty()
            : Optional.of(Period.of(export.period()));
    return of(texts, quiz, export.withSittings(), period);
  }

  /** The table of figures, or the list behind one. */
  static String what(Texts texts, Exports.Export export) {
    if (export.figure().isEmpty()) {
      return texts.of("ledger.table");
    }
    var figure = export.figure().substring(export.figure().indexOf(':') + 1);
    var list = texts.of("ledger.list", figure(texts, Figure.of(figure)));
    return figure.equals(export.figure()) ? list : texts.of("ledger.own-of", list);
  }
}
