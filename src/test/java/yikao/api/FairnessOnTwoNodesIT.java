package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.db.Postgres;
import yikao.db.TestClock;

/** What staff does at one node holds at the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FairnessOnTwoNodesIT {
  private TestService first;
  private TestService second;
  private Client here;
  private Client there;

  @BeforeAll
  void start() throws Exception {
    var settings = new HashMap<>(Postgres.database());
    settings.put("yikao.bank", new SmallBank().root().toString());
    settings.put("test.clock", "true");
    first = TestService.start(settings);
    second = TestService.start(settings);
    here = new Client(first.uri());
    there = new Client(second.uri());
  }

  @AfterAll
  void stop() {
    second.close();
    first.close();
  }

  /** Within a second; a busy machine is given two. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(2)).pollInterval(Duration.ofMillis(50));
  }

  private static void soon(ThrowingRunnable assertion) {
    soon().untilAsserted(assertion);
  }

  private Instant now() {
    return first.context().getBean(TestClock.class).instant();
  }

  private void forward(Duration by) {
    for (var node : List.of(first, second)) {
      node.context().getBean(TestClock.class).forward(by);
    }
  }

  /** A quiz that both nodes have in their caches. */
  private String quiz(String more) {
    var quiz = here.quiz(SmallBankContract.three(more));
    soon(() -> assertThat(there.get("/api/quizzes/" + quiz).status()).isEqualTo(200));
    return quiz;
  }

  private static Reply staff(Client node, String path, String body) {
    var reply = node.post(path, body, TestService.editorToken());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  private static Reply started(Client node, String quiz, String name) {
    var started = node.start(quiz, UUID.randomUUID().toString(), name, "第一支部");
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    return started;
  }

  private static Reply save(Client node, Reply started, int number) {
    return node.save(
        started, number, SmallBankContract.chosen(started, number, 1, SmallBank.RIGHT));
  }

  private static Instant deadline(Client node, Reply started) {
    var reply = node.get("/api/attempts/" + started.text("id"), started.text("token"));
    return Instant.parse(reply.text("deadline"));
  }

  private static List<String> rows(Client node, String quiz) {
    return SmallBankContract.rows(node.get("/api/quizzes/%s/leaderboard".formatted(quiz)));
  }

  @Test
  void closedAtOne_theOtherStartsNobody_andTellsWhoIsAnswering() {
    var quiz = quiz("");
    var started = started(there, quiz, "王小明");
    assertThat(save(there, started, 1).headers()).doesNotContainKey("yikao-deadline");
    staff(here, "/api/quizzes/%s/closing".formatted(quiz), "{\"revision\":1,\"reason\":\"清场\"}");
    var end = deadline(here, started);
    assertThat(deadline(there, started)).isEqualTo(end);
    assertThat(save(there, started, 2).headers().get("yikao-deadline"))
        .containsExactly(end.toString());
    forward(Duration.between(now(), end).plusSeconds(6));
    soon(() -> assertThat(there.start(quiz).problem()).isEqualTo("quiz-closed"));
    var late = save(there, started, 3);
    assertThat(late.status()).as(late.body()).isEqualTo(409);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(rows(there, quiz)).containsExactly("1 王*明 20"));
  }

  @Test
  void extendedAtOne_theOtherLetsAnswerAndStart() {
    var quiz = quiz("\"closes\":\"%s\"".formatted(now().plus(Duration.ofMinutes(10))));
    var started = started(there, quiz, "王小明");
    var old = deadline(there, started);
    save(there, started, 1);
    staff(
        here,
        "/api/quizzes/%s/extensions".formatted(quiz),
        "{\"minutes\":20,\"since\":\"%s\",\"extensions\":0,\"reason\":\"断网\"}".formatted(now()));
    assertThat(deadline(there, started)).isEqualTo(old.plus(Duration.ofMinutes(20)));
    forward(Duration.ofMinutes(15));
    assertThat(save(there, started, 2).status()).isEqualTo(204);
    soon().until(() -> there.start(quiz).status() == 201);
    assertThat(there.submit(started, "{}").number("score")).isEqualByComparingTo("20");
  }

  @Test
  void amendmentMadeAndWithdrawnAtOne_isShownAndCountsAtTheOther() {
    var quiz = quiz("");
    var started = started(there, quiz, "王小明");
    there.submit(started, "{}");
    var path = "/api/quizzes/%s/amendments".formatted(quiz);
    staff(
        here,
        path,
        "{\"question\":\"01-three-001\",\"voided\":\"full-points\",\"amendments\":0,\"reason\":\"有误\"}");
    soon(() -> assertThat(rows(there, quiz)).containsExactly("1 王*明 10"));
    soon(() -> assertThat(there.review(started).body()).contains("\"full-points\"", "有误"));
    staff(here, path + "/1/withdrawal", "{\"amendments\":1,\"reason\":\"无误\"}");
    var next = started(there, quiz, "李小红");
    assertThat(there.submit(next, "{}").number("score")).as("marked without it").isZero();
    assertThat(there.review(started).number("score")).isZero();
    soon(() ->
        assertThat(rows(there, quiz)).hasSize(2).allMatch(row -> row.endsWith(" 0"), "no points"));
    soon(() -> assertThat(there.review(started).body()).doesNotContain("有误"));
  }

  @Test
  void nameCorrectedAtOne_isTheNameAtTheOther() {
    var quiz = quiz("");
    var ended = started(there, quiz, "王晓明");
    there.submit(ended, "{}");
    var running = started(there, quiz, "李晓红");
    save(there, running, 1);
    soon(() -> assertThat(rows(here, quiz)).containsExactly("1 王*明 0"));
    for (var attempt : List.of(ended, running)) {
      staff(
          here,
          "/api/attempts/%s/corrections".formatted(attempt.text("id")),
          "{\"name\":\"赵大\",\"branch\":\"第二支部\",\"reason\":\"填错\",\"version\":0}");
    }
    assertThat(save(there, running, 2).status()).isEqualTo(204);
    assertThat(there.submit(running, "{}").number("score")).isEqualByComparingTo("20");
    soon(() -> assertThat(rows(there, quiz)).containsExactly("1 赵* 20", "2 赵* 0"));
    var branches = "/api/quizzes/%s/leaderboard?by=branch".formatted(quiz);
    soon(
        () -> assertThat(SmallBankContract.rows(there.get(branches))).containsExactly("1 第二支部 10"));
  }

  @Test
  void setAsideAtOne_isGoneAndMayStartAgainAtTheOther() {
    var quiz = quiz("\"tries\":1");
    var key = UUID.randomUUID().toString();
    var started = there.start(quiz, key, "王小明", "第一支部");
    there.submit(started, "{}");
    assertThat(there.start(quiz, key, "王小明", "第一支部").problem()).isEqualTo("no-tries-left");
    staff(here, "/api/attempts/%s/annulment".formatted(started.text("id")), "{\"reason\":\"停电\"}");
    soon(() -> assertThat(rows(there, quiz)).isEmpty());
    assertThat(there.start(quiz, key, "王小明", "第一支部").status()).isEqualTo(201);
  }

  @Test
  void markedAtOne_theOtherDoesNotOverwriteIt() {
    var quiz = here.quiz(SmallBankContract.spec(SmallBank.ESSAY, "essay", 1, 10, ""));
    var started = started(there, quiz, "王小明");
    there.submit(started, "{\"responses\":[{\"number\":1,\"sequence\":1,\"text\":[\"因为如此\"]}]}");
    var path = "/api/attempts/%s/marks/1".formatted(started.text("id"));
    var token = TestService.editorToken();
    assertThat(here.put(path, "{\"points\":8,\"version\":0}", token).status()).isEqualTo(200);
    assertThat(there.put(path, "{\"points\":2,\"version\":0}", token).status()).isEqualTo(412);
    assertThat(there.review(started).number("score")).isEqualByComparingTo("8");
  }

  @Test
  void answerSavedAtOne_theOtherTellsWhatIsStored() {
    var quiz = quiz("");
    var started = started(there, quiz, "王小明");
    assertThat(
            here.save(started, 1, SmallBankContract.chosen(started, 1, 5, SmallBank.RIGHT))
                .status())
        .isEqualTo(204);
    var stale = there.save(started, 1, SmallBankContract.chosen(started, 1, 3, SmallBank.WRONG));
    assertThat(stale.status()).as(stale.body()).isEqualTo(409);
    assertThat(stale.json().get("stored").get(0).get("sequence").getIntValue()).isEqualTo(5);
    assertThat(there.submit(started, "{}").number("score")).isEqualByComparingTo("10");
  }
}
