package yikao.sitting;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;

/**
 * The model of the page on which papers are printed and looked up.
 *
 * @param open whether papers can still be printed
 * @param members who should take part
 * @param papers that were given out, by their numbers
 * @param number that was looked for
 */
public record PaperListPage(
    Console console,
    String sitting,
    String quiz,
    boolean open,
    List<Row> members,
    List<Row> papers,
    String number,
    Optional<String> problem) {
  /**
   * A member, or a paper.
   *
   * @param number empty where none was printed
   */
  public record Row(
      String member,
      String name,
      String number,
      String state,
      String stateText,
      boolean printable) {}
}
