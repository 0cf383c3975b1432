package yikao.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import yikao.ledger.Ledger.OfMonth;
import yikao.ledger.Ledger.OfQuiz;
import yikao.ledger.LedgerPage.Cell;
import yikao.ledger.LedgerPage.Link;
import yikao.ledger.LedgerPage.Row;
import yikao.web.Texts;

/** Figures as rows of a page: every one leads to the list behind it. */
record LedgerRows(Texts texts, Links links) {

  private static Cell cell(Links links, String code, boolean own, Figure figure, Figures of) {
    var number = figure.of(of);
    return new Cell(Integer.toString(number), number == 0 ? "" : links.people(code, figure, own));
  }

  /** Where lists are: of which unit, and whether only of itself. */
  private record Place(Links links, String code, boolean own) {
    Cell cell(Figure figure, Figures of) {
      return LedgerRows.cell(links, code, own, figure, of);
    }
  }

  private static Row row(Link name, String css, Place at, Figures of) {
    return new Row(
        name,
        css,
        at.cell(Figure.SHOULD, of),
        at.cell(Figure.TOOK, of),
        at.cell(Figure.NOT_YET, of),
        LedgerWords.percent(of.coverage()),
        at.cell(Figure.PASSED, of),
        LedgerWords.percent(of.passRate()),
        of.waiting() == 0 ? Optional.empty() : Optional.of(at.cell(Figure.WAITING, of)),
        LedgerWords.mean(of.average()),
        LedgerWords.mean(of.averageOfAll()));
  }

  /** The unit as a whole. */
  Row total(Ledger ledger) {
    var code = ledger.about().unit().code();
    return row(
        new Link(texts.of("ledger.total"), ""),
        "total",
        new Place(links, code, false),
        ledger.rows().total());
  }

  /** The unit, what counts in itself where others are below, and these. */
  List<Row> of(Ledger ledger, List<Rollup.Child> children) {
    var rows = new ArrayList<Row>();
    rows.add(total(ledger));
    if (!ledger.rows().children().isEmpty()) {
      var code = ledger.about().unit().code();
      rows.add(
          row(
              new Link(texts.of("ledger.own"), ""),
              "own",
              new Place(links, code, true),
              ledger.rows().own()));
    }
    rows.addAll(children(children));
    return rows;
  }

  List<Row> children(List<Rollup.Child> children) {
    return children.stream()
        .map(child -> {
          var code = child.organisation().code();
          return row(
              new Link(child.organisation().name(), links.ledger(code)),
              "",
              new Place(links, code, false),
              child.figures());
        })
        .toList();
  }

  List<Row> quizzes(Ledger ledger) {
    var code = ledger.about().unit().code();
    return ledger.quizzes().stream().map(of -> quiz(code, of)).toList();
  }

  private Row quiz(String code, OfQuiz of) {
    var at = links.ofQuiz(of.quiz().code());
    return row(
        new Link(of.quiz().title(), at.ledger(code)), "", new Place(at, code, false), of.figures());
  }

  List<Row> months(Ledger ledger) {
    var code = ledger.about().unit().code();
    return ledger.months().size() < 2
        ? List.of()
        : ledger.months().stream().map(of -> month(code, of)).toList();
  }

  private Row month(String code, OfMonth of) {
    var period = Period.month(of.month());
    var at = links.ofPeriod(period.text());
    return row(
        new Link(LedgerWords.period(texts, period), at.ledger(code)),
        "",
        new Place(at, code, false),
        of.figures());
  }
}
