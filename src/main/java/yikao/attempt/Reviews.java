package yikao.attempt;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import yikao.attempt.Attempts.Open;
import yikao.attempt.ReviewView.Beside;
import yikao.attempt.ReviewView.Shown;
import yikao.db.Transactions;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Policies.Reveal.When;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/** What is shown of ended attempts, by the quiz's policy as it is now. */
@Singleton
public final class Reviews {
  /** Longer than a cached quiz may be old. */
  private static final Duration JUST = Duration.ofSeconds(2);

  private final Attempts attempts;
  private final Quizzes quizzes;
  private final Transactions transactions;
  private final Amendments amendments;
  private final PersonMarks byPerson;

  Reviews(
      Attempts attempts,
      Quizzes quizzes,
      Transactions transactions,
      Amendments amendments,
      PersonMarks byPerson) {
    this.attempts = attempts;
    this.quizzes = quizzes;
    this.transactions = transactions;
    this.amendments = amendments;
    this.byPerson = byPerson;
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
    var quiz = upToDate(quizzes.get(open.paper().quiz().code()), open.now());
    var isLastTry =
        most == What.REVIEW
            && quiz.reveal().when() == When.AFTER_LAST_TRY
            && attempts.hasUsedTries(quiz, open.attempt().participantId());
    var shown = quiz.shown(open.now(), isLastTry);
    var what = shown.compareTo(most) > 0 ? most : shown;
    return view(quiz, open, new Shown(what, Audience.PARTICIPANT));
  }

  /** A quiz that was over a moment ago may have been extended since at another node. */
  private Quiz upToDate(Quiz quiz, Instant now) {
    var isJustOver =
        quiz.over().filter(end -> now.isAfter(end) && now.isBefore(end.plus(JUST))).isPresent();
    return isJustOver ? quizzes.changed(quiz.code()) : quiz;
  }

  /**
   * What staff is shown.
   *
   * @throws Problem while the attempt runs
   */
  public ReviewView whole(Open open) {
    return view(
        quizzes.get(open.paper().quiz().code()), open, new Shown(What.REVIEW, Audience.STAFF));
  }

  private ReviewView view(Quiz quiz, Open open, Shown shown) {
    if (!open.attempt().isEnded()) {
      throw Problem.conflict("attempt-running");
    }
    return ReviewView.of(
        open.paper(),
        open.attempt(),
        attempts.receipt(open.attempt()),
        shown,
        shown.what() == What.REVIEW ? beside(quiz, open) : Beside.NOTHING);
  }

  private Beside beside(Quiz quiz, Open open) {
    var dsl = transactions.read();
    var id = open.paper().id();
    return new Beside(
        quiz.changes().amendments() == 0 ? List.of() : amendments.of(dsl, quiz.id()),
        open.paper().hasEssay()
            ? byPerson.of(dsl, List.of(id)).getOrDefault(id, Map.of())
            : Map.of());
  }
}
