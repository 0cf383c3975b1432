package yikao.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The figures of a ledger: the one definition that every page, answer and export uses. Each is of a
 * unit (an organisation and all below it, or an organisation by itself), of a quiz or of several,
 * and of a moment. Of several quizzes each person counts once for each quiz whose roster has the
 * person; so figures of parts add up to those of the whole.
 *
 * <p>A person counts where the roster has the person, whoever moved since. What counts of a
 * person's attempts is said by {@link Counted}.
 *
 * @param should how many should take part: those whom the roster has at that moment
 * @param took how many took part: those of them with an attempt that had ended by that moment and
 *     was not set aside by then
 * @param marked how many of these have a result: at least one attempt that waits for no person's
 *     marks
 * @param passed how many of these have passed
 * @param points the sum of the results of those marked, in hundredths of a percent of the maximum
 */
record Figures(int should, int took, int marked, int passed, long points) {
  static final Figures NONE = new Figures(0, 0, 0, 0, 0);

  private static final int HUNDREDTHS = 100;

  /** Decimals of what is shown, half up. */
  private static final int SCALE = 1;

  /** These and others together. */
  Figures plus(Figures other) {
    return new Figures(
        should + other.should,
        took + other.took,
        marked + other.marked,
        passed + other.passed,
        points + other.points);
  }

  /** How many have not taken part yet. */
  int notYet() {
    return should - took;
  }

  /** How many took part and wait for a person's marks. */
  int waiting() {
    return took - marked;
  }

  /** How many have a result and have not passed. */
  int failed() {
    return marked - passed;
  }

  /** Took part, in percent of those who should; absent where nobody should. */
  Optional<BigDecimal> coverage() {
    return percent(took, should);
  }

  /** Passed, in percent of those who took part; absent where nobody did. */
  Optional<BigDecimal> passRate() {
    return percent(passed, took);
  }

  /** The mean result of those who have one, in percent of the maximum; absent where none has. */
  Optional<BigDecimal> average() {
    return mean(marked);
  }

  /**
   * The mean result in percent of the maximum, over all who should take part: who has no result
   * counts as 0. Absent where nobody should.
   */
  Optional<BigDecimal> averageOfAll() {
    return mean(should);
  }

  private static Optional<BigDecimal> percent(int part, int whole) {
    return whole == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(part)
                .movePointRight(2)
                .divide(BigDecimal.valueOf(whole), SCALE, RoundingMode.HALF_UP));
  }

  private Optional<BigDecimal> mean(int of) {
    return of == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(points)
                .divide(BigDecimal.valueOf((long) of * HUNDREDTHS), SCALE, RoundingMode.HALF_UP));
  }
}
