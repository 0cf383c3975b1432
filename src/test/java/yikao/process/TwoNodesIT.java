package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.db.Postgres;

/** Two processes over one PostgreSQL are one service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TwoNodesIT {
  private static final int CALLERS = 8;

  private final List<ServiceProcess> nodes = new ArrayList<>();
  private Path bank;
  private Client one;
  private Client two;
  private String quiz;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    bank = copyOfTheBank(folder.resolve("bank"));
    var settings = new HashMap<String, String>();
    Postgres.database().forEach((name, value) -> settings.put(name, value.toString()));
    settings.put("yikao.bank", bank.toString());
    settings.put("yikao.secrets", TestService.secrets(folder).toString());
    for (var name : List.of("one", "two")) {
      nodes.add(ServiceProcess.start(folder.resolve(name), settings));
    }
    one = new Client(nodes.getFirst().uri());
    two = new Client(nodes.getLast().uri());
    quiz = CrashLoad.quiz(one);
  }

  @AfterAll
  void stop() {
    nodes.forEach(ServiceProcess::kill);
  }

  private static Path copyOfTheBank(Path to) throws IOException {
    var from = Path.of("question-bank");
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  /** What both nodes have to agree on within a second; a busy machine is given two. */
  private static ConditionFactory soon() {
    return Awaitility.await().atMost(Duration.ofSeconds(2)).pollInterval(Duration.ofMillis(50));
  }

  @Test
  @Order(1)
  void anyNode_takesAnyCall() {
    var started = one.start(quiz);
    var body = answer(started, 1);
    assertThat(two.save(started, 1, body).status()).isEqualTo(204);
    var resumed = one.get("/api/attempts/" + started.text("id"), started.text("token"));
    assertThat(resumed.json().get("saved").size()).isEqualTo(1);
    var receipt = two.submit(started, "{}");
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(one.submit(started, "{}").body()).isEqualTo(receipt.body());
    soon().until(() -> CrashLoad.total(one, quiz) == 1 && CrashLoad.total(two, quiz) == 1);
  }

  @Test
  @Order(1)
  void savesAtBothInTurn_areAllKept() {
    var started = one.start(quiz);
    for (var number = 1; number <= CrashLoad.QUESTIONS; number++) {
      for (var sequence = 1; sequence <= 2; sequence++) {
        var node = (number + sequence) % 2 == 0 ? one : two;
        var body =
            "{\"sequence\":%d,\"choices\":[\"%s\"]}"
                .formatted(sequence, Acknowledged.choice(started, number, 0));
        assertThat(node.save(started, number, body).status()).isEqualTo(204);
      }
    }
    var resumed = two.get("/api/attempts/" + started.text("id"), started.text("token"));
    var saved = resumed.json().get("saved");
    assertThat(saved.size()).isEqualTo(CrashLoad.QUESTIONS);
    for (var i = 0; i < saved.size(); i++) {
      assertThat(saved.get(i).get("sequence").getIntValue()).isEqualTo(2);
    }
  }

  @Test
  @Order(1)
  void tokenBeforeAResume_isDeadAtBoth() {
    var key = UUID.randomUUID().toString();
    var started = one.start(quiz, key, "王小明", "一");
    var body = answer(started, 1);
    assertThat(one.save(started, 1, body).status()).isEqualTo(204);
    var resumed = two.start(quiz, key, "王小明", "一");
    assertThat(resumed.status()).isEqualTo(200);
    var later = body.replace("\"sequence\":1", "\"sequence\":2");
    assertThat(one.save(started, 1, later).status()).isEqualTo(403);
    assertThat(two.save(started, 1, later).status()).isEqualTo(403);
    assertThat(one.submit(started, "{}").status()).isEqualTo(403);
    assertThat(one.save(resumed, 1, later).status()).isEqualTo(204);
  }

  @Test
  @Order(2)
  void sameStartOnBothAtOnce_isOneAttemptWithOneReceipt() throws Exception {
    for (var round = 0; round < 10; round++) {
      var key = UUID.randomUUID().toString();
      var started = atOnce(node -> node.start(quiz, key, "王小明", "一"));
      assertThat(started).extracting(Reply::status).containsOnly(200, 201);
      assertThat(started).filteredOn(reply -> reply.status() == 201).hasSize(1);
      assertThat(started)
          .extracting(reply -> reply.text("id"))
          .containsOnly(started.getFirst().text("id"));
      var resumed = one.start(quiz, key, "王小明", "一");
      var receipts = atOnce(node -> node.submit(resumed, "{}"));
      assertThat(receipts).extracting(Reply::status).containsOnly(200);
      assertThat(receipts).extracting(Reply::body).containsOnly(receipts.getFirst().body());
    }
  }

  /** Calls both nodes at the same moment, each several times. */
  private List<Reply> atOnce(Function<Client, Reply> call) throws Exception {
    try (var threads = Executors.newFixedThreadPool(CALLERS)) {
      var calls = new ArrayList<Callable<Reply>>();
      for (var i = 0; i < CALLERS; i++) {
        var node = i % 2 == 0 ? one : two;
        calls.add(() -> call.apply(node));
      }
      var replies = new ArrayList<Reply>();
      for (var reply : threads.invokeAll(calls)) {
        replies.add(reply.get());
      }
      return replies;
    }
  }

  @Test
  @Order(3)
  void editedQuiz_isNoticedByTheOther() {
    var path = "/api/quizzes/" + CrashLoad.quiz(one);
    assertThat(two.get(path).text("title")).isEqualTo("断电");
    var spec = "{\"title\":\"来电\",\"sections\":[{\"type\":\"single\",\"count\":10,\"points\":1}]}";
    assertThat(one.put(path, spec, TestService.editorToken()).status()).isEqualTo(200);
    soon().until(() -> two.get(path).text("title").equals("来电"));
  }

  @Test
  @Order(4)
  void loadedBank_isNoticedByTheOther() throws IOException {
    var before = two.get("/api/areas").body();
    retireSomeQuestions();
    assertThat(one.post("/api/bank/loads", "{}", TestService.editorToken()).status())
        .isEqualTo(200);
    var after = one.get("/api/areas").body();
    assertThat(after).isNotEqualTo(before);
    soon().until(() -> two.get("/api/areas").body().equals(after));
  }

  private void retireSomeQuestions() throws IOException {
    try (var files = Files.walk(bank)) {
      Files.delete(
          files
              .filter(f -> f.getNameCount() > bank.getNameCount() + 1)
              .filter(f -> f.toString().endsWith(".yaml"))
              .sorted()
              .findFirst()
              .orElseThrow());
    }
  }

  @Test
  @Order(5)
  void overdueAttempts_endOnce() {
    var closing =
        one.quiz(
            """
            {"title":"到点","sections":[{"type":"single","count":5,"points":1}],"graceSeconds":0,
             "closes":"%s","listed":false}\
            """
                .formatted(Instant.now().plusSeconds(4)));
    var ids = new HashSet<String>();
    for (var i = 0; i < 20; i++) {
      ids.add((i % 2 == 0 ? one : two).start(closing).text("id"));
    }
    Awaitility.await()
        .atMost(15, TimeUnit.SECONDS)
        .until(() -> CrashLoad.ended(two, closing).equals(ids));
    soon()
        .untilAsserted(() ->
            ids.forEach(
                id -> assertThat(lines("expired attempt=\"%s\"".formatted(id))).isEqualTo(1)));
    assertThat(lines("lease taken")).isPositive();
  }

  /** How often both nodes together have said it. */
  private long lines(String text) {
    return nodes.stream()
        .flatMap(node -> node.log().lines())
        .filter(line -> line.contains(text))
        .count();
  }

  /** What one has in memory is of before the extension. */
  @Test
  @Order(5)
  void extensionAtTheOther_reopensWithWhatWasSavedAtBoth() {
    var since = Instant.now();
    var closing =
        one.quiz(
            """
            {"title":"停电","sections":[{"type":"single","count":5,"points":1}],"graceSeconds":0,
             "closes":"%s","listed":false,"reveal":{"what":"score"}}\
            """
                .formatted(since.plusSeconds(4)));
    var started = one.start(closing);
    assertThat(two.save(started, 1, answer(started, 1)).status()).isEqualTo(204);
    Awaitility.await()
        .atMost(15, TimeUnit.SECONDS)
        .until(() -> CrashLoad.ended(two, closing).contains(started.text("id")));
    var extended =
        two.post(
            "/api/quizzes/%s/extensions".formatted(closing),
            "{\"minutes\":30,\"since\":\"%s\",\"extensions\":0,\"reason\":\"停电\"}".formatted(since),
            TestService.editorToken());
    assertThat(extended.status()).isEqualTo(200);
    assertThat(one.save(started, 2, answer(started, 2)).status()).isEqualTo(204);
    assertThat(two.save(started, 3, answer(started, 3)).status()).isEqualTo(204);
    var resumed = one.get("/api/attempts/" + started.text("id"), started.text("token"));
    assertThat(resumed.json().get("saved").size()).isEqualTo(3);
    assertThat(one.submit(started, "{}").status()).isEqualTo(200);
  }

  private static String answer(Reply started, int number) {
    return "{\"sequence\":1,\"choices\":[\"%s\"]}"
        .formatted(Acknowledged.choice(started, number, 0));
  }

  @Test
  @Order(6)
  void oneKilled_losesNothingAndTheOtherGoesOn() {
    var before = CrashLoad.ended(two, quiz);
    var load = CrashLoad.start(List.of(one, two), quiz, 6);
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> load.acknowledged() > 300);
    var sweeper = nodes.getFirst().log().contains("lease taken") ? 0 : 1;
    nodes.get(sweeper).kill();
    var survivor = nodes.get(1 - sweeper);
    var then = load.acknowledged();
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> load.acknowledged() > then + 300);
    CrashLoad.check(new Client(survivor.uri()), quiz, load.stop(), before);
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> survivor.log().contains("lease taken"));
  }
}
