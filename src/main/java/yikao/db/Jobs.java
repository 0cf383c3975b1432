package yikao.db;

import static yikao.db.jooq.Tables.JOB;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.Job.State;

/**
 * Work over many rows: it is stored with the transaction that orders it, done in steps of which
 * each is a transaction together with how far the job has come, and so goes on after a kill where
 * it was. Who orders it may do the first steps; one node does what is left.
 */
@Singleton
public final class Jobs implements PeriodicTask {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final Duration KEPT = Duration.ofDays(30);

  /** Rounds in which a job comes no further for others in its way, until it is given up. */
  static final int MOST_ROUNDS = 20;

  private final Transactions transactions;
  private final NodeClock clock;
  private final Map<String, JobKind> kinds;
  private final Map<UUID, Stuck> stuck = new ConcurrentHashMap<>();

  /** How far a job was that came no further, and in how many rounds by now. */
  private record Stuck(int done, String progress, int rounds) {
    Stuck again(Job job) {
      return done == job.done() && progress.equals(job.progress())
          ? new Stuck(done, progress, rounds + 1)
          : of(job);
    }

    static Stuck of(Job job) {
      return new Stuck(job.done(), job.progress(), 1);
    }
  }

  Jobs(Transactions transactions, NodeClock clock, List<JobKind> kinds) {
    this.transactions = transactions;
    this.clock = clock;
    this.kinds = kinds.stream().collect(Collectors.toMap(JobKind::name, Function.identity()));
  }

  /**
   * Orders a job, in the transaction that makes it necessary.
   *
   * @param subject what it is about, as those who look at it know it
   * @param actor who ordered it
   * @param arguments for its kind
   * @param total how many there are to do, as far as is known
   */
  public UUID order(
      DSLContext transaction,
      JobKind kind,
      String subject,
      String actor,
      String arguments,
      int total) {
    var now = clock.instant();
    var id = UUID.randomUUID();
    transaction
        .insertInto(JOB)
        .set(JOB.ID, id)
        .set(JOB.KIND, kind.name())
        .set(JOB.SUBJECT, subject)
        .set(JOB.ACTOR, actor)
        .set(JOB.ARGUMENTS, arguments)
        .set(JOB.PROGRESS, "")
        .set(JOB.DONE, 0)
        .set(JOB.TOTAL, total)
        .set(JOB.STATE, State.RUNNING.code())
        .set(JOB.CREATED_AT, now)
        .set(JOB.UPDATED_AT, now)
        .execute();
    return id;
  }

  /** A job as it stands. */
  public Optional<Job> find(UUID id) {
    return transactions.read().selectFrom(JOB).where(JOB.ID.eq(id)).fetchOptional(Jobs::job);
  }

  /**
   * Does steps of a job until it has ended or the time is over; then it goes on in the background.
   *
   * @return the job as it then stands
   */
  public Job run(UUID id, Duration time) {
    var end = System.nanoTime() + time.toNanos();
    return run(id, () -> System.nanoTime() < end);
  }

  private Job run(UUID id, BooleanSupplier mayGoOn) {
    var job = step(id);
    while (job.state() == State.RUNNING && mayGoOn.getAsBoolean()) {
      job = step(id);
    }
    return job;
  }

  /** Two who do the same job hold its row in turn. */
  private Job step(UUID id) {
    return transactions.write(dsl -> {
      var job = dsl.selectFrom(JOB).where(JOB.ID.eq(id)).forUpdate().fetchSingle(Jobs::job);
      if (job.state() != State.RUNNING) {
        return job;
      }
      var next = job.after(kind(job).step(dsl, job), clock.instant());
      store(dsl, next);
      return next;
    });
  }

  private JobKind kind(Job job) {
    return Objects.requireNonNull(kinds.get(job.kind()), job.kind());
  }

  private static void store(DSLContext dsl, Job job) {
    dsl.update(JOB)
        .set(JOB.PROGRESS, job.progress())
        .set(JOB.DONE, job.done())
        .set(JOB.TOTAL, Math.max(job.done(), job.total()))
        .set(JOB.STATE, job.state().code())
        .set(JOB.UPDATED_AT, job.updatedAt())
        .where(JOB.ID.eq(job.id()))
        .execute();
  }

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(1);
  }

  @Override
  public boolean isForOneNode() {
    return true;
  }

  /** Goes on with what nobody waits for any more. */
  @Override
  public void run(BooleanSupplier mayGoOn) {
    for (var id : open()) {
      if (mayGoOn.getAsBoolean()) {
        goOn(id, mayGoOn);
      }
    }
    transactions
        .read()
        .deleteFrom(JOB)
        .where(JOB.STATE.ne(State.RUNNING.code()))
        .and(JOB.UPDATED_AT.lt(clock.instant().minus(KEPT)))
        .execute();
  }

  private List<UUID> open() {
    return transactions
        .read()
        .select(JOB.ID)
        .from(JOB)
        .where(JOB.STATE.eq(State.RUNNING.code()))
        .orderBy(JOB.CREATED_AT)
        .fetch(JOB.ID);
  }

  /** What stands in the way of one job is none of the next one's business. */
  private void goOn(UUID id, BooleanSupplier mayGoOn) {
    try {
      run(id, mayGoOn);
      stuck.remove(id);
    } catch (RuntimeException e) {
      var failure = SqlFailure.of(e);
      if (failure == SqlFailure.DISCONNECTED || e instanceof UnknownOutcomeException) {
        throw e;
      }
      if (failure == SqlFailure.LASTING || isGivenUp(id)) {
        LOG.atError().addKeyValue("job", id).setCause(e).log("a job failed");
        fail(id, clock.instant());
        stuck.remove(id);
      } else {
        LOG.atWarn().addKeyValue("job", id).setCause(e).log("a job is tried again later");
      }
    }
  }

  private boolean isGivenUp(UUID id) {
    return find(id)
        .map(job -> stuck.compute(id, (_, was) -> was == null ? Stuck.of(job) : was.again(job)))
        .filter(now -> now.rounds() >= MOST_ROUNDS)
        .isPresent();
  }

  private void fail(UUID id, Instant now) {
    transactions.write(dsl ->
        dsl.update(JOB)
            .set(JOB.STATE, State.FAILED.code())
            .set(JOB.UPDATED_AT, now)
            .where(JOB.ID.eq(id))
            .and(JOB.STATE.eq(State.RUNNING.code()))
            .execute());
  }

  private static Job job(Record r) {
    return new Job(
        r.get(JOB.ID),
        r.get(JOB.KIND),
        r.get(JOB.SUBJECT),
        r.get(JOB.ACTOR),
        r.get(JOB.ARGUMENTS),
        r.get(JOB.PROGRESS),
        r.get(JOB.DONE),
        r.get(JOB.TOTAL),
        State.of(r.get(JOB.STATE)),
        r.get(JOB.CREATED_AT),
        r.get(JOB.UPDATED_AT));
  }
}
