package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.db.Postgres;

/** Large leaderboards over PostgreSQL, read while results arrive. */
final class MillionIT {
  private static final long MICROS = 5_000;

  private static LeaderboardLoad.Figures run(int standings, Duration time) throws Exception {
    try (var service = TestService.start(Postgres.database())) {
      return new LeaderboardLoad(service, standings).run(time);
    }
  }

  /** A machine that builds is busy: the bars of time are those of the full test. */
  @Tag("full")
  @Test
  @SuppressWarnings("SystemOut")
  void fiftyThousand_areFollowedAndSmall() throws Exception {
    var figures = run(50_000, Duration.ofSeconds(5));
    System.out.println(LeaderboardLoad.table(figures));
    assertThat(figures.bytesEach()).isLessThan(150);
    assertThat(figures.shown()).isGreaterThan(50_000 + figures.stored());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Test
  @Tag("full")
  @SuppressWarnings("SystemOut")
  void million_answersAsFastAsTenThousand() throws Exception {
    var small = run(10_000, Duration.ofSeconds(30));
    var large = run(1_000_000, Duration.ofSeconds(60));
    System.out.println(LeaderboardLoad.table(small, large));
    // or as long as a hundred times ten thousand take, where this machine is busy with other things
    assertThat(large.load())
        .isLessThan(longer(Duration.ofSeconds(5), small.load().multipliedBy(100)));
    assertThat(large.bytesEach()).isLessThan(100);
    for (var read : LeaderboardLoad.Read.values()) {
      // 10,000 in the same run tell what this machine can do while results are stored beside
      var same = Math.max(MICROS, 2 * small.micros(read, 99));
      assertThat(large.micros(read, 99)).as(read.name()).isLessThan(same);
    }
    assertThat(large.age(99)).isLessThan(1_000);
  }
}
