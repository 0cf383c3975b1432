package yikao.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which quizzes figures are of: one, those of a time, or those of both.
 *
 * @param quizId one quiz; absent: all of the time
 * @param withSittings whether those count under it that were made from it for sittings
 * @param bounds when each month of the time begins, and when the last one ends; empty: any time
 */
record Extent(Optional<Long> quizId, boolean withSittings, List<Instant> bounds) {
  Extent {
    bounds = List.copyOf(bounds);
  }
}
