package yikao.attempt;

import io.micronaut.http.HttpStatus;
import yikao.web.Problem;

/** What callers are told of refusals. */
final class Refusals {
  private Refusals() {}

  static Problem problem(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NotOpen(var opens) -> Problem.conflict("quiz-not-open", opens.toString());
      case Refusal.Closed(var closed) -> Problem.conflict("quiz-closed", closed.toString());
      case Refusal.NoTriesLeft(var tries) -> Problem.conflict("no-tries-left", tries);
      case Refusal.Ended() -> Problem.conflict("attempt-ended");
      case Refusal.TooLate() -> Problem.conflict("too-late");
      case Refusal.TooEarly(var left) ->
          // in whole seconds, none of which is too few
          Problem.retryLater(HttpStatus.CONFLICT, "too-early", left.plusMillis(999));
    };
  }

  /**
   * Lets those pass who may see an attempt.
   *
   * @throws Problem {@code not-yours}
   */
  static void requireOpen(Credential credential, Attempt attempt) {
    if (!credential.opens(attempt.tokenHash(), attempt.participantId())) {
      throw Problem.of(HttpStatus.FORBIDDEN, "not-yours");
    }
  }
}
