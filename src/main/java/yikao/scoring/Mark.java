package yikao.scoring;

import java.math.BigDecimal;

/**
 * What a response earned.
 *
 * @param points exact, with {@value #SCALE} decimals; 0 while it is pending
 * @param maximum the most that the question can earn; 0 where it is out of the maximum
 * @param pending waits for a person
 */
public record Mark(BigDecimal points, BigDecimal maximum, boolean pending) {
  /** Decimals of a mark. */
  public static final int SCALE = 3;
}
