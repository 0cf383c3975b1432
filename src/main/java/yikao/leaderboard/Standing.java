package yikao.leaderboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import yikao.attempt.AttemptResults.Outcome;
import yikao.participant.Participant;
import yikao.quiz.Policies.Counting;
import yikao.scoring.Mark;

/**
 * What a participant has reached on a leaderboard.
 *
 * <p>Which of several tries it comes from: {@code best} the highest score, among equal scores the
 * shorter time, among these the earlier end; {@code first} and {@code last} that try, with its own
 * time and end; {@code average} the mean score and the mean time of all tries, and the end of the
 * last one. Marks that wait for a person keep a try out until it is marked.
 *
 * @param score in points of the whole paper; of a paper of which questions were voided, scaled to
 *     it
 * @param elapsedMillis time used
 * @param reachedAt when it was reached
 */
public record Standing(BigDecimal score, long elapsedMillis, Instant reachedAt) {
  /** Score, then time used, then who was first; equal in all is an equal rank. */
  public static final Comparator<Standing> ORDER =
      Comparator.comparing(Standing::score)
          .reversed()
          .thenComparingLong(Standing::elapsedMillis)
          .thenComparing(Standing::reachedAt);

  /**
   * A standing with the name and branch it was earned with: those of the try that it comes from, of
   * the last one where it is an average.
   */
  record Earned(Participant takenBy, Standing standing) {}

  /** The standing that results give; absent where there are none. */
  static Optional<Earned> of(List<Outcome> results, Counting counting) {
    var all = results.stream().sorted(Comparator.comparingInt(Outcome::number)).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (counting) {
          case BEST ->
              all.stream()
                  .map(Standing::of)
                  .min(Comparator.comparing(Earned::standing, ORDER))
                  .orElseThrow();
          case FIRST -> of(all.getFirst());
          case LAST -> of(all.getLast());
          case AVERAGE -> new Earned(all.getLast().takenBy(), average(all));
        });
  }

  private static Earned of(Outcome outcome) {
    return new Earned(
        outcome.takenBy(),
        new Standing(outcome.score(), outcome.elapsedMillis(), outcome.endedAt()));
  }

  private static Standing average(List<Outcome> all) {
    var sum = all.stream().map(Outcome::score).reduce(BigDecimal.ZERO, BigDecimal::add);
    var millis = all.stream().mapToLong(Outcome::elapsedMillis).sum();
    return new Standing(
        sum.divide(BigDecimal.valueOf(all.size()), Mark.SCALE, RoundingMode.HALF_UP),
        millis / all.size(),
        all.getLast().endedAt());
  }
}
