package yikao.attempt;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import yikao.db.PeriodicTask;

/**
 * Ends overdue attempts, also those that fell due while no process ran: one thread over an index,
 * not a job for each attempt.
 */
@Singleton
final class ExpirySweep implements PeriodicTask {
  private static final int MOST = 500;
  private static final int ROUNDS = 100;

  private final Attempts attempts;
  private final Duration interval;

  ExpirySweep(Attempts attempts, @Value("${yikao.sweep}") Duration interval) {
    this.attempts = attempts;
    this.interval = interval;
  }

  @Override
  public String name() {
    return "sweep";
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
    for (var rounds = 0; rounds < ROUNDS && mayGoOn.getAsBoolean(); rounds++) {
      if (attempts.expire(MOST) < MOST) {
        return;
      }
    }
  }
}
