package yikao.db;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Whether the database can be reached and written, said within a second whatever state it is in:
 * readiness alone depends on it, since no restart brings a database back.
 *
 * <p>One probe runs at a time and is never interrupted (an interrupt could close the file of H2 for
 * everybody); who asks meanwhile waits for the same.
 */
@Singleton
@Readiness
final class DatabaseHealth implements HealthIndicator {
  private static final String NAME = "database";
  private static final long ANSWER_MILLIS = 1_000;

  /** Below it a disk counts as full. */
  private static final long LEAST_BYTES = 1 << 20;

  private final Transactions transactions;
  private final EmbeddedDatabases.Embedded embedded;
  private final Path data;
  private final Executor threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("health").factory());
  private @Nullable CompletableFuture<Boolean> probe;

  DatabaseHealth(
      Transactions transactions,
      EmbeddedDatabases.Embedded embedded,
      @Value("${yikao.data}") String data) {
    this.transactions = transactions;
    this.embedded = embedded;
    this.data = Path.of(data);
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Publishers.fromCompletableFuture(() ->
        probe()
            .copy()
            .completeOnTimeout(false, ANSWER_MILLIS, TimeUnit.MILLISECONDS)
            .exceptionally(_ -> false)
            .thenApply(writable ->
                HealthResult.builder(NAME, writable ? HealthStatus.UP : HealthStatus.DOWN)
                    .build()));
  }

  private synchronized CompletableFuture<Boolean> probe() {
    if (probe == null || probe.isDone()) {
      probe = CompletableFuture.supplyAsync(this::isWritable, threads);
    }
    return probe;
  }

  private boolean isWritable() {
    if (embedded.database().filter(EmbeddedDatabase::isHoldingCalls).isPresent()) {
      return true; // calls wait for a moment, and none fails
    }
    var database = transactions.read();
    if (Dialect.of(database) == Dialect.H2) {
      database.fetchSingle("select 1");
      return !Files.exists(data) || takesFiles();
    }
    // begins a transaction that writes, without a row: a standby refuses it
    database.fetchSingle("select pg_current_xact_id()");
    return true;
  }

  /**
   * H2 opens a file again that took no write, and answers what is read until the next write: that
   * the disk is full or broken is seen from a file of our own.
   */
  private boolean takesFiles() {
    var probe = data.resolve("probe");
    try {
      Files.deleteIfExists(probe);
      OwnerOnly.createFile(probe);
      Files.write(probe, new byte[1]);
      Files.delete(probe);
      return Files.getFileStore(data).getUsableSpace() >= LEAST_BYTES;
    } catch (IOException e) {
      return false;
    }
  }
}
