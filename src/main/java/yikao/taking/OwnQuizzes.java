package yikao.taking;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import yikao.attempt.Attempt;
import yikao.attempt.Attempt.Ending;
import yikao.attempt.AttemptState;
import yikao.attempt.Attempts;
import yikao.attempt.Result;
import yikao.db.NodeClock;
import yikao.participant.Participant;
import yikao.participant.Visitor;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;
import yikao.taking.QuizListPage.Own;
import yikao.web.Texts;
import yikao.web.Times;

/**
 * The quizzes that a browser has taken, whether they are listed, closed or neither: for each the
 * newest attempt, which goes on or has ended.
 */
@Singleton
final class OwnQuizzes {
  /** How many quizzes of one participant are ever looked at. */
  private static final int MOST = 200;

  private final Attempts attempts;
  private final Quizzes quizzes;
  private final NextTry next;
  private final Takers takers;
  private final NodeClock clock;
  private final Times times;

  OwnQuizzes(
      Attempts attempts,
      Quizzes quizzes,
      NextTry next,
      Takers takers,
      NodeClock clock,
      Times times) {
    this.attempts = attempts;
    this.quizzes = quizzes;
    this.next = next;
    this.takers = takers;
    this.clock = clock;
    this.times = times;
  }

  /**
   * The newest attempt in each quiz of those that a browser opens: those that go on, then those
   * that have ended, each the newest first.
   */
  List<Attempt> of(Visitor visitor) {
    var now = clock.instant();
    return visitor.participants().stream()
        .flatMap(id -> attempts.newest(id, MOST).stream())
        .filter(a -> visitor.opens(a.tokenHash(), a.participantId()))
        .sorted(
            Comparator.comparing((Attempt a) -> !Attempts.isRunning(a, now))
                .thenComparing(OwnQuizzes::since, Comparator.reverseOrder()))
        .toList();
  }

  /** When it last changed: started, or ended. */
  private static Instant since(Attempt attempt) {
    return attempt.ending().map(Ending::at).orElse(attempt.startedAt());
  }

  /** What goes on of these. */
  List<Attempt> running(List<Attempt> own) {
    var now = clock.instant();
    return own.stream().filter(a -> Attempts.isRunning(a, now)).toList();
  }

  /**
   * These, in the words of a page.
   *
   * @param known who is known now, so that whose they are is said where they are another's
   */
  List<Own> words(Texts texts, List<Attempt> own, Optional<Participant> known) {
    var now = clock.instant();
    return own.stream()
        .<Own>map(a -> Attempts.isRunning(a, now) ? running(texts, a) : ended(texts, a, known, now))
        .toList();
  }

  /** The quiz of an attempt as it is now. */
  Quiz quiz(Attempt attempt) {
    return quizzes.get(quizzes.get(attempt.quizId(), attempt.origin().quizRevision()).code());
  }

  /** What goes on. */
  Own.Running running(Texts texts, Attempt attempt) {
    var paper = attempts.paper(attempt.id());
    return new Own.Running(
        attempt.id(),
        paper.quiz().title(),
        takers.of(texts, attempt),
        QuizPageMaker.answered(attempt),
        paper.questions().size(),
        attempt.deadline().map(deadline -> times.minute(texts, deadline.at())));
  }

  private Own.Ended ended(Texts texts, Attempt attempt, Optional<Participant> known, Instant now) {
    var quiz = quiz(attempt);
    var at = times.minute(texts, QuizPageMaker.endedAt(attempt));
    var result =
        attempt
            .result()
            .filter(_ -> quiz.shown(now).compareTo(What.SCORE) >= 0 && !attempt.annulled());
    return new Own.Ended(
        attempt.id(),
        quiz.title(),
        takers.other(texts, attempt, known),
        attempt.state() == AttemptState.SUBMITTED
            ? texts.of("own.handed-in", at)
            : texts.of("own.expired", at),
        result
            .map(r ->
                texts.of(
                    "own.score", Points.text(r.score().points()), Points.text(r.score().maximum())))
            .orElseGet(() -> hidden(texts, quiz, attempt)),
        result.flatMap(Result::passed),
        attempt.annulled() && next.isOpen(quiz, attempt.participantId(), now)
            ? Optional.of(quiz.code())
            : Optional.empty());
  }

  private String hidden(Texts texts, Quiz quiz, Attempt attempt) {
    if (attempt.annulled()) {
      return texts.of("annulled");
    }
    if (!attempt.isEnded()) {
      return texts.of("own.closing");
    }
    if (quiz.reveal().what() == What.NOTHING) {
      return texts.of("own.hidden.never");
    }
    return awaited(quiz)
        .map(at -> texts.of("own.hidden.until", times.minute(texts, at)))
        .orElseGet(() -> texts.of("own.hidden.now"));
  }

  /** When results will be shown, where that is still to come. */
  Optional<Instant> awaited(Quiz quiz) {
    var reveal = quiz.reveal();
    return reveal.when() == Reveal.When.AFTER_WINDOW
            && reveal.what() != What.NOTHING
            && quiz.shown(clock.instant()) == What.NOTHING
        ? quiz.over()
        : Optional.empty();
  }
}
