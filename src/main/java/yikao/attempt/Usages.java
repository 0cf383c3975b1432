package yikao.attempt;

import static yikao.db.jooq.Tables.USAGE_SNAPSHOT;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import yikao.db.Leases;
import yikao.db.Transactions;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Draw;
import yikao.paper.LeastUsedSampler;
import yikao.paper.UniformSampler;
import yikao.paper.Usage;
import yikao.question.Pool;
import yikao.question.Question;

/**
 * How often questions were drawn, for the policy least-used-first: counted in memory, and written
 * down now and then as a new numbered snapshot, to which each node adds its own counts. A draw
 * names the snapshot that it saw.
 */
@Singleton
final class Usages {
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final Leases leases;
  private final UniformSampler uniform = new UniformSampler();
  private final Map<String, Integer> since = new ConcurrentHashMap<>();
  private final Cache<Prepared, LeastUsedSampler> samplers =
      Caffeine.newBuilder().maximumSize(16).build();
  private volatile Usage usage;
  private volatile Instant next = Instant.EPOCH;

  private record Prepared(Pool pool, long usageVersion) {}

  /** A sampler and the snapshot that it goes by. */
  record Chosen(Draw.Sampler sampler, long usageVersion) {}

  Usages(Transactions transactions, Leases leases) {
    this.leases = leases;
    this.usage = newest(transactions.read());
  }

  Chosen sampler(DrawPolicy policy, Pool pool) {
    if (policy == DrawPolicy.UNIFORM) {
      return new Chosen(uniform, 0);
    }
    var seen = usage;
    return new Chosen(
        samplers.get(new Prepared(pool, seen.version()), _ -> new LeastUsedSampler(pool, seen)),
        seen.version());
  }

  void drawn(List<Question> questions) {
    questions.forEach(q -> since.merge(q.id(), 1, Integer::sum));
  }

  /** Writes a snapshot where the last is old enough and something was drawn since. */
  void snapshot(Instant now) {
    if (now.isBefore(next) || since.isEmpty()) {
      return;
    }
    next = now.plus(INTERVAL);
    var taken = new HashMap<String, Integer>();
    since.keySet().forEach(id -> taken.put(id, since.remove(id)));
    try {
      usage = leases.exclusively("usage", dsl -> add(dsl, taken, now));
    } catch (RuntimeException e) {
      taken.forEach((id, n) -> since.merge(id, n, Integer::sum));
      next = now;
      throw e;
    }
  }

  /** Adds to what other nodes have added. */
  private static Usage add(DSLContext dsl, Map<String, Integer> taken, Instant now) {
    var counts = new HashMap<>(newest(dsl).counts());
    taken.forEach((id, n) -> counts.merge(id, n, Integer::sum));
    var version =
        dsl.insertInto(USAGE_SNAPSHOT)
            .set(USAGE_SNAPSHOT.COUNTS, encode(counts))
            .set(USAGE_SNAPSHOT.TAKEN_AT, now)
            .returningResult(USAGE_SNAPSHOT.VERSION)
            .fetchSingle()
            .value1();
    return new Usage(version, counts);
  }

  private static Usage newest(DSLContext dsl) {
    return dsl.selectFrom(USAGE_SNAPSHOT)
        .orderBy(USAGE_SNAPSHOT.VERSION.desc())
        .limit(1)
        .fetchOptional(r -> new Usage(r.getVersion(), decode(r.getCounts())))
        .orElse(Usage.NONE);
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
