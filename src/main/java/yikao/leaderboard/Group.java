package yikao.leaderboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;

/**
 * What a branch or an organisation has reached: the average over those who took part. Equal
 * averages are ordered by the number of participants, more first; equal in both is an equal rank.
 *
 * @param participants how many took part
 * @param total sum of their scores
 */
record Group(String name, int participants, BigDecimal total) {
  static final Comparator<Group> ORDER =
      Comparator.comparing(Group::average).thenComparingInt(Group::participants).reversed();

  /** The average score, with two decimals. */
  BigDecimal average() {
    return total.divide(BigDecimal.valueOf(participants), 2, RoundingMode.HALF_UP);
  }

  Group plus(Group other) {
    return new Group(name, participants + other.participants(), total.add(other.total()));
  }
}
