package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.awaitility.Awaitility;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;

/**
 * Clients that take attempts as fast as they can, on any of the nodes, and remember what they were
 * told. What fails they send again, as a browser does, until they are stopped.
 */
final class CrashLoad {
  static final int QUESTIONS = 10;
  private static final int CLIENTS = 12;
  private static final int SAVES = 8;

  private final List<Client> nodes;
  private final String quiz;
  private final Queue<Acknowledged> told = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private CrashLoad(List<Client> nodes, String quiz) {
    this.nodes = nodes;
    this.quiz = quiz;
  }

  static CrashLoad start(List<Client> nodes, String quiz, long seed) {
    var load = new CrashLoad(nodes, quiz);
    for (var i = 0; i < CLIENTS; i++) {
      var random = new Random(seed * CLIENTS + i);
      load.threads.add(Thread.ofPlatform().name("client-" + i).start(() -> load.run(random)));
    }
    return load;
  }

  /** A quiz for the load; everybody may take it as often as they like. */
  static String quiz(Client api) {
    return api.quiz(
        """
        {"title":"断电","sections":[{"type":"single","count":%d,"points":1}],"listed":false}\
        """
            .formatted(QUESTIONS));
  }

  /** How many are on the leaderboard. */
  static long total(Client api, String quiz) {
    return api.get("/api/quizzes/%s/leaderboard".formatted(quiz))
        .json()
        .get("total")
        .getLongValue();
  }

  /** Calls acknowledged so far. */
  int acknowledged() {
    return acknowledged.get();
  }

  /** Calls answered by a 503 so far. */
  int refused() {
    return refused.get();
  }

  /** Ends the calls, and returns what was told. */
  List<Acknowledged> stop() {
    stopped = true;
    threads.forEach(
        thread -> Awaitility.await().atMost(40, TimeUnit.SECONDS).until(() -> !thread.isAlive()));
    assertThat(wrong).isEmpty();
    return List.copyOf(told);
  }

  private void run(Random random) {
    while (!stopped) {
      var one = new Acknowledged();
      told.add(one);
      if (begin(one, random) && save(one, random) && random.nextInt(4) > 0) {
        one.submitting();
        call(random, api -> api.submit(one.reply(), "{}"), 200).ifPresent(one::receipt);
      }
    }
  }

  private boolean begin(Acknowledged one, Random random) {
    var started = call(random, api -> api.start(quiz, one.key, "王小明", "一"), 201, 200);
    started.ifPresent(one::started);
    return started.isPresent();
  }

  private boolean save(Acknowledged one, Random random) {
    for (var saves = random.nextInt(SAVES); saves > 0; saves--) {
      var number = 1 + random.nextInt(QUESTIONS);
      var body = one.response(random.nextInt(4), number);
      if (call(random, api -> api.save(one.reply(), number, body), 204).isEmpty()) {
        return false;
      }
      one.saved(number);
    }
    return true;
  }

  /** Sends until it is answered; empty where the load is stopped before. */
  private Optional<Reply> call(Random random, Function<Client, Reply> call, Integer... expected) {
    while (!stopped) {
      try {
        var answer = call.apply(nodes.get(random.nextInt(nodes.size())));
        if (List.of(expected).contains(answer.status())) {
          acknowledged.incrementAndGet();
          return Optional.of(answer);
        }
        if (answer.status() != 503 || answer.headers().get("retry-after") == null) {
          wrong.add(answer.status() + " " + answer.body());
          return Optional.empty();
        }
        refused.incrementAndGet();
      } catch (UncheckedIOException e) {
        // the connection is gone, and nobody knows what became of the call
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return Optional.empty();
  }

  /** Looks for everything that was acknowledged, and that nothing is there twice. */
  static void check(Client api, String quiz, Collection<Acknowledged> all, Set<String> before) {
    var acknowledged = all.stream().filter(Acknowledged::isAcknowledged).count();
    var inDoubt = all.stream().filter(Acknowledged::isInDoubt).count();
    assertThat(ended(api, quiz).size() - (long) before.size())
        .isBetween(acknowledged, acknowledged + inDoubt);
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var checks = all.stream().map(one -> threads.submit(() -> one.check(api, quiz))).toList();
      for (var check : checks) {
        try {
          check.get();
        } catch (ExecutionException e) {
          throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    var now = ended(api, quiz);
    var expected = new HashSet<>(before);
    all.forEach(one -> expected.add(one.id()));
    assertThat(now).isEqualTo(expected);
    Awaitility.await()
        .atMost(2, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(total(api, quiz)).isEqualTo(expected.size()));
  }

  /** The ended attempts of the quiz; each is its participant's first. */
  static Set<String> ended(Client api, String quiz) {
    var ids = new HashSet<String>();
    var after = "";
    while (true) {
      var page =
          api.get(
                  "/api/quizzes/%s/attempts?limit=1000%s".formatted(quiz, after),
                  TestService.editorToken())
              .json();
      for (var i = 0; i < page.size(); i++) {
        assertThat(page.get(i).get("number").getIntValue()).isEqualTo(1);
        assertThat(ids.add(page.get(i).get("id").getStringValue())).isTrue();
      }
      if (page.size() == 0) {
        return ids;
      }
      after = "&after=" + page.get(page.size() - 1).get("id").getStringValue();
    }
  }
}
