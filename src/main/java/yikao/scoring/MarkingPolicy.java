package yikao.scoring;

import java.math.BigDecimal;

/**
 * How responses are marked.
 *
 * @param multiple the rule for {@code multiple} questions
 * @param partialShare what {@link MultipleRule#PARTIAL} gives for a response that leaves out right
 *     choices, as a share of the question's points, 0 to 1
 * @param penalty what a wrong response to a {@code single}, {@code multiple} or {@code judge}
 *     question costs, as a share of the question's points, 0 to 1
 * @param questionFloor the least mark of one question, as a share of its points, -1 to 0
 * @param floor the least score of a paper, in points, at most 0
 */
public record MarkingPolicy(
    MultipleRule multiple,
    BigDecimal partialShare,
    BigDecimal penalty,
    BigDecimal questionFloor,
    BigDecimal floor) {

  /** All or nothing, no penalties. */
  public static final MarkingPolicy PLAIN =
      new MarkingPolicy(
          MultipleRule.ALL_OR_NOTHING,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ONE.negate(),
          BigDecimal.ZERO);

  /** How a {@code multiple} question is marked. */
  public enum MultipleRule {
    /** Full points for exactly the right choices, otherwise wrong. */
    ALL_OR_NOTHING,
    /** 漏选得部分分: a share for some of the right choices and no wrong one; otherwise wrong. */
    PARTIAL,
    /** Every right choice earns its part of the points, every wrong one costs as much. */
    PER_CHOICE
  }
}
