package yikao.taking;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptState;
import yikao.attempt.ReviewView;

/**
 * The answer to a submission.
 *
 * @param state {@code expired} where the deadline came first
 * @param score absent where it is hidden, or not yet marked
 */
@Serdeable
@Schema(
    name = "Receipt",
    examples =
        """
        {"receipt":"3858504626","state":"submitted","submittedAt":"2026-11-22T09:30:35.516Z","elapsedMillis":1320964,"score":92,"maxScore":100,"passed":true}\
        """)
record ReceiptView(
    String receipt,
    AttemptState state,
    Instant submittedAt,
    long elapsedMillis,
    @Nullable BigDecimal score,
    BigDecimal maxScore,
    @Nullable Boolean passed) {

  static ReceiptView of(ReviewView review) {
    var marked = review.pending() != null && review.pending() == 0;
    return new ReceiptView(
        review.receipt(),
        review.state(),
        review.endedAt(),
        review.elapsedMillis(),
        marked ? review.score() : null,
        review.maxScore(),
        marked ? review.passed() : null);
  }
}
