package yikao.ledger;

import java.util.List;

/**
 * What can be chosen on the page of a ledger.
 *
 * @param action where it is sent
 * @param quiz the code of the quiz that is shown; empty: a period is
 * @param sittings whether those made from it for sittings count under it
 * @param periods to choose from, in groups; of a quiz also none
 * @param date as of the end of which day; empty: now
 * @param today the last that may be given
 * @param then whether by the tree of that day
 */
public record LedgerForm(
    String action,
    String quiz,
    boolean sittings,
    List<Group> periods,
    String date,
    String today,
    boolean then) {

  /** Periods of one kind. */
  public record Group(String name, List<Choice> choices) {}

  /** A period. */
  public record Choice(String value, String text, boolean chosen) {}
}
