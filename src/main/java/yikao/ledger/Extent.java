package yikao.ledger;

import java.time.Instant;
import java.util.List;

/** Which quizzes figures are of. */
sealed interface Extent {
  /**
   * One quiz.
   *
   * @param withSittings whether those count under it that were made from it for sittings
   */
  record One(long quizId, boolean withSittings) implements Extent {}

  /**
   * All that opened in a time.
   *
   * @param bounds when each of its months begins, and when the last one ends
   */
  record During(List<Instant> bounds) implements Extent {
    public During {
      bounds = List.copyOf(bounds);
    }

    Instant from() {
      return bounds.getFirst();
    }

    Instant until() {
      return bounds.getLast();
    }
  }
}
