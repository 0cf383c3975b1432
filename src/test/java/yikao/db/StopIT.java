package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;

/** Where the service stops, what is periodic ends before the database is closed. */
final class StopIT {
  /** Uses the database as often as it can, and counts when that fails. */
  @Singleton
  @Requires(property = "test.stopping")
  static final class Reading implements PeriodicTask {
    final AtomicInteger read = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    private final Transactions transactions;

    Reading(Transactions transactions) {
      this.transactions = transactions;
    }

    @Override
    public String name() {
      return "reading";
    }

    @Override
    public Duration interval() {
      return Duration.ofMillis(1);
    }

    @Override
    public void run(BooleanSupplier mayGoOn) {
      try {
        transactions.read().fetch("select 1");
        read.incrementAndGet();
      } catch (RuntimeException e) {
        failed.incrementAndGet();
        throw e;
      }
    }
  }

  @Test
  void periodicTasks_endBeforeTheDatabaseIsClosed(@TempDir Path folder) {
    Reading reading;
    try (var service =
        TestService.start(
            Map.of("yikao.database.url", TestService.file(folder), "test.stopping", "true"))) {
      reading = service.context().getBean(Reading.class);
      await().until(() -> reading.read.get() > 5);
    }
    assertThat(reading.failed).hasValue(0);
  }
}
