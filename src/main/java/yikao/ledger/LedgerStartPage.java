package yikao.ledger;

import java.util.List;
import yikao.access.Console;

/**
 * The model of where one begins: the units whose ledgers one sees.
 *
 * @param tops none is below another
 */
public record LedgerStartPage(Console console, List<Top> tops) {
  /** A unit. */
  public record Top(String name, String ledger, String overview) {}
}
