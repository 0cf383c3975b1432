package yikao.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * The sum of the marks of one attempt.
 *
 * @param points at most the maximum, at least the policy's floor
 * @param maximum what the paper could earn
 * @param pending how many marks wait for a person
 */
public record Score(BigDecimal points, BigDecimal maximum, int pending) {

  /** Adds up marks, not below the floor. */
  public static Score of(List<Mark> marks, BigDecimal floor) {
    var points = marks.stream().map(Mark::points).reduce(BigDecimal.ZERO, BigDecimal::add);
    var maximum = marks.stream().map(Mark::maximum).reduce(BigDecimal.ZERO, BigDecimal::add);
    var pending = (int) marks.stream().filter(Mark::pending).count();
    return new Score(points.max(floor.min(BigDecimal.ZERO)), maximum, pending);
  }

  /**
   * The points as they would be of the whole paper: in proportion, where questions were taken out
   * of the maximum, so that such papers compare with others. With {@value Mark#SCALE} decimals,
   * half up; 0 where nothing could be earned.
   *
   * @param whole the points of the whole paper
   */
  public BigDecimal scaled(BigDecimal whole) {
    if (maximum.signum() == 0) {
      return BigDecimal.ZERO.setScale(Mark.SCALE);
    }
    return maximum.compareTo(whole) == 0
        ? points
        : points.multiply(whole).divide(maximum, Mark.SCALE, RoundingMode.HALF_UP);
  }

  /**
   * Whether the score passes; unknown while marks are pending that could still decide it. Where
   * questions were taken out of the maximum, the pass mark keeps its proportion.
   *
   * @param passMark in points of the whole paper
   * @param whole the points of the whole paper
   */
  public Optional<Boolean> passes(BigDecimal passMark, BigDecimal whole) {
    var passed = points.multiply(whole).compareTo(passMark.multiply(maximum)) >= 0;
    return pending > 0 && !passed ? Optional.empty() : Optional.of(passed);
  }
}
