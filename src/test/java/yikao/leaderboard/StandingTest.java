package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import yikao.attempt.AttemptResults.Outcome;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.quiz.Policies.Counting;

class StandingTest {
  private static final Instant NINE = Instant.parse("2026-07-01T01:00:00Z");

  private static Outcome outcome(int number, String score, long millis, int minute) {
    var takenBy = new Participant(new UUID(3, 4), "甲" + number, new Branch.Named("一"));
    return new Outcome(
        number, takenBy, new BigDecimal(score), millis, NINE.plusSeconds(60L * minute));
  }

  private static Standing standing(String score, long millis, int minute) {
    return new Standing(new BigDecimal(score), millis, NINE.plusSeconds(60L * minute));
  }

  private static Optional<Standing> earned(List<Outcome> results, Counting counting) {
    return Standing.of(results, counting).map(Standing.Earned::standing);
  }

  @ParameterizedTest
  @EnumSource(Counting.class)
  void of_noResults_absent(Counting counting) {
    assertThat(earned(List.of(), counting)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Counting.class)
  void of_oneResult_thatResult(Counting counting) {
    var standing = earned(List.of(outcome(1, "80.000", 500, 3)), counting);
    assertThat(standing).contains(standing("80.000", 500, 3));
  }

  @Test
  void best_highestScore_withItsOwnTimeAndEnd() {
    var results =
        List.of(outcome(1, "80", 100, 1), outcome(2, "90", 900, 2), outcome(3, "85", 50, 3));
    assertThat(earned(results, Counting.BEST)).contains(standing("90", 900, 2));
  }

  @Test
  void best_equalScores_theShorterTime_thenTheEarlierEnd() {
    assertThat(earned(List.of(outcome(1, "90", 900, 1), outcome(2, "90.0", 800, 2)), Counting.BEST))
        .contains(standing("90.0", 800, 2));
    assertThat(earned(List.of(outcome(1, "90", 800, 5), outcome(2, "90", 800, 9)), Counting.BEST))
        .contains(standing("90", 800, 5));
  }

  @Test
  void firstAndLast_byNumber_whateverTheOrderGiven() {
    var results =
        List.of(outcome(2, "90", 900, 2), outcome(3, "70", 50, 3), outcome(1, "80", 100, 1));
    assertThat(earned(results, Counting.FIRST)).contains(standing("80", 100, 1));
    assertThat(earned(results, Counting.LAST)).contains(standing("70", 50, 3));
  }

  @Test
  void average_meanScoreAndTime_endOfTheLast() {
    var results =
        List.of(outcome(3, "70", 51, 3), outcome(1, "80", 100, 9), outcome(2, "90", 900, 2));
    assertThat(earned(results, Counting.AVERAGE)).contains(standing("80.000", 350, 3));
  }

  @Test
  void average_thirds_roundedToThreeDecimals() {
    var results = List.of(outcome(1, "1", 1, 1), outcome(2, "1", 1, 2), outcome(3, "0", 1, 3));
    assertThat(earned(results, Counting.AVERAGE)).contains(standing("0.667", 1, 3));
  }

  @Test
  void order_scoreThenTimeThenEnd() {
    var standings =
        new ArrayList<>(
            List.of(
                standing("80", 100, 1),
                standing("90", 200, 1),
                standing("90", 100, 2),
                standing("90", 100, 1),
                standing("100", 999, 9)));
    standings.sort(Standing.ORDER);
    assertThat(standings)
        .containsExactly(
            standing("100", 999, 9),
            standing("90", 100, 1),
            standing("90", 100, 2),
            standing("90", 200, 1),
            standing("80", 100, 1));
  }

  @Test
  void order_equalScoresOfOtherScale_equal() {
    assertThat(Standing.ORDER.compare(standing("90", 1, 1), standing("90.000", 1, 1))).isZero();
  }

  @Test
  void order_randomStandings_isATotalPreorder() {
    var random = new SplittableRandom(14);
    for (var n = 0; n < 20_000; n++) {
      var a = random(random);
      var b = random(random);
      var c = random(random);
      var ab = Standing.ORDER.compare(a, b);
      assertThat(Integer.signum(Standing.ORDER.compare(b, a))).isEqualTo(-Integer.signum(ab));
      if (ab <= 0 && Standing.ORDER.compare(b, c) <= 0) {
        assertThat(Standing.ORDER.compare(a, c)).isNotPositive();
      }
      if (ab == 0) {
        assertThat(a.score()).isEqualByComparingTo(b.score());
        assertThat(a.elapsedMillis()).isEqualTo(b.elapsedMillis());
        assertThat(a.reachedAt()).isEqualTo(b.reachedAt());
      }
    }
  }

  private static Standing random(SplittableRandom random) {
    return new Standing(
        BigDecimal.valueOf(random.nextInt(3), random.nextInt(2)),
        random.nextInt(2),
        NINE.plusSeconds(random.nextInt(2)));
  }
}
