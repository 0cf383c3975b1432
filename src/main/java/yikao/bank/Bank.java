package yikao.bank;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.question.Pool;
import yikao.question.QuestionVersion;

/**
 * The question bank as the service uses it: loaded from its folder at the start and on request, and
 * cached as a pool by revision.
 */
@Context
public final class Bank {
  private static final Logger LOG = LoggerFactory.getLogger(Bank.class);

  private final Path folder;
  private final Transactions transactions;
  private final QuestionStore store;
  private final NodeClock clock;
  private final LoadingCache<Long, Pool> pools;
  private final LoadingCache<Integer, QuestionVersion> versions;
  private volatile long revision;
  private volatile List<Area> areas = List.of();

  Bank(
      @Value("${yikao.bank}") String folder,
      Transactions transactions,
      QuestionStore store,
      NodeClock clock,
      MeterRegistry meters) {
    this.folder = Path.of(folder);
    this.transactions = transactions;
    this.store = store;
    this.clock = clock;
    this.pools = Caffeine.newBuilder().maximumSize(2).build(this::loadPool);
    this.versions =
        Caffeine.newBuilder()
            .maximumSize(20_000)
            .build(
                new com.github.benmanes.caffeine.cache.CacheLoader<>() {
                  @Override
                  public QuestionVersion load(Integer version) {
                    return store.versions(transactions.read(), List.of(version)).getFirst();
                  }

                  @Override
                  public Map<Integer, QuestionVersion> loadAll(Set<? extends Integer> wanted) {
                    return loadVersions(new HashSet<>(wanted));
                  }
                });
    start();
    Gauge.builder("yikao.pool.size", this, bank -> bank.pool().size()).register(meters);
    Gauge.builder("yikao.pool.revision", this, bank -> bank.revision).register(meters);
  }

  private Map<Integer, QuestionVersion> loadVersions(Collection<Integer> wanted) {
    return store.versions(transactions.read(), wanted).stream()
        .collect(Collectors.toMap(QuestionVersion::version, v -> v));
  }

  private Pool loadPool(long wanted) {
    return new Pool(wanted, store.published(transactions.read()));
  }

  /**
   * Loads the folder. Nothing changes where a file is bad; the bank before goes on serving.
   *
   * @param actor who wants it
   * @return what changed
   * @throws BankInvalidException with every problem found
   */
  public synchronized Loaded load(Actor actor) {
    var started = System.nanoTime();
    var fingerprint = Fingerprint.of(folder);
    var files = BankReader.read(folder);
    var changes =
        transactions.write(dsl -> {
          var applied = store.apply(dsl, files.entries(), clock.instant());
          if (!applied.refused().isEmpty()) {
            throw new BankInvalidException(refusals(files, applied.refused()));
          }
          if (applied.any() || store.revision(dsl) == 0) {
            store.newRevision(dsl, actor, clock.instant());
          }
          store.fingerprint(dsl, fingerprint);
          return applied;
        });
    areas = files.areas();
    refresh();
    var loaded = new Loaded(revision, changes.added(), changes.changed(), changes.retired());
    log(loaded, started);
    return loaded;
  }

  /** Takes up what the database has where it was loaded from the folder as it is now. */
  private void start() {
    var started = System.nanoTime();
    var fingerprint = Fingerprint.of(folder);
    if (fingerprint.isEmpty() || !store.fingerprint(transactions.read()).equals(fingerprint)) {
      load(Actor.SYSTEM);
      return;
    }
    areas = BankReader.areas(folder);
    refresh();
    log(new Loaded(revision, 0, 0, 0), started);
  }

  private void log(Loaded loaded, long started) {
    LOG.atInfo()
        .addKeyValue("revision", loaded.revision())
        .addKeyValue("questions", pool().size())
        .addKeyValue("added", loaded.added())
        .addKeyValue("changed", loaded.changed())
        .addKeyValue("retired", loaded.retired())
        .addKeyValue("millis", (System.nanoTime() - started) / 1_000_000)
        .log("bank loaded");
  }

  /** What a load changed. */
  public record Loaded(long revision, int added, int changed, int retired) {}

  private static List<BankProblem> refusals(BankFiles files, List<String> ids) {
    return files.entries().stream()
        .filter(e -> ids.contains(e.question().id()))
        .map(e -> new BankProblem(e.file(), e.line(), "编号", "这个编号属于在控制台上编辑的试题"))
        .toList();
  }

  /** Takes up the newest revision of the database. */
  public void refresh() {
    var newest = store.revision(transactions.read());
    pools.refresh(newest).join();
    revision = newest;
  }

  /** Takes up a revision that another node has loaded. */
  void notice() {
    if (store.revision(transactions.read()) != revision) {
      refresh();
      LOG.atInfo().addKeyValue("revision", revision).log("a new revision of the bank was taken up");
    }
  }

  /** The areas in their order. */
  public List<Area> areas() {
    return areas;
  }

  /** The pool that papers are drawn from now. */
  public Pool pool() {
    return pools.get(revision);
  }

  /** The questions of a paper, in its order, whatever became of them since. */
  public List<QuestionVersion> questions(List<Integer> wanted) {
    var pool = pool();
    var missing = wanted.stream().filter(v -> pool.version(v).isEmpty()).toList();
    var older = missing.isEmpty() ? Map.<Integer, QuestionVersion>of() : versions.getAll(missing);
    return wanted.stream()
        .map(v -> pool.version(v).orElseGet(() -> Objects.requireNonNull(older.get(v))))
        .toList();
  }

  /** Every version of a question; empty where there is no such question. */
  public List<QuestionVersion> versionsOf(String questionId) {
    return store.versionsOf(transactions.read(), questionId);
  }
}
