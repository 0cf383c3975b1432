package yikao.org;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import yikao.db.NodeClock;
import yikao.web.Problem;

/** The day from which something holds, in the service's time zone. */
@Singleton
final class Today {
  /** What is older has been so since nobody knows when. */
  static final LocalDate EVER = LocalDate.of(1900, 1, 1);

  private final InstantSource clock;
  private final ZoneId zone;

  @Inject
  Today(NodeClock clock, @Value("${yikao.time-zone}") String zone) {
    this(clock, ZoneId.of(zone));
  }

  Today(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** Now, when something is recorded. */
  Instant now() {
    return clock.instant();
  }

  /** The day it is. */
  LocalDate date() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /**
   * The day that a request names, today where it names none.
   *
   * @throws Problem where it lies ahead, or before anything is known
   */
  LocalDate orGiven(Optional<LocalDate> given) {
    var today = date();
    var date = given.orElse(today);
    if (date.isAfter(today) || date.isBefore(EVER)) {
      throw Problem.invalid("date", "date.range", EVER.toString(), today.toString());
    }
    return date;
  }
}
