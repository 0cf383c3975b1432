package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.db.Postgres;

/** PostgreSQL is away, or answers nothing, and is back: the same process goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutageIT {
  /** Two or three seconds are usual; a busy machine is given more. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private TestService service;
  private Client api;
  private Client management;
  private String quiz;

  @BeforeAll
  void start() throws Exception {
    service = TestService.start(Postgres.database());
    api = new Client(service.uri());
    management = new Client(service.management());
    quiz = CrashLoad.quiz(api);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void awayForAWhile_isAClear503AndPassesByItself() {
    away(Duration.ofSeconds(2));
  }

  @Test
  @Tag("full")
  void awayForHalfAMinute_isAClear503AndPassesByItself() {
    away(Duration.ofSeconds(30));
  }

  private void away(Duration length) {
    var started = api.start(quiz);
    Postgres.kill();
    var until = System.nanoTime() + length.toNanos();
    try {
      do {
        refused(started, MOST);
      } while (System.nanoTime() < until);
    } finally {
      Postgres.restart();
    }
    recovered(started);
  }

  @Test
  @Tag("full")
  void frozen_keepsNobodyForEver() {
    var started = api.start(quiz);
    Postgres.freeze();
    try {
      refused(started, Duration.ofSeconds(25));
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
      refused(started, Duration.ofSeconds(25));
    } finally {
      Postgres.thaw();
    }
    recovered(started);
  }

  /** Writes, reads, pages and the state of health all say that the database is disconnected. */
  private void refused(Reply started, Duration most) {
    var attempt = "/api/attempts/" + started.text("id");
    var list = "/api/quizzes/%s/attempts".formatted(quiz);
    var checks =
        Stream.<Runnable>of(
                () -> refused(most, () -> api.start(quiz)),
                () -> refused(most, () -> api.submit(started, "{}")),
                () -> refused(most, () -> api.get(attempt, started.text("token"))),
                () -> refused(most, () -> api.get(list, TestService.editorToken())),
                () -> pageRefused(most),
                () -> status(503, timed(most, () -> management.get("/health/readiness"))),
                () -> status(200, timed(most, () -> management.get("/health/liveness"))))
            .map(CompletableFuture::runAsync)
            .toList();
    checks.forEach(CompletableFuture::join);
  }

  private static void refused(Duration most, Supplier<Reply> call) {
    var answer = timed(most, call);
    status(503, answer);
    assertThat(answer.problem()).isIn("database-disconnected", "unknown-outcome");
    assertThat(answer.headers()).containsKey("retry-after");
  }

  /** A page that needs nothing but what is cached is still answered for a moment. */
  private void pageRefused(Duration most) {
    var page =
        Awaitility.await()
            .atMost(30, TimeUnit.SECONDS)
            .until(
                () -> timed(most, () -> api.get("/quizzes/" + quiz)),
                answer -> answer.status() != 200);
    status(503, page);
    assertThat(page.headers().get("content-type").getFirst()).startsWith("text/html");
  }

  private static void status(int expected, Reply answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
  }

  private static Reply timed(Duration most, Supplier<Reply> call) {
    var since = System.nanoTime();
    var answer = call.get();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(most);
    return answer;
  }

  private void recovered(Reply started) {
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> api.start(quiz).status() == 201);
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> management.get("/health/readiness").status() == 200);
    var receipt =
        Awaitility.await().until(() -> api.submit(started, "{}"), reply -> reply.status() != 503);
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.text("state")).isEqualTo("submitted");
  }
}
