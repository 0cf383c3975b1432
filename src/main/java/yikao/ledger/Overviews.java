package yikao.ledger;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import yikao.db.Transactions;
import yikao.ledger.Ledger.About;
import yikao.org.Organisation;

/** Makes what a supervisor looks at first. */
@Singleton
class Overviews {
  private static final int EXPORTS = 20;
  private static final BigDecimal BEYOND = BigDecimal.valueOf(1_000);

  private final Ledgers ledgers;
  private final Exports exports;
  private final Transactions transactions;

  Overviews(Ledgers ledgers, Exports exports, Transactions transactions) {
    this.ledgers = ledgers;
    this.exports = exports;
    this.transactions = transactions;
  }

  /** Of a unit in a period. */
  Overview of(About about) {
    var rows = ledgers.rows(about);
    var within = ledgers.within(about);
    var period = about.period().orElseThrow();
    var bounds = period.bounds(ledgers.zone());
    var end = bounds.getLast();
    var until = about.upTo().isBefore(end) ? about.upTo().plusMillis(1) : end;
    var quarter = quarter(about, period);
    var dsl = transactions.read();
    return new Overview(
        rows.total(),
        rows.children().stream()
            .sorted(
                Comparator.comparing((Rollup.Child c) -> c.figures().coverage().orElse(BEYOND))
                    .thenComparing(c -> c.organisation().code()))
            .toList(),
        quarter,
        idle(about, quarter),
        Doings.sittings(dsl, within, bounds.getFirst(), until),
        Doings.spots(dsl, within, bounds.getFirst(), until),
        exports.of(within, EXPORTS));
  }

  /** The last quarter of the period that has begun. */
  private Period quarter(About about, Period period) {
    var last = period.months().getLast();
    var day = LocalDate.ofInstant(about.at(), ledgers.zone());
    return Period.quarterOf(last.atDay(1).isAfter(day) ? day : last.atDay(1));
  }

  private List<Organisation> idle(About about, Period quarter) {
    var tree = about.tree();
    var own = ledgers.byOrganisation(about.during(quarter));
    return tree.subtree(about.unit()).stream()
        .filter(Organisation::open)
        .filter(o -> tree.below(o).stream().noneMatch(Organisation::open))
        .filter(o -> own.getOrDefault(o.id(), Figures.NONE).took() == 0)
        .sorted(Comparator.comparing(Organisation::code))
        .toList();
  }
}
