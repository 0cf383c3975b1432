package yikao.questionnaire;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import yikao.org.Draft;
import yikao.web.Page;

/**
 * The model of a sheet to be filled in.
 *
 * @param organisation whose members are asked
 * @param about what is kept of whom, in sentences
 * @param closes until when it is taken
 * @param corrects whether this browser has handed it in already
 * @param problem what is in the way; empty: nothing
 */
public record SheetPage(
    Page page,
    String id,
    String title,
    String purpose,
    String organisation,
    boolean anonymous,
    List<String> about,
    String closes,
    boolean corrects,
    WhoForm who,
    List<Field> fields,
    String problem) {
  /**
   * Who hands in.
   *
   * @param branches to choose from; empty: it is written, or no choice is asked for
   * @param asksBranch whether more than one organisation is asked
   * @param digits as they were typed; absent where they are not asked for
   */
  public record WhoForm(
      String name,
      String nameProblem,
      boolean asksBranch,
      List<Draft.Choice> branches,
      String branch,
      String branchProblem,
      Optional<String> digits,
      String digitsProblem) {}

  /**
   * A question with what was answered.
   *
   * @param problem what is wrong with that; empty: nothing
   */
  public record Field(
      int number, SheetQuestion question, Set<Integer> chosen, String text, String problem) {
    /** Its name in the form. */
    public String name() {
      return SheetForm.name(number);
    }

    /** Whether one of the answers is marked. */
    public boolean isChosen(int value) {
      return chosen.contains(value);
    }
  }
}
