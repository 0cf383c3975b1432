package yikao.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Quiz;

/**
 * What the ended attempts of one person at one quiz come to, by the quiz's policy: the best, the
 * first or the last, or the mean of all. As on leaderboards, an attempt that waits for a person's
 * marks is kept out until it is marked, and one that was set aside counts for nothing. Who has only
 * such that wait took part and has no result yet.
 *
 * @param points hundredths of a percent of the maximum, half up; absent without a result
 * @param passed whether the result passes: of a mean, whether it reaches the share of the pass mark
 */
record Counted(Optional<Integer> points, boolean passed) {
  private static final Counted WAITING = new Counted(Optional.empty(), false);

  /** Hundredths of a percent in the whole. */
  private static final BigDecimal WHOLE = BigDecimal.valueOf(10_000);

  /**
   * An ended attempt that was not set aside.
   *
   * @param number counted from 1
   * @param points hundredths of a percent of the maximum; absent while marks are pending
   */
  record Try(int number, Optional<Integer> points, boolean passed) {
    /**
     * The same of a score.
     *
     * @param maximum what the paper could earn; 0 where nothing of it counts any more
     */
    static Try of(int number, BigDecimal score, BigDecimal maximum, int pending, boolean passed) {
      return pending > 0
          ? new Try(number, Optional.empty(), false)
          : new Try(number, Optional.of(share(score, maximum)), passed);
    }

    private int earned() {
      return points.orElseThrow();
    }
  }

  private static int share(BigDecimal score, BigDecimal maximum) {
    return maximum.signum() == 0
        ? 0
        : score.multiply(WHOLE).divide(maximum, 0, RoundingMode.HALF_UP).intValueExact();
  }

  /** What they come to; absent where there are none: the person has not taken part. */
  static Optional<Counted> of(Collection<Try> tries, Quiz quiz) {
    var passShare =
        quiz.grading()
            .passMark()
            .multiply(WHOLE)
            .divide(quiz.blueprint().points(), 3, RoundingMode.HALF_UP);
    return of(tries, quiz.tries().counting(), passShare);
  }

  /**
   * The same by a policy.
   *
   * @param passShare from which mean on one has passed, in hundredths of a percent
   */
  static Optional<Counted> of(Collection<Try> tries, Counting counting, BigDecimal passShare) {
    if (tries.isEmpty()) {
      return Optional.empty();
    }
    var marked =
        tries.stream()
            .filter(t -> t.points().isPresent())
            .sorted(Comparator.comparingInt(Try::number))
            .toList();
    if (marked.isEmpty()) {
      return Optional.of(WAITING);
    }
    return Optional.of(
        switch (counting) {
          case BEST ->
              of(
                  marked.stream()
                      .max(Comparator.comparingInt(Try::earned).thenComparing(Try::passed))
                      .orElseThrow());
          case FIRST -> of(marked.getFirst());
          case LAST -> of(marked.getLast());
          case AVERAGE -> mean(marked, passShare);
        });
  }

  private static Counted of(Try one) {
    return new Counted(one.points(), one.passed());
  }

  private static Counted mean(Collection<Try> marked, BigDecimal passShare) {
    var sum = BigDecimal.valueOf(marked.stream().mapToLong(Try::earned).sum());
    var count = BigDecimal.valueOf(marked.size());
    return new Counted(
        Optional.of(sum.divide(count, 0, RoundingMode.HALF_UP).intValueExact()),
        sum.compareTo(passShare.multiply(count)) >= 0);
  }
}
