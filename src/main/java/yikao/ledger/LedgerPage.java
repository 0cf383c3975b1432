package yikao.ledger;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;

/**
 * The model of the page of a ledger.
 *
 * @param name of the unit
 * @param way to those above it, as far as they are seen, from the top down
 * @param of the quiz or the period
 * @param moment as of when, by whose tree
 * @param form what can be chosen
 * @param rows of the unit, by itself, and below it
 * @param next where more rows are; absent where all are there
 * @param quizzes the same of each quiz; empty where it is of one
 * @param months the same of each month, where there are several
 * @param table where it is as a table, without the format
 * @param notYet where the list of those is who have not taken part yet, as a table
 * @param ofAll where the same is of all quizzes
 * @param overview where the overview of the unit is
 */
public record LedgerPage(
    Console console,
    String name,
    List<Link> way,
    String of,
    String moment,
    LedgerForm form,
    List<Row> rows,
    Optional<String> next,
    List<Row> quizzes,
    List<Row> months,
    String table,
    String notYet,
    String ofAll,
    String overview) {

  /** A place to go to. */
  public record Link(String text, String href) {}

  /** A number, and the list behind it; without an address where it is 0. */
  public record Cell(String text, String href) {}

  /**
   * Figures in words.
   *
   * @param css of the row
   * @param waiting absent where nobody waits
   */
  public record Row(
      Link name,
      String css,
      Cell should,
      Cell took,
      Cell notYet,
      String coverage,
      Cell passed,
      String passRate,
      Optional<Cell> waiting,
      String average,
      String averageOfAll) {}
}
