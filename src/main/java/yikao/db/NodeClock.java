package yikao.db;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * The clock that decides. Embedded, it is this machine's; over PostgreSQL it is the database's, so
 * that all nodes agree: the difference to it is measured regularly, correct to half a round trip,
 * and added to this machine's.
 */
@Singleton
public final class NodeClock implements InstantSource {
  private final Clock machine = Clock.systemUTC();
  private final DSLContext database;
  private volatile long offsetMillis;

  NodeClock(DSLContext database) {
    this.database = database;
    measure();
  }

  /** Now, in whole milliseconds, as the database keeps them. */
  @Override
  public Instant instant() {
    return machine.instant().plusMillis(offsetMillis).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Measures the difference to the database's clock. */
  public void measure() {
    if (database.dialect().family() == SQLDialect.POSTGRES) {
      var before = machine.instant();
      var there =
          database
              .fetchSingle(
                  DSL.select(DSL.function("clock_timestamp", org.jooq.impl.SQLDataType.INSTANT)))
              .value1();
      var after = machine.instant();
      var here = before.plusMillis(before.until(after, ChronoUnit.MILLIS) / 2);
      offsetMillis = here.until(there, ChronoUnit.MILLIS);
    }
  }
}
