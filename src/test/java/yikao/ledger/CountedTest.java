package yikao.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import yikao.ledger.Counted.Try;
import yikao.quiz.Policies.Counting;

/** What several attempts of one person come to. */
final class CountedTest {
  private static final BigDecimal PASS = BigDecimal.valueOf(6_000);

  private static Try marked(int number, int points, boolean passed) {
    return new Try(number, Optional.of(points), passed);
  }

  private static Try waiting(int number) {
    return new Try(number, Optional.empty(), false);
  }

  private static Optional<Counted> of(Counting counting, Try... tries) {
    return Counted.of(List.of(tries), counting, PASS);
  }

  private static Optional<Counted> counted(int points, boolean passed) {
    return Optional.of(new Counted(Optional.of(points), passed));
  }

  @Test
  void nothingEnded_isNotTakenPart() {
    for (var counting : Counting.values()) {
      assertThat(of(counting)).isEmpty();
    }
  }

  @Test
  void whichCounts_isTheQuizzesPolicy() {
    var first = marked(1, 7_000, true);
    var second = marked(2, 9_000, true);
    var third = marked(3, 1_999, false);
    assertThat(of(Counting.BEST, third, first, second)).isEqualTo(counted(9_000, true));
    assertThat(of(Counting.FIRST, third, second, first)).isEqualTo(counted(7_000, true));
    assertThat(of(Counting.LAST, second, third, first)).isEqualTo(counted(1_999, false));
    // 5999.67, half up
    assertThat(of(Counting.AVERAGE, first, second, third)).isEqualTo(counted(6_000, false));
    assertThat(of(Counting.AVERAGE, first, marked(2, 5_000, false)))
        .isEqualTo(counted(6_000, true));
  }

  /**
   * As on leaderboards: what waits is kept out; who has nothing else took part without a result.
   */
  @Test
  void whatWaits_isKeptOutUntilItIsMarked() {
    assertThat(of(Counting.FIRST, waiting(1), marked(2, 3_000, false)))
        .isEqualTo(counted(3_000, false));
    assertThat(of(Counting.LAST, marked(1, 3_000, false), waiting(2)))
        .isEqualTo(counted(3_000, false));
    assertThat(of(Counting.AVERAGE, waiting(1)))
        .isEqualTo(Optional.of(new Counted(Optional.empty(), false)));
  }

  @Test
  void share_isOfWhatCouldBeEarned() {
    assertThat(share("7", "9", 0)).isEqualTo(Optional.of(7_778));
    assertThat(share("-1", "8", 0)).isEqualTo(Optional.of(-1_250));
    assertThat(share("0", "0", 0)).isEqualTo(Optional.of(0));
    assertThat(share("7", "9", 1)).isEmpty();
  }

  private static Optional<Integer> share(String score, String maximum, int pending) {
    return Try.of(1, new BigDecimal(score), new BigDecimal(maximum), pending, true).points();
  }

  @Test
  void figures_haveOneDecimalHalfUp_andNoneOfNobody() {
    var figures = new Figures(8, 3, 2, 1, 15_005);
    assertThat(figures.notYet()).isEqualTo(5);
    assertThat(figures.waiting()).isEqualTo(1);
    assertThat(figures.failed()).isEqualTo(1);
    assertThat(figures.coverage()).contains(new BigDecimal("37.5"));
    assertThat(figures.passRate()).contains(new BigDecimal("33.3"));
    assertThat(figures.average()).contains(new BigDecimal("75.0"));
    assertThat(figures.averageOfAll()).contains(new BigDecimal("18.8"));
    assertThat(Figures.NONE.coverage()).isEmpty();
    assertThat(Figures.NONE.passRate()).isEmpty();
    assertThat(Figures.NONE.average()).isEmpty();
    assertThat(Figures.NONE.averageOfAll()).isEmpty();
  }
}
