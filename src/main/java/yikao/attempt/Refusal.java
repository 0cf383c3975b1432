package yikao.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Why something cannot happen to an attempt. How callers are told is not the rules' affair. */
sealed interface Refusal {
  /** The quiz opens later. */
  record NotOpen(Instant opens) implements Refusal {}

  /** The quiz has closed. */
  record Closed(Instant closed) implements Refusal {}

  /** Nobody starts it any more, though it may be open for those who have started. */
  record NoNewStarts(Instant since) implements Refusal {}

  /** All tries are used. */
  record NoTriesLeft(int tries) implements Refusal {}

  /** Begun with another phone, and not proven to be the same person's. */
  record OtherDevice() implements Refusal {}

  /** It is being answered on paper. */
  record OnPaper() implements Refusal {}

  /** It is being answered with a phone. */
  record OnPhone() implements Refusal {}

  /** No paper of it is out. */
  record NotOnPaper() implements Refusal {}

  /** It has ended. */
  record Ended() implements Refusal {}

  /** Other responses than these, as new or newer, are stored; by question number. */
  record Stale(Map<Integer, Responses.Given> stored) implements Refusal {
    public Stale {
      stored = Map.copyOf(stored);
    }
  }

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
