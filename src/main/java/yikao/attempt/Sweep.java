package yikao.attempt;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.Lease;
import yikao.db.Leases;
import yikao.db.NodeClock;
import yikao.db.SqlFailure;

/**
 * What has to be done regularly: overdue attempts end (also those that fell due while no process
 * ran), amendments reach the attempts that they have not reached yet, usage is written down, the
 * clock is compared. One thread over an index, not a job for each attempt; it is never interrupted.
 * With several nodes one of them ends and marks, the one that has the lease.
 */
@Singleton
final class Sweep implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final int MOST = 500;
  private static final int ROUNDS = 100;

  private final Attempts attempts;
  private final Amendments amendments;
  private final Usages usages;
  private final NodeClock clock;
  private final Lease lease;
  private final Duration interval;
  private boolean away;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("sweep").unstarted(this::run);

  Sweep(
      Attempts attempts,
      Amendments amendments,
      Usages usages,
      NodeClock clock,
      Leases leases,
      @Value("${yikao.sweep}") Duration interval) {
    this.attempts = attempts;
    this.amendments = amendments;
    this.usages = usages;
    this.clock = clock;
    this.lease = leases.lease("sweep");
    this.interval = interval;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    thread.start();
  }

  private void run() {
    var stopped = false;
    while (!stopped) {
      if (step(clock::measure)
          && step(this::expire)
          && step(this::catchUp)
          && step(() -> usages.snapshot(clock.instant()))) {
        present();
      }
      stopped = stopped();
    }
    step(lease::release);
  }

  /**
   * One step that fails does not keep the others from their turn.
   *
   * @return whether the database is there
   */
  private boolean step(Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException e) {
      if (SqlFailure.of(e) == SqlFailure.DISCONNECTED) {
        absent(e);
        return false;
      }
      LOG.warn("a part of a sweep failed; the next one tries again", e);
      return true;
    }
  }

  /** Said once for each outage. */
  private void absent(RuntimeException reason) {
    if (!away) {
      LOG.error("the database is away: {}", reason.getMessage());
      away = true;
    }
  }

  private void present() {
    if (away) {
      LOG.info("the database is back");
      away = false;
    }
  }

  private void expire() {
    for (var rounds = 0; rounds < ROUNDS && mayGoOn(); rounds++) {
      if (attempts.expire(MOST) < MOST) {
        return;
      }
    }
  }

  private void catchUp() {
    if (mayGoOn()) {
      amendments.catchUp();
    }
  }

  private boolean mayGoOn() {
    return stop.getCount() > 0 && lease.isHeld();
  }

  private boolean stopped() {
    try {
      return stop.await(interval.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return stop.getCount() == 0;
    }
  }

  @PreDestroy
  void close() {
    stop.countDown();
    if (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
