package yikao.attempt;

import jakarta.inject.Singleton;
import yikao.attempt.Attempts.Open;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/** What is shown of ended attempts, by the quiz's policy as it is now. */
@Singleton
final class Reviews {
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
  ReviewView of(Open open) {
    var quiz = quizzes.get(open.head().quiz().code());
    return view(open, quiz.shown(open.now()));
  }

  /**
   * What a submission is answered with.
   *
   * @throws Problem while the attempt runs
   */
  ReceiptView receipt(Open open) {
    var shown = quizzes.get(open.head().quiz().code()).shown(open.now());
    return ReceiptView.of(view(open, shown.compareTo(What.SCORE) > 0 ? What.SCORE : shown));
  }

  /** What staff is shown. */
  ReviewView whole(Open open) {
    return view(open, What.REVIEW);
  }

  private ReviewView view(Open open, What shown) {
    if (!open.attempt().state().isEnded()) {
      throw Problem.conflict("attempt-running");
    }
    return ReviewView.of(open.head(), open.attempt(), attempts.receipt(open.attempt()), shown);
  }
}
