package yikao.attempt;

import java.time.Duration;
import java.time.Instant;

/** Why something cannot happen to an attempt. How callers are told is not the rules' affair. */
sealed interface Refusal {
  /** The quiz opens later. */
  record NotOpen(Instant opens) implements Refusal {}

  /** The quiz has closed. */
  record Closed(Instant closed) implements Refusal {}

  /** All tries are used. */
  record NoTriesLeft(int tries) implements Refusal {}

  /** It has ended. */
  record Ended() implements Refusal {}

  /** Deadline and grace are over. */
  record TooLate() implements Refusal {}

  /** It cannot be handed in for so long. */
  record TooEarly(Duration left) implements Refusal {}

  /** Carries a refusal out of the rules. */
  final class RefusedException extends RuntimeException {
    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
      super(refusal.toString(), null, false, false);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }
}
