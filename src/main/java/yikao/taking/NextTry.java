package yikao.taking;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import yikao.attempt.Attempt;
import yikao.attempt.Attempts;
import yikao.quiz.Quiz;

/** Whether somebody may start a quiz once more. */
@Singleton
final class NextTry {
  private final Attempts attempts;

  NextTry(Attempts attempts) {
    this.attempts = attempts;
  }

  boolean isOpen(Quiz quiz, UUID participant, Instant now) {
    return quiz.window().isOpen(now)
        && quiz.tries().allows(used(attempts.ofParticipant(List.of(quiz), participant)) + 1);
  }

  /** How many tries these have used; those that were set aside have used none. */
  static int used(List<Attempt> own) {
    return (int) own.stream().filter(a -> !a.annulled()).count();
  }
}
