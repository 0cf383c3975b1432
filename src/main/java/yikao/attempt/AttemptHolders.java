package yikao.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import yikao.attempt.AttemptStore.Holder;
import yikao.db.Transactions;
import yikao.web.Problem;

/**
 * Who may answer which attempt, asked before a body is looked at: what is wrong with an answer
 * would tell a stranger what is asked. Holders who were here lately are known without the database;
 * the group that stores an answer asks again, by what is stored then.
 */
@Singleton
public final class AttemptHolders {
  private static final int KNOWN = 50_000;

  /** So many ask the database at once; a flood of made-up tokens leaves the rest to the others. */
  private static final int ASKING = 4;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Cache<UUID, Holder> known = Caffeine.newBuilder().maximumSize(KNOWN).build();
  private final Semaphore asking = new Semaphore(ASKING, true);
  private final Transactions transactions;
  private final AttemptStore store;

  AttemptHolders(Transactions transactions, AttemptStore store) {
    this.transactions = transactions;
    this.store = store;
  }

  /** Keeps who holds an attempt now. */
  void keep(Attempt attempt) {
    known.put(attempt.id(), new Holder(attempt.tokenHash(), attempt.participantId()));
  }

  /**
   * Whether a credential is known to be for answering an attempt. Where another node has given out
   * a newer token since, this may still say yes for a short while.
   */
  public boolean isKnown(UUID id, Credential credential) {
    var holder = known.getIfPresent(id);
    return holder != null && credential.mayAnswer() && opens(credential, holder);
  }

  /**
   * Lets those pass who may answer an attempt; asks the database.
   *
   * @throws Problem where there is none, or the credential is not for answering it; {@code
   *     overloaded} where too many ask
   */
  public void require(UUID id, Credential credential) {
    if (!credential.mayAnswer()) {
      throw Problem.of(HttpStatus.FORBIDDEN, "not-yours");
    }
    var holder = stored(id).orElseThrow(() -> Problem.notFound("no-such-attempt"));
    if (!opens(credential, holder)) {
      throw Problem.of(HttpStatus.FORBIDDEN, "not-yours");
    }
    known.put(id, holder);
  }

  /** After a restart everybody is unknown, so that a crowd waits for its turn. */
  private Optional<Holder> stored(UUID id) {
    try {
      if (!asking.tryAcquire(RETRY_AFTER.toSeconds(), TimeUnit.SECONDS)) {
        throw Problem.unavailable("overloaded", RETRY_AFTER);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("overloaded", RETRY_AFTER);
    }
    try {
      return store.holder(transactions.read(), id);
    } finally {
      asking.release();
    }
  }

  private static boolean opens(Credential credential, Holder holder) {
    return credential.opens(holder.tokenHash(), holder.participantId());
  }
}
