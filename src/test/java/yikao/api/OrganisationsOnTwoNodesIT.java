package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.db.Postgres;

/** An import at one node is seen by the other. */
final class OrganisationsOnTwoNodesIT {
  /** Within a second; a busy machine is given two. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(2)).pollInterval(Duration.ofMillis(50));
  }

  private static void load(TestService at, String lines) {
    var loaded = at.edit("PUT", "/api/organisations", "code,name,parent\n" + lines);
    assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(200);
  }

  @Test
  void importAtOne_isNoticedByTheOther() throws Exception {
    var database = Postgres.database();
    try (var one = TestService.start(database);
        var two = TestService.start(database)) {
      var here = new Client(one.uri());
      var there = new Client(two.uri());
      var quiz =
          here.quiz(
              """
              {"title":"两个节点","listed":false,"sections":[{"type":"single","count":1,"points":5}]}\
              """);
      load(one, "P,市委,\nA,第一党支部,P\n");
      soon().until(() -> there.get("/api/organisations").body().contains("市委 / 第一党支部"));
      var started = there.start(quiz, UUID.randomUUID().toString(), "王小明", "A");
      assertThat(started.status()).as(started.body()).isEqualTo(201);
      there.submit(started, "{}");
      var board = "/api/quizzes/%s/leaderboard?by=branch".formatted(quiz);
      soon().until(() -> here.get(board).body().contains("第一党支部"));

      load(two, "B,第一党支部,\nP,新市委,\n");
      for (var node : new Client[] {here, there}) {
        soon().until(() -> node.get(board).body().contains("新市委 / 第一党支部"));
      }
      assertThat(here.start(quiz, UUID.randomUUID().toString(), "李红", "第一党支部").status())
          .as("two have this name now")
          .isEqualTo(422);
      assertThat(here.get("/api/organisations").body())
          .isEqualTo(there.get("/api/organisations").body());
    }
  }
}
