package yikao.ledger;

import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import yikao.access.Staff;
import yikao.ledger.Ledger.About;
import yikao.ledger.Ledgers.People;
import yikao.ledger.Ledgers.Person;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.table.RowPortions;
import yikao.table.TableFiles;
import yikao.table.TableFormat;
import yikao.web.Texts;
import yikao.web.Times;

/**
 * Ledgers and the lists behind their figures as Excel and CSV, made while they are sent. Each is of
 * the moment it was asked for, which does not change while it is read, and ends with its code.
 */
@Singleton
class LedgerTables {
  private static final int PORTION = 1_000;

  private final Ledgers ledgers;
  private final CountKeeping counts;
  private final Exports exports;
  private final LedgerWords words;
  private final Times times;

  LedgerTables(
      Ledgers ledgers, CountKeeping counts, Exports exports, LedgerWords words, Times times) {
    this.ledgers = ledgers;
    this.counts = counts;
    this.exports = exports;
    this.words = words;
    this.times = times;
  }

  /** Of a moment that stays; of now with all that has happened by then. */
  private About fixed(About asked) {
    if (asked.isNow()) {
      counts.catchUp();
    }
    return Ledgers.fixed(asked);
  }

  /** Rows, and what stands after them. */
  private static Iterator<List<List<String>>> then(
      Iterator<List<List<String>>> rows, List<List<String>> end) {
    return new Iterator<>() {
      private boolean isOver;

      @Override
      public boolean hasNext() {
        return !isOver;
      }

      @Override
      public List<List<String>> next() {
        if (rows.hasNext()) {
          return rows.next();
        }
        isOver = true;
        return end;
      }
    };
  }

  /** The figures of a unit and of all below it, each with what is below and by itself. */
  HttpResponse<InputStream> ledger(Staff staff, Texts texts, About asked, TableFormat format) {
    var about = fixed(asked);
    var tree = about.tree();
    var own = ledgers.byOrganisation(about);
    var sums = Rollup.all(tree, about.unit(), own);
    var total = sums.getOrDefault(about.unit().id(), Figures.NONE);
    var mark = exports.note(staff.actor(), about, "", total);
    var rows = new ArrayList<List<String>>();
    rows.add(LedgerWords.headings(texts));
    add(rows, texts, tree, about.unit(), new Two(own, sums));
    rows.addAll(words.end(texts, about, mark));
    var portions = new ArrayList<List<List<String>>>();
    for (var from = 0; from < rows.size(); from += PORTION) {
      portions.add(rows.subList(from, Math.min(rows.size(), from + PORTION)));
    }
    return TableFiles.of(portions.iterator(), "ledger", format);
  }

  /** Figures of organisations by themselves, and with all below them. */
  private record Two(Map<Long, Figures> own, Map<Long, Figures> all) {}

  /** From the top down, each followed by what counts in itself, then by those below. */
  private static void add(
      List<List<String>> rows, Texts texts, OrganisationTree tree, Organisation of, Two sums) {
    var all = sums.all().getOrDefault(of.id(), Figures.NONE);
    if (!of.open() && all.equals(Figures.NONE)) {
      return;
    }
    rows.add(LedgerWords.cells(tree.path(of), of.code(), all));
    var below = tree.below(of);
    if (!below.isEmpty()) {
      var own = sums.own().getOrDefault(of.id(), Figures.NONE);
      if (!own.equals(Figures.NONE)) {
        var name = texts.of("ledger.own-of", tree.path(of));
        rows.add(LedgerWords.cells(name, of.code(), own));
      }
      below.forEach(child -> add(rows, texts, tree, child, sums));
    }
  }

  /** The people behind a figure; names where one may see members. */
  HttpResponse<InputStream> people(Staff staff, Texts texts, People asked, TableFormat format) {
    var people = new People(fixed(asked.about()), asked.figure(), asked.own());
    var about = people.about();
    var tree = about.tree();
    var rollup = ledgers.rows(about);
    var figure = (people.own() ? "own:" : "") + people.figure().code();
    var mark =
        exports.note(staff.actor(), about, figure, people.own() ? rollup.own() : rollup.total());
    var reading = ledgers.read(people);
    var rows =
        new RowPortions<Person>(
            headings(texts),
            PORTION,
            last -> reading.next(last.map(p -> p.line().place()), PORTION),
            person -> row(staff, texts, tree, person));
    return TableFiles.of(then(rows, words.end(texts, about, mark)), "ledger-people", format);
  }

  private static List<String> headings(Texts texts) {
    return List.of(
        texts.of("people.column.name"),
        texts.of("ledger.unit"),
        texts.of("organisations.code"),
        texts.of("ledger.quiz"),
        texts.of("ledger.state"),
        texts.of("ledger.result"),
        texts.of("ledger.since"));
  }

  private List<String> row(Staff staff, Texts texts, OrganisationTree tree, Person person) {
    var line = person.line();
    var in = tree.byId(line.organisationId());
    return List.of(
        name(staff, texts, line),
        in.map(tree::path).orElse(""),
        in.map(Organisation::code).orElse(""),
        person.quiz().title(),
        LedgerWords.figure(texts, state(line)),
        line.points().map(p -> LedgerWords.result(p) + "%").orElse(""),
        line.since().map(at -> times.minute(texts, at)).orElse(""));
  }

  /** What a page or a table calls somebody. */
  static String name(Staff staff, Texts texts, PeopleQueries.Line line) {
    if (!staff.canReadMembers(line.organisationId())) {
      return texts.of("ledger.name-hidden");
    }
    return line.name().isEmpty() ? texts.of("ledger.erased") : line.name();
  }

  /** Behind which figure somebody is, beside those that are wider. */
  static Figure state(PeopleQueries.Line line) {
    if (line.since().isEmpty()) {
      return Figure.NOT_YET;
    }
    return line.points().isEmpty() ? Figure.WAITING : line.passed() ? Figure.PASSED : Figure.FAILED;
  }
}
