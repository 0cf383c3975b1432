package yikao.bank;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.Leases;

/**
 * Notices when another node has loaded the bank: one look at the newest revision twice a second, on
 * a thread that is never interrupted. Asking is simpler than being told (LISTEN needs a connection
 * of its own that has to be watched), and costs two queries a second.
 */
@Singleton
final class RevisionWatch implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(RevisionWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Bank bank;
  private final boolean alone;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("bank-watch").unstarted(this::run);

  RevisionWatch(Bank bank, Leases leases) {
    this.bank = bank;
    this.alone = leases.isAlone();
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    if (!alone) {
      thread.start();
    }
  }

  private void run() {
    while (!stopped()) {
      try {
        bank.notice();
      } catch (DataAccessException e) {
        LOG.atDebug().setCause(e).log("the bank's revision could not be read; the next look may");
      } catch (RuntimeException e) {
        LOG.warn("a new revision of the bank could not be taken up; the next look tries again", e);
      }
    }
  }

  private boolean stopped() {
    try {
      return stop.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
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
