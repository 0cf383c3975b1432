package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Rounds, and who waits for them. */
final class RepeatedWorkTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Rounds that each begin, and end when told. */
  private static final class Rounds implements RepeatedWork.Work {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    final Semaphore may = new Semaphore(0);
    final AtomicBoolean mayGoOn = new AtomicBoolean();
    volatile boolean failing;

    @Override
    public void round(BooleanSupplier asked) {
      begun.incrementAndGet();
      may.acquireUninterruptibly();
      mayGoOn.set(asked.getAsBoolean());
      ended.incrementAndGet();
      if (failing) {
        throw new IllegalStateException("as wanted");
      }
    }
  }

  private final Rounds rounds = new Rounds();
  private final AtomicInteger last = new AtomicInteger();

  private RepeatedWork start(Duration interval) {
    var work = new RepeatedWork("test-rounds", interval, rounds, last::incrementAndGet);
    work.start();
    return work;
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5));
  }

  /** Waits for a round in a thread of its own; done when that one waits. */
  private static CompletableFuture<Boolean> waiting(RepeatedWork work) {
    var answer = new CompletableFuture<Boolean>();
    var thread = Thread.ofPlatform().start(() -> answer.complete(work.await(PATIENCE)));
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return answer;
  }

  @Test
  void await_waitsForARoundThatBeginsAfterTheCall() {
    var work = start(NEVER);
    try {
      await().until(() -> rounds.begun.get() == 1);
      var waiting = waiting(work);
      rounds.may.release();
      await().until(() -> rounds.begun.get() == 2);
      assertThat(waiting).as("the first had begun before").isNotDone();
      rounds.may.release();
      assertThat(waiting.join()).isTrue();
      assertThat(rounds.ended).hasValue(2);
    } finally {
      rounds.may.release(10);
      work.close();
    }
  }

  @Test
  void manyWhoWait_areAnsweredByOneRound() {
    var work = start(NEVER);
    try {
      await().until(() -> rounds.begun.get() == 1);
      var one = waiting(work);
      var other = waiting(work);
      rounds.may.release(2);
      assertThat(one.join()).isTrue();
      assertThat(other.join()).isTrue();
      assertThat(rounds.ended).hasValue(2);
    } finally {
      rounds.may.release(10);
      work.close();
    }
  }

  @Test
  void intervalOver_isTheNextRound() {
    rounds.may.release(1_000_000);
    var work = start(Duration.ofMillis(1));
    try {
      await().until(() -> rounds.ended.get() >= 3);
    } finally {
      work.close();
    }
  }

  @Test
  void failingRound_isNoSuccessAndFollowedByTheNext() {
    rounds.may.release(1_000_000);
    rounds.failing = true;
    var work = start(Duration.ofMillis(20));
    try {
      await().until(() -> rounds.ended.get() >= 3);
      assertThat(work.await(Duration.ofMillis(100))).isFalse();
      rounds.failing = false;
      assertThat(work.await(PATIENCE)).isTrue();
    } finally {
      work.close();
    }
  }

  @Test
  void stop_beginsNoFurtherRoundAndDoesWhatIsLast() {
    var work = start(Duration.ofMillis(1));
    await().until(() -> rounds.begun.get() == 1);
    work.stop();
    rounds.may.release(10);
    work.close();
    assertThat(rounds.mayGoOn).as("the round is told").isFalse();
    assertThat(rounds.begun).hasValue(1);
    assertThat(last).hasValue(1);
  }

  @Test
  void close_waitsForTheRoundThatIsUnderWay() {
    var work = start(NEVER);
    await().until(() -> rounds.begun.get() == 1);
    var closed = new CompletableFuture<Integer>();
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              work.close();
              closed.complete(rounds.ended.get());
            });
    await().until(() -> thread.getState() == Thread.State.WAITING);
    assertThat(closed).isNotDone();
    rounds.may.release();
    assertThat(closed.join()).isEqualTo(1);
    assertThat(last).hasValue(1);
  }

  @Test
  void roundThatGoesOn_maySoLongAsNobodyStopsIt() {
    rounds.may.release();
    var work = start(NEVER);
    await().until(() -> rounds.ended.get() == 1);
    assertThat(rounds.mayGoOn).isTrue();
    work.close();
  }
}
