package yikao.ledger;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import yikao.db.Leases;
import yikao.db.PeriodicTask;
import yikao.db.Transactions;

/**
 * Keeps the figures of quizzes in step with rosters and results, some seconds behind at most: what
 * has changed is noted in the transaction that changes it, and worked out here.
 */
@Singleton
final class CountKeeping implements PeriodicTask {
  private static final String NAME = "ledger";
  private static final int AT_ONCE = 5_000;

  private final Transactions transactions;
  private final Leases leases;
  private final Duration interval;

  CountKeeping(
      Transactions transactions, Leases leases, @Value("${yikao.sweep}") Duration interval) {
    this.transactions = transactions;
    this.leases = leases;
    this.interval = interval;
  }

  @Override
  public String name() {
    return NAME;
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
    while (mayGoOn.getAsBoolean() && step()) {
      // until nothing is left
    }
  }

  /** Works out what has changed by now. */
  void catchUp() {
    run(() -> true);
  }

  /** Whether there may be more. */
  private boolean step() {
    if (CountStore.changes(transactions.read(), 1).isEmpty()) {
      return false;
    }
    return leases.exclusively(
        "ledger-counts",
        dsl -> {
          var changes = CountStore.changes(dsl, AT_ONCE);
          if (changes.isEmpty()) {
            return false;
          }
          CountStore.recount(dsl, changes);
          CountStore.delete(dsl, changes);
          return changes.size() == AT_ONCE;
        });
  }
}
