package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.db.Postgres;
import yikao.process.DatabaseProxy.Cut;

/** The connection to PostgreSQL is lost at a commit: nobody is told what is not known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommitLostIT {
  private DatabaseProxy proxy;
  private TestService service;
  private Client api;
  private String quiz;

  @BeforeAll
  void start() throws Exception {
    proxy = new DatabaseProxy(Postgres.port());
    service = TestService.start(Postgres.through(proxy.port(), Postgres.database()));
    api = new Client(service.uri());
    quiz = CrashLoad.quiz(api);
  }

  @AfterAll
  void stop() throws Exception {
    service.close();
    proxy.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void commitLost_isSaidAndARetryIsSafe(Cut where) {
    var key = UUID.randomUUID().toString();
    var board = "/api/quizzes/%s/leaderboard".formatted(quiz);
    var before = again(() -> api.get(board)).json().get("total").getIntValue();

    Supplier<Reply> start = () -> api.start(quiz, key, "王小明", "一");
    unknown(where, start);
    var started = again(start);
    assertThat(started.status()).isEqualTo(where == Cut.AFTER_COMMIT ? 200 : 201);
    assertThat(started.text("number")).isEqualTo("1");

    var choice = Acknowledged.choice(started, 1, 0);
    Supplier<Reply> save =
        () -> api.save(started, 1, "{\"sequence\":1,\"choices\":[\"%s\"]}".formatted(choice));
    unknown(where, save);
    Supplier<Reply> view =
        () -> api.get("/api/attempts/" + started.text("id"), started.text("token"));
    assertThat(again(view).json().get("saved").size()).isEqualTo(where == Cut.AFTER_COMMIT ? 1 : 0);
    assertThat(again(save).status()).isEqualTo(204);

    Supplier<Reply> submit = () -> api.submit(started, "{}");
    unknown(where, submit);
    var receipt = again(submit);
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(again(submit).body()).isEqualTo(receipt.body());
    Awaitility.await()
        .until(() -> again(() -> api.get(board)).json().get("total").getIntValue() == before + 1);
  }

  @Test
  void silentConnection_keepsNobodyForEver() {
    proxy.cut(Cut.SILENT);
    try {
      var since = System.nanoTime();
      var answer = api.start(quiz);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.problem()).isIn("database-disconnected", "unknown-outcome");
      assertThat((System.nanoTime() - since) / 1_000_000_000).isLessThan(20);
    } finally {
      proxy.cut(Cut.NEVER);
    }
    Awaitility.await().until(() -> api.start(quiz).status() == 201);
  }

  private void unknown(Cut where, Supplier<Reply> call) {
    proxy.cut(where);
    try {
      var answer = call.get();
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.problem()).isEqualTo("unknown-outcome");
      assertThat(answer.headers()).containsKey("retry-after");
    } finally {
      proxy.cut(Cut.NEVER);
    }
  }

  /** As a client does that was told to try again. */
  private static Reply again(Supplier<Reply> call) {
    return Awaitility.await().until(call::get, answer -> answer.status() != 503);
  }
}
