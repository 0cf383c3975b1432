package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.db.Postgres;

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
}
