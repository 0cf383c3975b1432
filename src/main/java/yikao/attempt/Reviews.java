package yikao.attempt;

import jakarta.inject.Singleton;
import yikao.attempt.Attempts.Open;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/** What is shown of ended attempts, by the quiz's policy as it is now. */
@Singleton
public final class Reviews {
  private final Attempts attempts;
  private final Quizzes quizzes;

  Reviews(Attempts attempts, Quizzes quizzes) {
    this.attempts = attempts;
    this.quizzes = quizzes;
  }

  /**
   * What the participant is shown.
   *
   * @throws Problem while the attempt runs
   */
  public ReviewView of(Open open) {
    return atMost(open, What.REVIEW);
  }

  /**
   * The same, and no more than so much.
   *
   * @throws Problem while the attempt runs
   */
  public ReviewView atMost(Open open, What most) {
    var shown = quizzes.get(open.paper().quiz().code()).shown(open.now());
    return view(open, shown.compareTo(most) > 0 ? most : shown);
  }

  /**
   * What staff is shown.
   *
   * @throws Problem while the attempt runs
   */
  public ReviewView whole(Open open) {
    return view(open, What.REVIEW);
  }

  private ReviewView view(Open open, What shown) {
    if (!open.attempt().isEnded()) {
      throw Problem.conflict("attempt-running");
    }
    return ReviewView.of(open.paper(), open.attempt(), attempts.receipt(open.attempt()), shown);
  }
}
