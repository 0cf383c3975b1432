package yikao.db;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;

/** The clock of tests: runs as the real one, and can be put forward. */
@Singleton
@Replaces(NodeClock.class)
@Requires(property = "test.clock", value = "true")
public final class TestClock extends NodeClock {
  private volatile Duration ahead = Duration.ZERO;

  TestClock(DSLContext database) {
    super(database);
  }

  @Override
  public Instant instant() {
    return super.instant().plus(ahead == null ? Duration.ZERO : ahead);
  }

  public void forward(Duration by) {
    ahead = ahead.plus(by);
  }
}
