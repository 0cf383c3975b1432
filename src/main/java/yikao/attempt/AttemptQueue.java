package yikao.attempt;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import yikao.db.Durability;
import yikao.db.GroupCommit;
import yikao.db.Transactions;
import yikao.web.Problem;

/** Where starts, saves and ends wait for their group. */
@Singleton
final class AttemptQueue {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private final GroupCommit<AttemptEntry<?>> commits;

  AttemptQueue(
      Durability durability,
      MeterRegistry meters,
      Transactions transactions,
      AttemptWriter writer,
      @Value("${yikao.limits.queue}") int capacity,
      @Value("${yikao.database.writers}") int writers,
      @Value("${yikao.database.group}") int group) {
    // a few groups at a time: the more that wait meanwhile, the larger and so the cheaper the next
    var dsl = transactions.read();
    this.commits =
        new GroupCommit<>(
            "attempts",
            durability,
            dsl.configuration(),
            meters,
            new GroupCommit.Limits(capacity, writers, group),
            AttemptQueue::problem,
            writer);
  }

  private static Problem problem(GroupCommit.Refusal refusal) {
    var code =
        switch (refusal) {
          case OVERLOADED, BUSY -> "overloaded";
          case STOPPING -> "stopping";
          case DATABASE_AWAY -> "database-away";
          case UNKNOWN_OUTCOME -> "unknown-outcome";
        };
    return Problem.unavailable(code, RETRY_AFTER);
  }

  /**
   * Asks for room.
   *
   * @throws Problem where there is none; come again
   */
  void requireRoom() {
    commits.requireRoom();
  }

  /** Queues an entry; answered after the commit that holds it. */
  <R> CompletableFuture<R> submit(AttemptEntry<R> entry) {
    commits.submit(entry);
    return entry.answer();
  }

  /**
   * Queues an entry and waits.
   *
   * @throws Problem why it was refused
   */
  <R> R write(AttemptEntry<R> entry) {
    return await(submit(entry));
  }

  /**
   * Waits for the answer to an entry.
   *
   * @throws Problem why it was refused
   */
  static <R> R await(CompletableFuture<R> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @PreDestroy
  void close() {
    commits.close();
  }
}
