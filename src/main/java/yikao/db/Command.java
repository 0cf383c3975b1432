package yikao.db;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Something to be written by a {@link GroupCommit}, and the answer that its caller waits for.
 *
 * @param <R> the answer
 */
public abstract class Command<R> {
  private final CompletableFuture<R> answer = new CompletableFuture<>();
  private final long queuedAt = System.nanoTime();
  private @Nullable R result;
  private @Nullable RuntimeException rejection;

  /** A command that is not queued yet. */
  protected Command() {}

  /**
   * The answer, once it is durable.
   *
   * @throws IllegalStateException inside a transaction: its group could wait for that transaction
   */
  public final CompletableFuture<R> answer() {
    if (InTransaction.is()) {
      throw new IllegalStateException("waiting for a group inside a transaction");
    }
    return answer;
  }

  /** Commands of the same key are decided in the order in which they were queued. */
  protected Object key() {
    return this;
  }

  /** What to answer when the group is durable. */
  protected final void succeed(@Nullable R value) {
    result = value;
    rejection = null;
  }

  /** Why this command changes nothing; its caller is told when the group is through. */
  protected final void reject(RuntimeException reason) {
    result = null;
    rejection = reason;
  }

  final void complete() {
    if (rejection != null) {
      answer.completeExceptionally(rejection);
    } else {
      answer.complete(result);
    }
  }

  final void fail(RuntimeException reason) {
    answer.completeExceptionally(reason);
  }

  /** In nanoseconds, since it was made. */
  final long age() {
    return System.nanoTime() - queuedAt;
  }
}
