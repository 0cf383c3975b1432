package yikao.db;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The clock that decides. Embedded, it is this machine's; over PostgreSQL it is the database's, so
 * that all nodes agree: the difference to it is measured regularly, correct to half a round trip,
 * and added to this machine's. A measurement that took long, as over a database that was frozen
 * meanwhile, says too little and is dropped.
 */
@Singleton
public class NodeClock implements InstantSource {
  private static final Duration MOST = Duration.ofSeconds(1);

  private final Clock machine = Clock.systemUTC();
  private final DSLContext database;
  private volatile long offsetMillis;

  /** Compares at once; needs the database. */
  protected NodeClock(DSLContext database) {
    this.database = database;
    this.offsetMillis = difference(Duration.ofDays(1), 0);
  }

  /** Now, in whole milliseconds, as the database keeps them. */
  @Override
  public Instant instant() {
    return machine.instant().plusMillis(offsetMillis).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Measures the difference to the database's clock. */
  public final void measure() {
    offsetMillis = difference(MOST, offsetMillis);
  }

  private long difference(Duration most, long otherwise) {
    if (Dialect.of(database) == Dialect.H2) {
      return 0;
    }
    var before = machine.instant();
    var there =
        database
            .fetchSingle(DSL.select(DSL.function("clock_timestamp", SQLDataType.INSTANT)))
            .value1();
    var after = machine.instant();
    if (Duration.between(before, after).compareTo(most) > 0) {
      return otherwise;
    }
    var here = before.plusMillis(before.until(after, ChronoUnit.MILLIS) / 2);
    return here.until(there, ChronoUnit.MILLIS);
  }
}
