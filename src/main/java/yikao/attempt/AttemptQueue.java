package yikao.attempt;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import yikao.db.GroupCommit;
import yikao.db.Transactions;
import yikao.web.Problem;

/** Where starts, saves and ends wait for their group. */
@Singleton
final class AttemptQueue {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private final GroupCommit<AttemptCommand<?>> commits;

  AttemptQueue(
      MeterRegistry meters,
      Transactions transactions,
      AttemptWriter writer,
      @Value("${yikao.limits.queue}") int capacity,
      @Value("${yikao.database.writers}") int writers,
      @Value("${yikao.database.group}") int group) {
    // a few groups at a time: the more that wait meanwhile, the larger and so the cheaper the next
    this.commits =
        new GroupCommit<>(
            "attempts",
            transactions,
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
          case DISCONNECTED -> "database-disconnected";
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

  /** Queues a command; answered when the commit that holds it is durable. */
  <R> CompletableFuture<R> submit(AttemptCommand<R> command) {
    commits.submit(command);
    return command.answer();
  }

  /**
   * Queues a command and waits.
   *
   * @throws Problem why it was refused
   */
  <R> R write(AttemptCommand<R> command) {
    return await(submit(command));
  }

  /**
   * Waits for the answer to a command.
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
