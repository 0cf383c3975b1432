package yikao.sitting;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;

/**
 * The model of the page on which somebody is chosen who is asked on the spot.
 *
 * @param organisation code of the one that was chosen; empty: none yet
 * @param find what is looked for
 * @param found organisations to choose from
 * @param people who may be asked; empty where that is not for the reader
 * @param last what was asked there
 */
public record SpotListPage(
    Console console,
    String organisation,
    String name,
    String find,
    List<Option> found,
    List<Option> people,
    List<Option> areas,
    List<Line> last,
    Optional<String> problem) {
  /** Something to choose. */
  public record Option(String code, String text) {}

  /** A question that was asked. */
  public record Line(String id, String name, String at, String stem, Optional<Boolean> right) {}
}
