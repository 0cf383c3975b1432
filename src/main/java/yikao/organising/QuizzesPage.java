package yikao.organising;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;

/**
 * The model of the list of quizzes.
 *
 * @param sought what the title was looked for by; empty: any
 * @param state that is looked for, by its code; empty: any
 * @param states that can be chosen
 * @param next after which quiz, by its code, the next page begins; absent on the last one
 */
public record QuizzesPage(
    Console console,
    String sought,
    String state,
    List<State> states,
    List<Row> rows,
    Optional<String> next) {

  /** A state to choose. */
  public record State(String code, String text) {}

  /**
   * A quiz in the list.
   *
   * @param about size and time limit
   * @param when it is open; empty where always
   */
  public record Row(
      String code, String title, String whose, String about, String when, String state) {}

  /** Whether something was looked for. */
  public boolean isSearch() {
    return !sought.isEmpty() || !state.isEmpty();
  }
}
