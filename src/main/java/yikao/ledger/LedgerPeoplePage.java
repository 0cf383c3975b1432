package yikao.ledger;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;
import yikao.ledger.LedgerPage.Link;

/**
 * The model of the page of a list behind a figure.
 *
 * @param ledger back to it
 * @param figures the lists of the same ledger
 * @param next the next page
 * @param table where the list is as a table, without the format
 */
public record LedgerPeoplePage(
    Console console,
    Link ledger,
    String of,
    String moment,
    List<Tab> figures,
    List<Line> rows,
    Optional<String> next,
    String table) {

  /** A list of the same ledger. */
  public record Tab(String text, String href, boolean current) {}

  /**
   * Somebody.
   *
   * @param href the person's page; empty where it is not to be seen
   * @param about where the person counts, and in which quiz
   * @param result empty where there is none
   */
  public record Line(String name, String href, String about, String state, String result) {}
}
