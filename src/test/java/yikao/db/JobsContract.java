package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static yikao.db.jooq.Tables.JOB;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.db.Job.State;
import yikao.db.Job.Step;

/** Work in steps, on every database: each step is done once, and kept with how far it has come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JobsContract {
  private static final Table<?> WORK = DSL.table(DSL.name("work"));
  private static final Field<UUID> BY = DSL.field(DSL.name("by"), UUID.class);
  private static final Field<Integer> NUMBER = DSL.field(DSL.name("number"), Integer.class);
  private static final Duration LONG = Duration.ofMinutes(1);

  private BareDatabase database;
  private Transactions transactions;
  private TestClock clock;

  /** Writes a row for each number from 0 to its total, two in a step. */
  private static final class Writing implements JobKind {
    /** From which number on steps fail after they have written; never, where it is negative. */
    private int failsAt = -1;

    private RuntimeException failure = new IllegalArgumentException("as wanted");

    @Override
    public String name() {
      return "writing";
    }

    @Override
    public Step step(DSLContext transaction, Job job) {
      var from = job.progress().isEmpty() ? 0 : Integer.parseInt(job.progress());
      var to = Math.min(from + 2, job.total());
      for (var number = from; number < to; number++) {
        transaction.insertInto(WORK, BY, NUMBER).values(job.id(), number).execute();
      }
      if (failsAt >= 0 && to > failsAt) {
        throw failure;
      }
      return new Step(Integer.toString(to), to - from, to == job.total());
    }
  }

  private final Writing writing = new Writing();

  abstract BareDatabase open() throws Exception;

  @BeforeAll
  void start() throws Exception {
    database = open();
    transactions = database.transactions();
    transactions
        .read()
        .createTable(WORK)
        .column(BY, SQLDataType.UUID)
        .column(NUMBER, SQLDataType.INTEGER)
        .execute();
  }

  @BeforeEach
  void fresh() {
    clock = new TestClock(transactions.read());
    writing.failsAt = -1;
    writing.failure = new IllegalArgumentException("as wanted");
    transactions.read().deleteFrom(JOB).execute();
  }

  @AfterAll
  void stop() {
    database.close();
  }

  /** As another node has them, or the same one after its restart. */
  private Jobs jobs() {
    return new Jobs(transactions, clock, List.of(writing));
  }

  private UUID order(int total) {
    return transactions.write(
        dsl -> jobs().order(dsl, writing, "subject", "token:editor", "arguments", total));
  }

  /** What was written, as often as it was. */
  private List<Integer> written(UUID job) {
    return transactions
        .read()
        .select(NUMBER)
        .from(WORK)
        .where(BY.eq(job))
        .orderBy(NUMBER)
        .fetch(NUMBER);
  }

  private Job find(UUID job) {
    return jobs().find(job).orElseThrow();
  }

  @Test
  void ordered_runsWithoutHavingDoneAnything() {
    var job = find(order(5));
    assertThat(job.state()).isEqualTo(State.RUNNING);
    assertThat(job.kind()).isEqualTo("writing");
    assertThat(job.subject()).isEqualTo("subject");
    assertThat(job.actor()).isEqualTo("token:editor");
    assertThat(job.arguments()).isEqualTo("arguments");
    assertThat(job.progress()).isEmpty();
    assertThat(job.done()).isZero();
    assertThat(job.total()).isEqualTo(5);
    assertThat(jobs().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void orderThatIsRolledBack_isNoJob() {
    assertThatThrownBy(() ->
            transactions.write(dsl -> {
              jobs().order(dsl, writing, "subject", "system", "", 5);
              throw new IllegalArgumentException("rolled back");
            }))
        .hasMessage("rolled back");
    assertThat(transactions.read().fetchCount(JOB)).isZero();
  }

  @Test
  void steps_areKeptWithTheirProgress() {
    var id = order(5);
    var after = jobs().run(id, Duration.ZERO);
    assertThat(after).isEqualTo(find(id));
    assertThat(after.progress()).isEqualTo("2");
    assertThat(after.done()).isEqualTo(2);
    assertThat(after.state()).isEqualTo(State.RUNNING);
    assertThat(written(id)).containsExactly(0, 1);
    after = jobs().run(id, LONG);
    assertThat(after.done()).isEqualTo(5);
    assertThat(after.total()).isEqualTo(5);
    assertThat(after.state()).isEqualTo(State.DONE);
    assertThat(written(id)).containsExactly(0, 1, 2, 3, 4);
    assertThat(jobs().run(id, LONG)).as("nothing is left").isEqualTo(after);
    assertThat(written(id)).hasSize(5);
  }

  @Test
  void runnersAtOnce_doNoStepTwice() throws Exception {
    var id = order(200);
    var together = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(3)) {
      var runners =
          Stream.generate(this::jobs)
              .limit(3)
              .map(jobs ->
                  threads.submit(() -> {
                    together.await();
                    return jobs.run(id, LONG);
                  }))
              .toList();
      together.countDown();
      for (var runner : runners) {
        assertThat(runner.get().state()).isEqualTo(State.DONE);
      }
    }
    assertThat(written(id)).hasSize(200).doesNotHaveDuplicates();
    assertThat(find(id).done()).isEqualTo(200);
  }

  @Test
  void stepThatThrows_failsTheJobAndChangesNothingElse() {
    var other = order(3);
    var id = order(6);
    jobs().run(id, Duration.ZERO);
    writing.failsAt = 3;
    assertThatThrownBy(() -> jobs().run(id, LONG)).hasMessage("as wanted");
    assertThat(find(id).state())
        .as("who waits is told; it is not given up")
        .isEqualTo(State.RUNNING);
    jobs().run(() -> true);
    var failed = find(id);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.progress()).isEqualTo("2");
    assertThat(failed.done()).isEqualTo(2);
    assertThat(written(id)).as("the failed step has written nothing").containsExactly(0, 1);
    assertThat(find(other).state()).as("the next is done all the same").isEqualTo(State.DONE);
    writing.failsAt = -1;
    jobs().run(() -> true);
    assertThat(find(id)).as("given up").isEqualTo(failed);
  }

  @Test
  void othersInTheWay_stepIsTriedLaterAndTheNextJobDoneAtOnce() {
    var id = order(4);
    var next = order(1);
    var jobs = jobs();
    writing.failsAt = 1;
    writing.failure = new StaleReadException();
    jobs.run(() -> true);
    assertThat(find(id).state()).isEqualTo(State.RUNNING);
    assertThat(find(next).state()).as("the next one does not wait").isEqualTo(State.DONE);
    writing.failsAt = -1;
    writing.failure = new IllegalArgumentException("as wanted");
    jobs.run(() -> true);
    assertThat(find(id).state()).isEqualTo(State.DONE);
    assertThat(written(id)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void jobThatNeverComesFurther_isGivenUpAfterSomeRounds() {
    var id = order(4);
    var jobs = jobs();
    writing.failsAt = 1;
    writing.failure = new StaleReadException();
    for (var i = 1; i < Jobs.MOST_ROUNDS; i++) {
      jobs.run(() -> true);
    }
    assertThat(find(id).state()).isEqualTo(State.RUNNING);
    jobs.run(() -> true);
    assertThat(find(id).state()).isEqualTo(State.FAILED);
    assertThat(written(id)).isEmpty();
  }

  @Test
  void jobThatComesFurther_isNotGivenUp() {
    var id = order(4);
    var jobs = jobs();
    writing.failure = new StaleReadException();
    writing.failsAt = 1;
    for (var i = 1; i < Jobs.MOST_ROUNDS; i++) {
      jobs.run(() -> true);
    }
    writing.failsAt = 3;
    jobs.run(() -> true);
    assertThat(find(id).done()).isEqualTo(2);
    jobs.run(() -> true);
    assertThat(find(id).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void databaseAway_endsTheRoundAndGivesNothingUp() {
    var id = order(4);
    var jobs = jobs();
    writing.failsAt = 1;
    writing.failure = new IllegalStateException(new SQLTransientConnectionException("away"));
    for (var i = 0; i <= Jobs.MOST_ROUNDS; i++) {
      assertThatThrownBy(() -> jobs.run(() -> true)).isSameAs(writing.failure);
    }
    assertThat(find(id).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void jobLeftHalfway_goesOnWithOthers() {
    var id = order(5);
    jobs().run(id, Duration.ZERO);
    jobs().run(() -> false);
    assertThat(find(id).done()).as("where the service stops").isEqualTo(2);
    jobs().run(() -> true);
    assertThat(find(id).state()).isEqualTo(State.DONE);
    assertThat(written(id)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void endedJobs_areForgottenAfterThirtyDays() {
    var done = order(1);
    jobs().run(done, LONG);
    var running = order(1);
    clock.forward(Duration.ofDays(30).minusMinutes(1));
    jobs().run(() -> false);
    assertThat(jobs().find(done)).isPresent();
    clock.forward(Duration.ofMinutes(2));
    jobs().run(() -> false);
    assertThat(jobs().find(done)).isEmpty();
    assertThat(jobs().find(running)).as("not done yet").isPresent();
  }
}
