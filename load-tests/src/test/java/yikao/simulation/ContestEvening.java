package yikao.simulation;

import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * An evening of a contest: people arrive, more and more of them, think, save each answer, hand in
 * and look at the leaderboard a few times. {@code -Dyikao.peak} arrivals a second (default 10) at
 * the end of {@code -Dyikao.seconds} (default 120).
 */
public class ContestEvening extends Simulation {
  /** Sets the evening up. */
  public ContestEvening() {
    var quiz = Service.quiz();
    var evening =
        scenario("contest evening")
            .exec(Calls.start(quiz))
            .exec(Calls.answerEach(Duration.ofSeconds(1), Duration.ofSeconds(5)))
            .exec(Calls.submit())
            .pause(Duration.ofSeconds(1), Duration.ofSeconds(3))
            .repeat(3)
            .on(Calls.lookAtLeaderboard(quiz).pause(Duration.ofSeconds(2)));
    setUp(
            evening.injectOpen(
                rampUsersPerSec(0.1)
                    .to(Service.number("peak", 10))
                    .during(Service.number("seconds", 120))
                    .randomized()))
        .protocols(Service.protocol())
        .assertions(global().failedRequests().count().is(0L));
  }
}
