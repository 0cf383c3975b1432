package yikao.remark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;

/** What takes longer than a caller waits goes on as a job, which staff can look at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobsOverApiIT {
  private TestService service;
  private Client api;
  private Crowd crowd;

  @BeforeAll
  void start() {
    service = TestService.start(Map.of("yikao.jobs.at-once", "0ms"));
    api = new Client(service.uri());
    crowd = new Crowd(service);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Reply order(Client to, String quiz, String what, String body) {
    return to.post("/api/quizzes/%s/%s".formatted(quiz, what), body, TestService.editorToken());
  }

  /** The answer to an order that is not done at once, followed until the job is. */
  private Reply done(Reply accepted, String kind, String quiz) {
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    assertThat(accepted.text("kind")).isEqualTo(kind);
    assertThat(accepted.text("subject")).isEqualTo(quiz);
    assertThat(accepted.text("actor")).isEqualTo("token:editor");
    assertThat(accepted.text("state")).isEqualTo("running");
    assertThat(accepted.number("done")).as("one step").isEqualByComparingTo("200");
    var location = accepted.headers().get("location").getFirst();
    assertThat(location).isEqualTo("/api/jobs/" + accepted.text("id"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !job(location).text("state").equals("running"));
    var job = job(location);
    assertThat(job.text("state")).isEqualTo("done");
    assertThat(job.text("kind")).isEqualTo(kind);
    assertThat(job.text("actor")).isEqualTo("token:editor");
    assertThat(job.number("done")).isEqualByComparingTo(Integer.toString(Crowd.SIZE));
    assertThat(job.number("total")).isEqualByComparingTo(Integer.toString(Crowd.SIZE));
    var result = job(location + "/result");
    assertThat(result.status()).isEqualTo(200);
    return result;
  }

  private Reply job(String path) {
    return api.get(path, TestService.editorToken());
  }

  private List<JsonNode> ended(String quiz) {
    var all =
        api.get("/api/quizzes/%s/attempts?limit=1000".formatted(quiz), TestService.editorToken());
    return toList(all.json());
  }

  private static List<JsonNode> toList(JsonNode array) {
    var all = new ArrayList<JsonNode>();
    array.values().forEach(all::add);
    return all;
  }

  @Test
  void amendment_goesOnInTheBackgroundAndChangesTheScores() throws Exception {
    var quiz = crowd.quiz();
    var started = crowd.handIn(quiz);

    var preview = order(api, quiz, "amendments/preview", crowd.amendment(false));
    assertThat(preview.number("total")).isEqualByComparingTo(Integer.toString(Crowd.SIZE));
    var differences = done(preview, "amendment-preview", quiz);
    assertThat(differences.number("attempts")).isEqualByComparingTo("250");
    assertThat(differences.number("changed")).isEqualByComparingTo("250");
    assertThat(differences.number("newlyPassed")).isEqualByComparingTo("250");
    assertThat(differences.number("amendments")).isEqualByComparingTo("0");
    assertThat(ended(quiz)).as("nothing is changed").extracting(a -> score(a)).containsOnly("0");

    var confirmed = order(api, quiz, "amendments", crowd.amendment(true));
    assertThat(confirmed.number("total")).isEqualByComparingTo(Integer.toString(Crowd.SIZE));
    var changed = done(confirmed, "remark", quiz);
    assertThat(changed.number("changed")).isEqualByComparingTo("250");
    assertThat(changed.json().get("changes").size()).isEqualTo(250);
    assertThat(ended(quiz)).hasSize(250).extracting(a -> score(a)).containsOnly("10");
    assertThat(api.review(started.getLast()).number("score")).isEqualByComparingTo("10");
    var board = api.get("/api/quizzes/%s/leaderboard?limit=200".formatted(quiz)).json();
    assertThat(board.get("total").getIntValue()).isEqualTo(250);
    assertThat(toList(board.get("entries"))).extracting(a -> score(a)).containsOnly("10");
  }

  private static String score(JsonNode attempt) {
    return attempt.get("score").coerceStringValue();
  }

  @Test
  void extension_goesOnInTheBackgroundAndMovesEveryDeadlineOnce() throws Exception {
    var quiz = crowd.quiz();
    var started = crowd.start(quiz);
    var body =
        "{\"minutes\":5,\"since\":\"%s\",\"extensions\":0,\"reason\":\"断网\"}"
            .formatted(Instant.now());
    var extended = done(order(api, quiz, "extensions", body), "deadlines", quiz);
    assertThat(extended.number("extended")).isEqualByComparingTo("250");
    assertThat(extended.number("reopened")).isEqualByComparingTo("0");
    started.sort(Comparator.comparing(s -> s.text("id")));
    for (var one :
        List.of(started.getFirst(), started.get(199), started.get(200), started.getLast())) {
      var now = api.get("/api/attempts/" + one.text("id"), one.text("token"));
      assertThat(Instant.parse(now.text("deadline")))
          .isEqualTo(Instant.parse(one.text("deadline")).plusSeconds(300));
    }
  }

  @Test
  void job_isForEditors() throws Exception {
    var quiz = crowd.quiz();
    var started = crowd.handIn(quiz).getFirst();
    var accepted = order(api, quiz, "amendments/preview", crowd.amendment(false));
    var job = "/api/jobs/" + accepted.text("id");
    for (var path : List.of(job, job + "/result")) {
      assertThat(api.get(path).status()).isEqualTo(401);
      assertThat(api.get(path, started.text("token")).status()).isEqualTo(403);
      assertThat(api.get(path, TestService.editorToken()).status()).isEqualTo(200);
    }
    var unknown = "/api/jobs/" + UUID.randomUUID();
    for (var path : List.of(unknown, unknown + "/result")) {
      var reply = api.get(path, TestService.editorToken());
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.problem()).isEqualTo("no-such-job");
    }
  }

  @Test
  void default_answersAtOnceInTheFormOfTheResult() throws Exception {
    try (var patient = TestService.start(Map.of())) {
      var others = new Crowd(patient);
      var to = new Client(patient.uri());
      var quiz = others.quiz();
      others.handIn(quiz);
      var preview = order(to, quiz, "amendments/preview", others.amendment(false));
      var confirmed = order(to, quiz, "amendments", others.amendment(true));
      var running = others.quiz();
      others.start(running);
      var extension =
          "{\"minutes\":5,\"since\":\"%s\",\"extensions\":0,\"reason\":\"断网\"}"
              .formatted(Instant.now());
      var extended = order(to, running, "extensions", extension);
      assertThat(List.of(preview, confirmed, extended)).extracting(Reply::status).containsOnly(200);
      assertThat(confirmed.number("changed")).isEqualByComparingTo("250");
      assertThat(extended.number("extended")).isEqualByComparingTo("250");

      var here = crowd.quiz();
      crowd.handIn(here);
      var result =
          done(
              order(api, here, "amendments/preview", crowd.amendment(false)),
              "amendment-preview",
              here);
      assertThat(fields(preview)).isEqualTo(fields(result)).contains("changed", "changes");
      var later = crowd.quiz();
      crowd.start(later);
      assertThat(fields(extended))
          .isEqualTo(fields(done(order(api, later, "extensions", extension), "deadlines", later)))
          .contains("extended", "reopened");
    }
  }

  private static Set<String> fields(Reply reply) {
    var names = new HashSet<String>();
    reply.json().entries().forEach(e -> names.add(e.getKey()));
    return names;
  }
}
