package yikao.leaderboard;

/**
 * What a leaderboard ranks the participants of.
 *
 * @param kind names what owns it, in the database
 * @param id of the owner among those of its kind
 */
public record BoardOwner(String kind, long id) {
  private static final String QUIZ = "quiz";

  /** A quiz: its board follows the results by itself. */
  public static BoardOwner quiz(long quizId) {
    return new BoardOwner(QUIZ, quizId);
  }
}
