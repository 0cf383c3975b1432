package yikao.scoring;

import java.math.BigDecimal;
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
