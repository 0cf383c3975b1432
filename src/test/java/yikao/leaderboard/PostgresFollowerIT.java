package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.db.Postgres;
import yikao.db.WriterThreads;
import yikao.leaderboard.Standings.Reached;

/** On a real PostgreSQL; also with two nodes over it. */
final class PostgresFollowerIT extends FollowerContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }

  @Test
  void twoNodes_agreeWithinASecond() throws Exception {
    var database = Postgres.database();
    try (var one = TestService.start(database);
        var other = TestService.start(database)) {
      var here = new Results(one);
      var there = new Results(other, here.quiz().code());
      here.store(here.result(UUID.randomUUID(), 1));
      assertThat(there.board().total()).isEqualTo(1);
      for (var i = 2; i <= 20; i += 2) {
        here.store(here.result(UUID.randomUUID(), i));
        there.store(there.result(UUID.randomUUID(), i + 1));
        var total = i + 1;
        await().atMost(Duration.ofSeconds(1)).until(() -> here.board().total() == total);
        await().atMost(Duration.ofSeconds(1)).until(() -> there.board().total() == total);
      }
      assertThat(here.board().places()).isEqualTo(there.board().places());
    }
  }

  @Test
  void transactionThatCommitsLate_isNotMissed() throws Exception {
    var late = new Held(30);
    inASequenceOfItsOwn(results.result(UUID.randomUUID(), 20));
    results.store(results.result(UUID.randomUUID(), 10));
    awaitScores(20, 10, 1);
    late.commit();
    awaitScores(30, 20, 10, 1);
  }

  /** A transaction that has stored a result and commits when told. */
  private final class Held {
    private final CountDownLatch stored = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Reached result;
    private final Thread thread;

    Held(int score) {
      result = results.result(UUID.randomUUID(), score);
      thread = WriterThreads.thread(this::run);
      thread.start();
      join(stored);
    }

    private void run() {
      results
          .transactions()
          .write(dsl -> {
            results.write(dsl, result);
            stored.countDown();
            join(told);
            return true;
          });
    }

    void commit() throws InterruptedException {
      told.countDown();
      thread.join();
    }
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
