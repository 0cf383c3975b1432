package yikao.taking;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.attempt.ReviewView.CitationView;
import yikao.question.QuestionType;
import yikao.web.Page;

/**
 * The model of the result of an ended attempt, as far as the quiz shows it.
 *
 * @param quiz the quiz's code
 * @param taker whose it is
 * @param expired whether the deadline ended it
 * @param annulled whether staff has set it aside, so that it has neither score nor outcome
 * @param score empty where it is not shown
 * @param outcome in words: passed, not passed, waiting for a person
 * @param passed absent where it is not shown or not decided
 * @param hidden what is said where the score is not shown
 * @param later what is said where keys are shown later; empty otherwise
 * @param review the questions, as far as they are shown
 * @param again whether one may try again
 */
public record ResultPage(
    Page page,
    UUID id,
    String quiz,
    String title,
    Taker taker,
    boolean expired,
    boolean annulled,
    String score,
    String maxScore,
    String outcome,
    Optional<Boolean> passed,
    String hidden,
    String later,
    String receipt,
    String endedAt,
    String elapsed,
    List<Reviewed> review,
    boolean leaderboard,
    boolean again) {

  /**
   * A question looked back on.
   *
   * @param verdict whether it was right, in a word; empty where that is not shown
   * @param tone {@code right}, {@code part}, {@code wrong} or {@code plain}
   * @param marks earned and possible; empty where they are not shown
   * @param written what was written, for questions without choices
   * @param accepted what is accepted, or the points of an essay
   * @param empty whether it was not answered
   * @param voided whether it was voided, so that what was right no longer counts
   * @param notes what was changed about it for everybody, and what the person who marked it says
   */
  public record Reviewed(
      int number,
      QuestionType type,
      String stem,
      String verdict,
      String tone,
      String marks,
      List<Option> options,
      List<String> written,
      List<String> accepted,
      boolean empty,
      String explanation,
      Optional<CitationView> citation,
      boolean voided,
      List<String> notes) {}

  /**
   * A choice.
   *
   * @param chosen whether it was made
   * @param right whether it is right; false where that is not shown
   * @param accepted whether it alone counts as right as well, by an amendment
   */
  public record Option(String label, String text, boolean chosen, boolean right, boolean accepted) {

    /** How it is drawn. */
    public String tone() {
      return right || accepted ? "right" : chosen ? "chosen" : "plain";
    }
  }
}
