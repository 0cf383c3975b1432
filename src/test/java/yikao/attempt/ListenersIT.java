package yikao.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Answers;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.attempt.Witnesses.Failing;
import yikao.bank.Bank;
import yikao.db.TestClock;

/** Listeners write in the transaction of what has happened, or nothing of it is stored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListenersIT {
  private static final String SPEC =
      """
      {"title":"旁听","sections":[{"type":"single","count":1,"points":10}],"listed":false}\
      """;
  private static final String BAD = "坏";

  private TestService service;
  private Client api;
  private Answers answers;
  private TestClock clock;
  private Failing failing;

  @BeforeAll
  void start() {
    service = Witnesses.start(Map.of("test.clock", "true"));
    api = new Client(service.uri());
    answers = new Answers(service.context().getBean(Bank.class));
    clock = service.context().getBean(TestClock.class);
    failing = service.context().getBean(Failing.class);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Reply start(String quiz, String name) {
    return api.start(quiz, UUID.randomUUID().toString(), name, "一");
  }

  /** Both listeners have written the same, in their order, event by event. */
  private void assertWitnessed(Reply started, String... lines) {
    var expected = new ArrayList<String>();
    for (var line : lines) {
      expected.add("sooner " + line);
      expected.add("later " + line);
    }
    assertThat(Witnesses.about(service, started.text("id"))).isEqualTo(expected);
  }

  @Test
  void startedEndedAndRemarked_areWrittenByEveryListener() {
    var quiz = api.quiz(SPEC);
    var started = start(quiz, "甲");
    assertWitnessed(started, "Started 甲 %s -".formatted(quiz));
    api.submit(started, "{}");
    var ended = "Ended 甲 %s 0.000/10.000".formatted(quiz);
    assertWitnessed(started, "Started 甲 %s -".formatted(quiz), ended);
    var question = answers.question(started.json().get("questions").get(0));
    var amended =
        api.post(
            "/api/quizzes/%s/amendments".formatted(quiz),
            "{\"question\":\"%s\",\"voided\":\"full-points\",\"amendments\":0,\"reason\":\"作废\"}"
                .formatted(question.id()),
            TestService.editorToken());
    assertThat(amended.status()).as(amended.body()).isEqualTo(200);
    assertWitnessed(
        started,
        "Started 甲 %s -".formatted(quiz),
        ended,
        "Remarked 甲 %s 0.000/10.000>10.000/10.000".formatted(quiz));
  }

  @Test
  void reopened_isWrittenWithTheMarksThatAreGone() {
    var quiz =
        api.quiz(
            SPEC.replace(
                "{\"title\"",
                "{\"timeLimitMinutes\":10,\"reveal\":{\"what\":\"score\"},\"title\""));
    var started = start(quiz, "乙");
    var right = answers.right(started.json().get("questions").get(0));
    api.save(started, 1, "{\"sequence\":1,%s}".formatted(right));
    var outage = clock.instant();
    clock.forward(Duration.ofMinutes(11));
    assertThat(api.submit(started, "{}").text("state")).isEqualTo("expired");
    var extended =
        api.post(
            "/api/quizzes/%s/extensions".formatted(quiz),
            "{\"minutes\":30,\"since\":\"%s\",\"extensions\":0,\"reason\":\"停电\"}"
                .formatted(outage),
            TestService.editorToken());
    assertThat(extended.status()).as(extended.body()).isEqualTo(200);
    assertWitnessed(
        started,
        "Started 乙 %s -".formatted(quiz),
        "Ended 乙 %s 10.000/10.000".formatted(quiz),
        "Reopened 乙 %s 10.000/10.000>-".formatted(quiz));
  }

  @Test
  void listenerFailsOnOnesStart_nothingOfItIsStoredAndOthersAreNotHarmed() throws Exception {
    var quiz = api.quiz(SPEC);
    failing.bad = e -> e.participant().name().equals(BAD);
    try {
      var key = UUID.randomUUID().toString();
      var replies =
          inOneGroup(
              quiz,
              names(),
              name ->
                  api.start(
                      quiz, name.equals(BAD) ? key : UUID.randomUUID().toString(), name, "一"));
      assertThat(replies.remove(BAD).status()).isEqualTo(500);
      assertThat(replies.values()).extracting(Reply::status).containsOnly(201);
      replies.forEach((name, r) -> assertWitnessed(r, "Started %s %s -".formatted(name, quiz)));
      failing.bad = _ -> false;
      var again = api.start(quiz, key, BAD, "一");
      assertThat(again.status()).as("not the running one: there is none").isEqualTo(201);
      assertThat(again.json().get("number").getIntValue()).isEqualTo(1);
      assertWitnessed(again, "Started %s %s -".formatted(BAD, quiz));
    } finally {
      failing.bad = _ -> false;
    }
  }

  @Test
  void listenerFailsOnOnesEnd_itIsNotEndedNorRankedAndOthersAreNotHarmed() throws Exception {
    var quiz = api.quiz(SPEC);
    var running = new HashMap<String, Reply>();
    names().forEach(name -> running.put(name, start(quiz, name)));
    failing.bad = e -> e.participant().name().equals(BAD);
    try {
      var bad = running.get(BAD);
      var receipts =
          inOneGroup(
              quiz,
              names(),
              name -> {
                var started = running.get(name);
                return api.submit(started, answers.allRight(started.json()));
              });
      assertThat(receipts.remove(BAD).status()).isEqualTo(500);
      assertThat(receipts.values()).extracting(Reply::status).containsOnly(200);
      var shown = api.get("/api/attempts/" + bad.text("id"), bad.text("token"));
      assertThat(shown.text("state")).isEqualTo("running");
      assertThat(shown.json().get("saved").size()).isZero();
      assertWitnessed(bad, "Started %s %s -".formatted(BAD, quiz));
      assertThat(total(quiz)).isEqualTo(names().size() - 1);
      receipts
          .keySet()
          .forEach(name ->
              assertWitnessed(
                  running.get(name),
                  "Started %s %s -".formatted(name, quiz),
                  "Ended %s %s 10.000/10.000".formatted(name, quiz)));
      failing.bad = _ -> false;
      assertThat(api.submit(bad, answers.allRight(bad.json())).status()).isEqualTo(200);
      assertThat(total(quiz)).isEqualTo(names().size());
    } finally {
      failing.bad = _ -> false;
    }
  }

  private int total(String quiz) {
    return api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json().get("total").getIntValue();
  }

  private static List<String> names() {
    return List.of("一一", "二二", "三三", BAD, "四四", "五五");
  }

  /** Makes a call for each while a group is held, so that they come into the next one together. */
  private Map<String, Reply> inOneGroup(
      String quiz, List<String> names, Function<String, Reply> call) throws Exception {
    var gate = "门" + UUID.randomUUID().toString().substring(0, 8);
    failing.together.clear();
    failing.holding = new CountDownLatch(1);
    failing.held = e -> e.participant().name().equals(gate);
    try (var threads = Executors.newCachedThreadPool()) {
      var first = threads.submit(() -> start(quiz, gate));
      var replies = together(threads, names, call);
      assertThat(first.get().status()).isEqualTo(201);
      assertThat(failing.together).containsExactlyInAnyOrderElementsOf(names);
      return replies;
    } finally {
      failing.holding.countDown();
      failing.held = _ -> false;
    }
  }

  private Map<String, Reply> together(
      ExecutorService threads, List<String> names, Function<String, Reply> call)
      throws InterruptedException, ExecutionException {
    await().atMost(Duration.ofSeconds(20)).until(() -> failing.isHolding());
    var calls = new LinkedHashMap<String, Future<Reply>>();
    names.forEach(name -> calls.put(name, threads.submit(() -> call.apply(name))));
    await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == names.size());
    failing.holding.countDown();
    var replies = new HashMap<String, Reply>();
    for (var entry : calls.entrySet()) {
      replies.put(entry.getKey(), entry.getValue().get());
    }
    return replies;
  }

  /** How many commands wait for their group. */
  private double waiting() {
    return service.context().getBean(MeterRegistry.class).get("yikao.queue.length").gauge().value();
  }
}
