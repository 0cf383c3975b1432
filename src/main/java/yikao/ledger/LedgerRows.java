package yikao.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import yikao.access.Staff;
import yikao.ledger.Ledger.OfMonth;
import yikao.ledger.Ledger.OfQuiz;
import yikao.ledger.LedgerPage.Cell;
import yikao.ledger.LedgerPage.Link;
import yikao.ledger.LedgerPage.Row;
import yikao.org.Organisation;
import yikao.web.Texts;

/** Figures as rows of a page: every one leads to the list behind it. */
record LedgerRows(Texts texts, Staff staff, Links links) {

  /**
   * Where lists are.
   *
   * @param code of the unit; empty where its lists are not to be seen
   * @param own whether only of the unit itself
   */
  private record Place(Links links, String code, boolean own) {
    Cell cell(Figure figure, Figures of) {
      var number = figure.of(of);
      return new Cell(
          Integer.toString(number),
          number == 0 || code.isEmpty() ? "" : links.people(code, figure, own));
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
  Row total(Organisation unit, Figures figures) {
    return row(
        new Link(texts.of("ledger.total"), ""),
        "total",
        new Place(links, unit.code(), false),
        figures);
  }

  /** The unit, what counts in itself where others are below, and these. */
  List<Row> of(Ledger ledger, List<Rollup.Child> children) {
    var rows = new ArrayList<Row>();
    rows.add(total(ledger.about().unit(), ledger.rows().total()));
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
    return children.stream().map(this::child).toList();
  }

  /** One that was below the unit then may be none of the reader's business now. */
  private Row child(Rollup.Child child) {
    var unit = child.organisation();
    var code = staff.canReadOrganisation(unit.id()) ? unit.code() : "";
    return row(
        new Link(unit.name(), code.isEmpty() ? "" : links.ledger(code)),
        "",
        new Place(links, code, false),
        child.figures());
  }

  List<Row> quizzes(Ledger ledger) {
    var code = ledger.about().unit().code();
    var period = ledger.about().period().map(Period::text).orElse("");
    return ledger.quizzes().stream().map(of -> quiz(code, period, of)).toList();
  }

  private Row quiz(String code, String period, OfQuiz of) {
    var at = links.ofQuiz(of.quiz().code(), period);
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
