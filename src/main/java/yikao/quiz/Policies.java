package yikao.quiz;

import java.time.Instant;
import java.util.Optional;

/** The policies of a quiz that are not about marking or drawing. */
public final class Policies {
  private Policies() {}

  /**
   * When a quiz is open.
   *
   * @param opens absent: always was
   * @param closes absent: never does
   * @param startsUntil from when on no attempt starts, while those that run go on; absent: as long
   *     as it is open
   */
  public record Window(
      Optional<Instant> opens, Optional<Instant> closes, Optional<Instant> startsUntil) {
    /** One in which attempts may start as long as it is open. */
    public Window(Optional<Instant> opens, Optional<Instant> closes) {
      this(opens, closes, Optional.empty());
    }

    /** Whether an attempt may start. */
    public boolean isOpen(Instant now) {
      return !isBefore(now) && !isAfter(now) && !isTooLate(now);
    }

    /** Whether attempts may no longer start, though it may be open. */
    public boolean isTooLate(Instant now) {
      return startsUntil.filter(u -> !now.isBefore(u)).isPresent();
    }

    /** Whether it has not opened yet. */
    public boolean isBefore(Instant now) {
      return opens.filter(now::isBefore).isPresent();
    }

    /** Whether it has closed. */
    public boolean isAfter(Instant now) {
      return closes.filter(c -> !now.isBefore(c)).isPresent();
    }
  }

  /**
   * How often one may try, and which try counts.
   *
   * @param count absent: as often as one likes
   */
  public record Tries(Optional<Integer> count, Counting counting) {
    /** Whether an attempt of this number, counted from 1, is allowed. */
    public boolean allows(int number) {
      return count.isEmpty() || number <= count.get();
    }

    /** Whether after so many ended tries none can count any more. */
    public boolean isOver(int ended) {
      return counting == Counting.FIRST ? ended > 0 : !allows(ended + 1);
    }
  }

  /** Which of several attempts counts. */
  public enum Counting {
    BEST,
    FIRST,
    LAST,
    AVERAGE
  }

  /** What a participant is shown after the end of the attempt, and when. */
  public record Reveal(What what, When when) {
    /** What is shown where answers are not. */
    What atMostScore() {
      return what.compareTo(What.SCORE) > 0 ? What.SCORE : what;
    }

    /** What is shown, each including what stands before it. */
    public enum What {
      NOTHING,
      SCORE,
      ANSWERS,
      REVIEW
    }

    /** From which moment. The score is shown at once except after the window. */
    public enum When {
      AT_ONCE,
      /** When the participant has no try left that could count, or the window is over. */
      AFTER_LAST_TRY,
      AFTER_WINDOW
    }
  }

  /** What becomes of an attempt that would outlive the window. */
  public enum AtClose {
    /** It ends with the window. */
    CUT,
    /** It may use its whole time. */
    FINISH
  }

  /** Who may enter. */
  public enum EntryPolicy {
    /** Everyone, with name and branch. */
    EVERYONE,
    MEMBERS,
    JOIN_CODE,
    INVITATION
  }
}
