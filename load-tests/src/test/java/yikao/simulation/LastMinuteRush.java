package yikao.simulation;

import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * Everybody hands in within the last second: {@code -Dyikao.participants} (default 2000) start over
 * half a minute, wait for each other, and hand in.
 */
public class LastMinuteRush extends Simulation {
  private static final Duration ARRIVAL = Duration.ofSeconds(30);

  /** Sets the rush up. */
  public LastMinuteRush() {
    var quiz = Service.quiz();
    var participants = Service.number("participants", 2_000);
    var all =
        scenario("last-minute rush")
            .exec(Calls.start(quiz))
            .rendezVous(participants)
            .pause(Duration.ZERO, Duration.ofSeconds(1))
            .exec(Calls.submit());
    setUp(all.injectOpen(rampUsers(participants).during(ARRIVAL)))
        .maxDuration(Duration.ofMinutes(3))
        .protocols(Service.protocol())
        .assertions(global().failedRequests().count().is(0L));
  }
}
