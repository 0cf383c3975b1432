package yikao.leaderboard;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import yikao.org.Organisation;

/**
 * What a branch or an organisation has reached: the average over those who took part. Equal
 * averages are ordered by the number of participants, more first; equal in both is an equal rank.
 *
 * @param participants how many took part
 * @param thousandths sum of their scores, in thousandths of a point
 */
public record Group(Members members, int participants, long thousandths) {
  static final Comparator<Group> ORDER =
      Comparator.comparingLong(Group::hundredths).thenComparingInt(Group::participants).reversed();

  private static final int SCALE = 3;
  private static final int AVERAGE_SCALE = 2;

  /** Whom a group is made of. */
  public sealed interface Members {
    /** What they are called; empty where that is for the reader's language to say. */
    String name();

    /**
     * Those of an organisation and of all below it.
     *
     * @param name tells it apart from the others shown
     */
    record Whole(Organisation all, String name) implements Members {}

    /** Those of an organisation itself, and of none below it. */
    record Itself(Organisation alone) implements Members {
      @Override
      public String name() {
        return "";
      }
    }

    /** Those who have written the same branch. */
    record Written(String name) implements Members {}

    /** Those whose branch is in no list, together: no unit, and without a rank. */
    record Unlisted() implements Members {
      @Override
      public String name() {
        return "";
      }
    }

    /** Whether they are a unit, that is ranked among others. */
    default boolean isUnit() {
      return !(this instanceof Unlisted);
    }

    /** The organisation that they are about, where it is one. */
    default Optional<Organisation> organisation() {
      return switch (this) {
        case Whole(var about, _) -> Optional.of(about);
        case Itself(var about) -> Optional.of(about);
        case Written _, Unlisted _ -> Optional.empty();
      };
    }
  }

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
    return new Group(
        members, participants + other.participants(), thousandths + other.thousandths());
  }

  Group of(Members others) {
    return new Group(others, participants, thousandths);
  }
}
