package yikao.remark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.json.tree.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.TestService;
import yikao.api.Client;

/** A job that the service was killed in goes on where it was. */
final class JobKilledIT {
  private static final Map<String, String> SETTINGS = Map.of("yikao.jobs.at-once", "0ms");

  @Test
  void serviceKilledInAJob_goesOnWithItAfterTheRestart(@TempDir Path data) throws Exception {
    var database = TestService.file(data.resolve("database"));
    String quiz;
    String amendment;
    try (var service = TestService.start(Map.of("yikao.database.url", database))) {
      var crowd = new Crowd(service);
      quiz = crowd.quiz();
      crowd.handIn(quiz);
      amendment = crowd.amendment(true);
    }
    String job;
    var killed = ServiceProcess.start(data, SETTINGS);
    try {
      var accepted =
          new Client(killed.uri())
              .post(
                  "/api/quizzes/%s/amendments".formatted(quiz),
                  amendment,
                  TestService.editorToken());
      killed.kill();
      assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
      assertThat(accepted.text("state")).isEqualTo("running");
      assertThat(accepted.number("done")).isEqualByComparingTo("200");
      job = "/api/jobs/" + accepted.text("id");
    } finally {
      killed.kill();
    }
    try (var service = ServiceProcess.start(data, SETTINGS)) {
      var api = new Client(service.uri());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> api.get(job, TestService.editorToken()).text("state").equals("done"));
      assertThat(api.get(job, TestService.editorToken()).number("done"))
          .isEqualByComparingTo("250");
      var result = api.get(job + "/result", TestService.editorToken());
      assertThat(result.number("changed")).isEqualByComparingTo("250");
      var ended =
          api.get("/api/quizzes/%s/attempts?limit=1000".formatted(quiz), TestService.editorToken());
      var scores = new ArrayList<JsonNode>();
      ended.json().values().forEach(a -> scores.add(a.get("score")));
      assertThat(scores).hasSize(250).extracting(JsonNode::coerceStringValue).containsOnly("10");
    }
  }
}
