package yikao.leaderboard;

import java.math.BigDecimal;
import java.util.Comparator;

/**
 * What a branch or an organisation has reached: the average over those who took part. Equal
 * averages are ordered by the number of participants, more first; equal in both is an equal rank.
 *
 * @param participants how many took part
 * @param thousandths sum of their scores, in thousandths of a point
 */
public record Group(String name, int participants, long thousandths) {
  static final Comparator<Group> ORDER =
      Comparator.comparingLong(Group::hundredths).thenComparingInt(Group::participants).reversed();

  private static final int SCALE = 3;
  private static final int AVERAGE_SCALE = 2;

  /** The average score, with two decimals. */
  public BigDecimal average() {
    return BigDecimal.valueOf(hundredths(), AVERAGE_SCALE);
  }

  /** Rounded half up, away from zero; in whole numbers, since sorting asks for it often. */
  private long hundredths() {
    var divisor = 10L * participants;
    return Long.signum(thousandths) * ((2 * Math.abs(thousandths) + divisor) / (2 * divisor));
  }

  /** Sum of their scores. */
  public BigDecimal total() {
    return BigDecimal.valueOf(thousandths, SCALE);
  }

  Group plus(Group other) {
    return new Group(name, participants + other.participants(), thousandths + other.thousandths());
  }
}
