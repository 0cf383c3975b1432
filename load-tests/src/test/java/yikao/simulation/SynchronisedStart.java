package yikao.simulation;

import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * Everybody opens the paper on the stroke of the hour: {@code -Dyikao.participants} (default 2000)
 * starts within one second.
 */
public class SynchronisedStart extends Simulation {
  /** Sets the start up. */
  public SynchronisedStart() {
    var quiz = Service.quiz();
    var all = scenario("synchronised start").exec(Calls.start(quiz));
    setUp(
            all.injectOpen(
                nothingFor(Duration.ofSeconds(2)),
                rampUsers(Service.number("participants", 2_000)).during(1)))
        .protocols(Service.protocol())
        .assertions(global().failedRequests().count().is(0L));
  }
}
