package yikao.sitting;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import yikao.db.PeriodicTask;

/** Ends sessions when their time is over, so that their codes are free again. */
@Singleton
final class SittingEnds implements PeriodicTask {
  private static final int MOST = 100;

  private final Sittings sittings;
  private final Duration interval;

  SittingEnds(Sittings sittings, @Value("${yikao.sweep}") Duration interval) {
    this.sittings = sittings;
    this.interval = interval;
  }

  @Override
  public String name() {
    return "sittings";
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public boolean isForOneNode() {
    return true;
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    while (mayGoOn.getAsBoolean() && sittings.endOverdue(MOST) == MOST) {
      // the next ones
    }
  }
}
