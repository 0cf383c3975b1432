package yikao.ledger;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;
import yikao.ledger.LedgerPage.Link;
import yikao.ledger.LedgerPage.Row;

/**
 * The model of what a supervisor looks at first.
 *
 * @param idle the branches without anything in the quarter, at most so many as fit
 * @param idleMore how many more there are
 * @param sittings what was held, in words
 * @param spots what was asked on the spot, in words
 */
public record OverviewPage(
    Console console,
    String name,
    List<Link> way,
    String of,
    String moment,
    LedgerForm form,
    Link ledger,
    List<Row> total,
    List<Row> rows,
    Optional<String> more,
    String quarter,
    int idleCount,
    List<Link> idle,
    int idleMore,
    String sittings,
    String spots,
    List<Taken> exports) {

  /** Something that was taken out. */
  public record Taken(String what, String by, String mark, String href) {}
}
