package yikao.org;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;

/**
 * The model of the page of one import.
 *
 * @param state {@code checking}, {@code checked}, {@code importing}, {@code imported}, {@code
 *     failed}
 * @param done how many rows the step under way has done
 * @param counts how many rows would be or are new, and so on; those with none are not in it
 * @param verdict of which rows alone are shown; empty: of all
 * @param next after which line the next page begins; absent on the last one
 * @param refused how many rows are
 * @param problems why something was not done
 */
public record ImportPage(
    Console console,
    String id,
    String kind,
    String at,
    String state,
    int rows,
    int done,
    int imported,
    List<Count> counts,
    String verdict,
    List<ImportLine> lines,
    Optional<Integer> next,
    int refused,
    List<String> problems) {
  /** How many rows there are of a verdict. */
  public record Count(String verdict, String text, int rows) {}

  /** Whether it goes on by itself. */
  public boolean isBusy() {
    return state.equals("checking") || state.equals("importing");
  }

  /** Whether it waits to be confirmed. */
  public boolean isWaiting() {
    return state.equals("checked") || state.equals("failed");
  }

  /** Rows that would be imported. */
  public int sound() {
    return rows - refused;
  }
}
