package yikao.taking;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.web.Page;

/**
 * The model of a quiz's own page.
 *
 * @param taker who is known in this browser
 * @param waiting that the form was sent and is sent again, where it is
 * @param running the attempt that goes on, where there is one
 * @param results what this browser has ended, the last first
 * @param entry the form to start; absent where one cannot start now
 * @param closed why one cannot start, where no attempt goes on
 * @param leaderboard whether there is one to look at
 */
public record QuizPage(
    Page page,
    QuizFacts quiz,
    Optional<Taker> taker,
    Optional<Waiting> waiting,
    Optional<Running> running,
    List<Past> results,
    Optional<EntryForm> entry,
    String closed,
    boolean leaderboard) {

  /**
   * The form could not be taken yet.
   *
   * @param seconds after which it is tried again
   * @param refresh how it goes on without a script, the content of a {@code meta} element; absent
   *     where one has to press the button
   */
  public record Waiting(long seconds, Optional<String> refresh) {}

  /** An attempt that goes on. */
  public record Running(
      UUID id, Taker taker, int answered, int questions, Optional<String> deadline) {}

  /**
   * An attempt that has ended.
   *
   * @param taker whose it is, where that differs from who is known now
   * @param score empty where it is not shown, or does not count
   * @param annulled whether staff has set it aside
   */
  public record Past(
      UUID id,
      int number,
      Optional<Taker> taker,
      String endedAt,
      String score,
      Optional<Boolean> passed,
      boolean annulled) {}

  /**
   * Name and branch.
   *
   * @param branch as it was written, or the code of the one chosen
   * @param groups what to choose from; empty where one writes
   * @param sought what branches were looked for by
   * @param more that more fit than are listed; empty where all are
   * @param nameProblem what is wrong with the name that was sent
   * @param branchProblem what is wrong with the branch that was sent
   * @param digits where the last digits of the phone are asked for
   */
  public record EntryForm(
      String name,
      String branch,
      List<BranchGroup> groups,
      BranchKind kind,
      String sought,
      String more,
      Optional<String> nameProblem,
      Optional<String> branchProblem,
      Optional<DigitsField> digits) {

    /** Whether a branch is the one chosen. */
    public boolean isChosen(Branch option) {
      return option.code().equals(branch);
    }
  }

  /**
   * The last four digits of a member's phone.
   *
   * @param problem what is wrong with those that were sent, or why they are asked for
   */
  public record DigitsField(String digits, Optional<String> problem) {}

  /** How one says which branch one belongs to. */
  public enum BranchKind {
    /** There is no list. */
    WRITTEN,
    /** From the whole list. */
    CHOSEN,
    /** From what fits a few letters, because the list is long. */
    SOUGHT
  }

  /** The branches below one organisation. */
  public record BranchGroup(String name, List<Branch> branches) {}

  /** A branch to choose; the name tells it apart from the others. */
  public record Branch(String code, String name) {}
}
