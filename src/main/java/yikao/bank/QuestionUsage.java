package yikao.bank;

import static yikao.db.jooq.Tables.USAGE_SNAPSHOT;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import yikao.db.Leases;
import yikao.db.NodeClock;
import yikao.db.PeriodicTask;
import yikao.db.Transactions;
import yikao.question.Question;
import yikao.question.UsageSnapshot;

/**
 * How often questions were drawn, for the policy least-used-first: counted in memory, and written
 * down now and then as a new numbered snapshot, to which each node adds its own counts. A draw
 * names the snapshot that it saw.
 */
@Singleton
public final class QuestionUsage implements PeriodicTask {
  private static final Duration WRITTEN = Duration.ofMinutes(10);
  private final Leases leases;
  private final NodeClock clock;
  private final Map<String, Integer> since = new ConcurrentHashMap<>();
  private volatile UsageSnapshot newest;
  private Instant next = Instant.EPOCH;

  QuestionUsage(Transactions transactions, Leases leases, NodeClock clock) {
    this.leases = leases;
    this.clock = clock;
    this.newest = newest(transactions.read());
  }

  /** The newest snapshot that this node knows. */
  public UsageSnapshot newest() {
    return newest;
  }

  /** Counts a draw. */
  public void drawn(Collection<Question> questions) {
    questions.forEach(q -> since.merge(q.id(), 1, Integer::sum));
  }

  @Override
  public String name() {
    return "question-usage";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(1);
  }

  /** Writes a snapshot where the last is old enough and something was drawn since. */
  @Override
  public void run(BooleanSupplier mayGoOn) {
    var now = clock.instant();
    if (now.isBefore(next) || since.isEmpty()) {
      return;
    }
    var taken = new HashMap<String, Integer>();
    since.keySet().forEach(id -> taken.put(id, since.remove(id)));
    try {
      newest = leases.exclusively("usage", dsl -> add(dsl, taken, now));
      next = now.plus(WRITTEN);
    } catch (RuntimeException e) {
      taken.forEach((id, n) -> since.merge(id, n, Integer::sum));
      throw e;
    }
  }

  /** Adds to what other nodes have added. */
  private static UsageSnapshot add(DSLContext dsl, Map<String, Integer> taken, Instant now) {
    var counts = new HashMap<>(newest(dsl).counts());
    taken.forEach((id, n) -> counts.merge(id, n, Integer::sum));
    var version =
        dsl.insertInto(USAGE_SNAPSHOT)
            .set(USAGE_SNAPSHOT.COUNTS, encode(counts))
            .set(USAGE_SNAPSHOT.TAKEN_AT, now)
            .returningResult(USAGE_SNAPSHOT.VERSION)
            .fetchSingle()
            .value1();
    return new UsageSnapshot(version, counts);
  }

  private static UsageSnapshot newest(DSLContext dsl) {
    return dsl.selectFrom(USAGE_SNAPSHOT)
        .orderBy(USAGE_SNAPSHOT.VERSION.desc())
        .limit(1)
        .fetchOptional(r -> new UsageSnapshot(r.getVersion(), decode(r.getCounts())))
        .orElse(UsageSnapshot.NONE);
  }

  private static String encode(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  private static Map<String, Integer> decode(String text) {
    var counts = new HashMap<String, Integer>();
    for (var part : text.split(" ", -1)) {
      var equals = part.indexOf('=');
      if (equals > 0) {
        counts.put(part.substring(0, equals), Integer.valueOf(part.substring(equals + 1)));
      }
    }
    return counts;
  }
}
