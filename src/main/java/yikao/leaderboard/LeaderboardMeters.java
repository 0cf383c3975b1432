package yikao.leaderboard;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** How long answers take, and how much is followed how closely. */
@Singleton
final class LeaderboardMeters {
  private final Map<Kind, Timer> answers = new EnumMap<>(Kind.class);

  /** What is asked for. */
  enum Kind {
    TOP,
    ME,
    BRANCH,
    ORGANISATION
  }

  LeaderboardMeters(MeterRegistry registry, Follower follower) {
    Arrays.stream(Kind.values()).forEach(kind -> answers.put(kind, timer(registry, kind)));
    Gauge.builder("yikao.leaderboard.followed", follower, Follower::followedBoards)
        .description("leaderboards whose index this node keeps")
        .register(registry);
    Gauge.builder("yikao.leaderboard.standings", follower, Follower::followedStandings)
        .description("standings in these indexes")
        .register(registry);
    Gauge.builder("yikao.leaderboard.lag", follower, Follower::lag)
        .description("age of these indexes")
        .baseUnit("seconds")
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, Kind kind) {
    return Timer.builder("yikao.leaderboard.answer")
        .description("time to an answer")
        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofNanos(50_000))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(registry);
  }

  <T> T answer(Kind kind, Supplier<T> work) {
    return Objects.requireNonNull(Objects.requireNonNull(answers.get(kind)).record(work));
  }
}
