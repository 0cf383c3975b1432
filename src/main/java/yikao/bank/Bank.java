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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.audit.AuditLog;
import yikao.db.Compaction;
import yikao.db.Leases;
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

  /** One in so many published questions may be left out without a confirmation. */
  private static final int MANY = 10;

  private static final String SEALING = "seal-questions";

  private final Path folder;
  private final Transactions transactions;
  private final QuestionStore store;
  private final NodeClock clock;
  private final AuditLog audit;
  private final LoadingCache<Long, Pool> pools;
  private final LoadingCache<Integer, QuestionVersion> versions;
  private volatile long revision;
  private volatile List<Area> areas = List.of();

  Bank(
      @Value("${yikao.bank}") String folder,
      Transactions transactions,
      QuestionStore store,
      NodeClock clock,
      AuditLog audit,
      Leases leases,
      Compaction compaction,
      MeterRegistry meters) {
    this.folder = Path.of(folder);
    this.transactions = transactions;
    this.store = store;
    this.clock = clock;
    this.audit = audit;
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
    seal(leases, compaction);
    start();
    Gauge.builder("yikao.pool.size", this, bank -> bank.pool().size()).register(meters);
    Gauge.builder("yikao.pool.revision", this, bank -> bank.revision).register(meters);
  }

  /** Seals the questions that an earlier release has stored; a kill in between does no harm. */
  private void seal(Leases leases, Compaction compaction) {
    var last = leases.exclusively(SEALING, dsl -> store.seal(dsl, 0));
    if (last.isPresent()) {
      LOG.info("questions of an earlier release are sealed");
      while (last.isPresent()) {
        var after = last.get();
        last = leases.exclusively(SEALING, dsl -> store.seal(dsl, after));
      }
      compaction.want();
    }
  }

  private Map<Integer, QuestionVersion> loadVersions(Collection<Integer> wanted) {
    return store.versions(transactions.read(), wanted).stream()
        .collect(Collectors.toMap(QuestionVersion::version, v -> v));
  }

  private Pool loadPool(long wanted) {
    return new Pool(wanted, store.published(transactions.read()));
  }

  /**
   * Loads the folder. Nothing changes where a file is bad, or where so many questions are missing
   * that some files may be; the bank before goes on serving.
   *
   * @param actor who wants it
   * @param confirmed how many questions may be retired by leaving them out, though they are many
   * @return what changed
   * @throws BankInvalidException with every problem found
   * @throws RetiresManyException where more than a tenth of the published questions are left out
   *     and their number is not the confirmed one
   */
  public synchronized Loaded load(Actor actor, Optional<Integer> confirmed) {
    var started = System.nanoTime();
    var fingerprint = Fingerprint.of(folder);
    var files = BankReader.read(folder);
    var changes =
        transactions.write(dsl -> {
          checkLeftOut(dsl, files, confirmed);
          var applied = store.apply(dsl, files.entries(), clock.instant());
          if (!applied.refused().isEmpty()) {
            throw new BankInvalidException(refusals(files, applied.refused()));
          }
          if (applied.any() || store.revision(dsl) == 0) {
            store.newRevision(dsl, actor, clock.instant());
          }
          store.fingerprint(dsl, fingerprint);
          if (applied.any() && !actor.equals(Actor.SYSTEM)) {
            audit.append(dsl, actor.change("bank.load", "bank", "", said(applied)));
          }
          return applied;
        });
    areas = files.areas();
    refresh();
    var loaded = new Loaded(revision, changes.added(), changes.changed(), changes.retired());
    log(loaded, started);
    return loaded;
  }

  private static String said(QuestionStore.Changes applied) {
    return "added %d, changed %d, retired %d"
        .formatted(applied.added(), applied.changed(), applied.retired());
  }

  private void checkLeftOut(DSLContext dsl, BankFiles files, Optional<Integer> confirmed) {
    var leftOut = store.leftOut(dsl, files.entries());
    var published = store.countPublished(dsl);
    if (leftOut.size() * MANY > published && confirmed.filter(n -> n == leftOut.size()).isEmpty()) {
      throw new RetiresManyException(store.versions(dsl, leftOut), published);
    }
  }

  /**
   * Takes up what the database has where it was loaded from the folder as it is now, and where the
   * folder as it is now is refused.
   */
  private void start() {
    var started = System.nanoTime();
    var fingerprint = Fingerprint.of(folder);
    var known = store.revision(transactions.read()) > 0;
    if (fingerprint.isEmpty()
        || !store.fingerprint(transactions.read()).equals(fingerprint.map(store::stored))) {
      try {
        load(Actor.SYSTEM, Optional.empty());
        return;
      } catch (BankInvalidException | RetiresManyException e) {
        if (!known) {
          throw e;
        }
        LOG.atError()
            .addKeyValue("folder", folder)
            .log("the bank's files were refused, the bank before stays in use: {}", e.getMessage());
      }
    }
    refresh();
    areas = knownAreas();
    log(new Loaded(revision, 0, 0, 0), started);
  }

  /** The areas of the folder; where it cannot be read, those of the questions, by their codes. */
  private List<Area> knownAreas() {
    try {
      return BankReader.areas(folder);
    } catch (BankInvalidException e) {
      return pool().areas().stream().map(code -> new Area(code, code)).toList();
    }
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
