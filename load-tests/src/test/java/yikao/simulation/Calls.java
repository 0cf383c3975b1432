package yikao.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What a participant calls, in order. */
final class Calls {
  private static final int QUESTIONS = 20;

  private Calls() {}

  /** A new participant starts. */
  static ChainBuilder start(String quiz) {
    return exec(http("start")
            .post("/api/quizzes/" + quiz + "/attempts")
            .header("Idempotency-Key", session -> UUID.randomUUID().toString())
            .body(StringBody("{\"participant\":{\"name\":\"王小明\",\"branch\":\"第一支部\"}}"))
            .check(status().is(201))
            .check(jsonPath("$.id").saveAs("attempt"))
            .check(jsonPath("$.token").saveAs("token"))
            .check(jsonPath("$.questions[*].choices[0].id").findAll().saveAs("shownFirst")))
        .exitHereIfFailed();
  }

  /** Thinks about each question and saves the choice that is shown first. */
  static ChainBuilder answerEach(Duration least, Duration most) {
    return repeat(QUESTIONS, "question")
        .on(
            exec(http("save")
                    .put(session -> path(session, "/responses/" + (question(session) + 1)))
                    .header("Authorization", "Bearer #{token}")
                    .body(StringBody(Calls::response))
                    .check(status().is(204)))
                .pause(least, most));
  }

  private static String response(Session session) {
    List<String> shownFirst = session.getList("shownFirst");
    return "{\"sequence\":1,\"choices\":[\"" + shownFirst.get(question(session)) + "\"]}";
  }

  private static int question(Session session) {
    return session.getInt("question");
  }

  private static String path(Session session, String more) {
    return "/api/attempts/" + session.getString("attempt") + more;
  }

  /** Hands in what was saved. */
  static ChainBuilder submit() {
    return exec(
        http("submit")
            .post("/api/attempts/#{attempt}/submission")
            .header("Authorization", "Bearer #{token}")
            .body(StringBody("{\"responses\":[]}"))
            .check(status().is(200))
            .check(jsonPath("$.receipt").exists()));
  }

  /** Looks at the leaderboard. */
  static ChainBuilder lookAtLeaderboard(String quiz) {
    return exec(
        http("leaderboard")
            .get("/api/quizzes/" + quiz + "/leaderboard?limit=50")
            .check(status().is(200))
            .check(jsonPath("$.asOf").exists()));
  }
}
