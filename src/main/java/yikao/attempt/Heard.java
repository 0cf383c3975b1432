package yikao.attempt;

import static yikao.db.jooq.Tables.HEARD;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.NodeClock;
import yikao.db.PeriodicTask;
import yikao.db.StatementBatch;
import yikao.db.Transactions;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Quiz;

/**
 * When the phones of a session were last heard of. A page that is shown asks how late it is after
 * 35 seconds of silence at the latest. Gathered in memory, and written down every few seconds so
 * that other nodes know.
 */
@Singleton
public final class Heard implements PeriodicTask {
  /** A phone that is silent for longer is out of reach, or its screen is locked. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final Duration KEPT = Duration.ofDays(1);
  private static final Bulk WRITE =
      Bulk.upsert(HEARD, List.of(HEARD.ATTEMPT_ID), List.of(HEARD.ATTEMPT_ID, HEARD.HEARD_AT));

  private final Map<UUID, Instant> fresh = new ConcurrentHashMap<>();
  private final Transactions transactions;
  private final NodeClock clock;
  private Instant cleared = Instant.EPOCH;

  Heard(Transactions transactions, NodeClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  void from(UUID attempt, Quiz quiz) {
    if (quiz.entry() == EntryPolicy.JOIN_CODE) {
      fresh.put(attempt, clock.instant());
    }
  }

  /** Those of attempts that run with a phone which is silent for long. */
  public Set<UUID> silent(Collection<Attempt> attempts) {
    var limit = clock.instant().minus(SILENCE);
    // who has only just begun need not be asked for
    var running =
        attempts.stream()
            .filter(a -> !a.isEnded() && !a.isOnPaper() && a.startedAt().isBefore(limit))
            .map(Attempt::id)
            .filter(id -> fresh.getOrDefault(id, Instant.MIN).isBefore(limit))
            .collect(Collectors.toSet());
    if (!running.isEmpty()) {
      running.removeAll(since(running, limit));
    }
    return running;
  }

  private Set<UUID> since(Set<UUID> attempts, Instant limit) {
    return transactions
        .read()
        .select(HEARD.ATTEMPT_ID)
        .from(HEARD)
        .where(HEARD.ATTEMPT_ID.eq(DSL.any(attempts.toArray(new UUID[0]))))
        .and(HEARD.HEARD_AT.ge(limit))
        .fetchSet(HEARD.ATTEMPT_ID);
  }

  @Override
  public String name() {
    return "heard";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(8);
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    var taken = new HashMap<>(fresh);
    if (taken.isEmpty()) {
      return;
    }
    transactions.write(dsl -> {
      write(dsl, taken);
      return taken;
    });
    // what was heard meanwhile stays for the next time
    taken.forEach(fresh::remove);
  }

  private void write(DSLContext dsl, Map<UUID, Instant> taken) {
    var now = clock.instant();
    if (cleared.plus(KEPT).isBefore(now)) {
      dsl.deleteFrom(HEARD).where(HEARD.HEARD_AT.lt(now.minus(KEPT))).execute();
      cleared = now;
    }
    var changes = new StatementBatch(dsl);
    WRITE.addTo(
        changes,
        taken.entrySet().stream()
            // nodes that write the same rows do so in one order
            .sorted(Map.Entry.comparingByKey())
            .map(e -> new Object[] {e.getKey(), e.getValue()})
            .toList());
    changes.execute();
  }
}
