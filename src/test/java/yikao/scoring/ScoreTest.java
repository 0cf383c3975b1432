package yikao.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final BigDecimal SIXTY = new BigDecimal(60);

  private static Mark mark(String points, String maximum) {
    return new Mark(new BigDecimal(points), new BigDecimal(maximum), false);
  }

  private static Score score(String points, String maximum, int pending) {
    return new Score(new BigDecimal(points), new BigDecimal(maximum), pending);
  }

  @Test
  void of_decimals_addUpExactly() {
    var score = Score.of(List.of(mark("0.1", "1"), mark("0.2", "1")), BigDecimal.ZERO);
    assertThat(score.points()).isEqualByComparingTo("0.3");
    assertThat(score.maximum()).isEqualByComparingTo("2");
  }

  @Test
  void of_belowTheFloor_theFloor() {
    var marks = List.of(mark("-2", "2"), mark("-2", "2"), mark("1", "2"));
    assertThat(Score.of(marks, BigDecimal.ZERO).points()).isEqualByComparingTo("0");
    assertThat(Score.of(marks, new BigDecimal("-2.5")).points()).isEqualByComparingTo("-2.5");
    assertThat(Score.of(marks, new BigDecimal("-100")).points()).isEqualByComparingTo("-3");
  }

  @Test
  void of_floorAboveZero_neverLiftsAScore() {
    var score = Score.of(List.of(mark("0", "2")), BigDecimal.ONE);
    assertThat(score.points()).isEqualByComparingTo("0");
  }

  @Test
  void passes_atThePassMark_yes_justBelow_no() {
    assertThat(score("60", "100", 0).passes(SIXTY, HUNDRED)).contains(true);
    assertThat(score("59.999", "100", 0).passes(SIXTY, HUNDRED)).contains(false);
    assertThat(score("0", "100", 0).passes(BigDecimal.ZERO, HUNDRED)).contains(true);
  }

  @Test
  void passes_questionsOutOfTheMaximum_keepsTheProportion() {
    assertThat(score("48", "80", 0).passes(SIXTY, HUNDRED)).contains(true);
    assertThat(score("47.999", "80", 0).passes(SIXTY, HUNDRED)).contains(false);
    assertThat(score("2", "3", 0).passes(new BigDecimal("66.67"), HUNDRED)).contains(false);
    assertThat(score("2", "3", 0).passes(new BigDecimal("66.66"), HUNDRED)).contains(true);
  }

  @Test
  void passes_pending_knownOnlyWhereItPassesAlready() {
    assertThat(score("60", "100", 1).passes(SIXTY, HUNDRED)).contains(true);
    assertThat(score("59", "100", 1).passes(SIXTY, HUNDRED)).isEmpty();
  }
}
