package yikao.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/**
 * A flood far beyond the queue, against a service started with a small one: refusals must be quick,
 * say when to come again, and leave nothing half-done.
 */
final class Overload {
  private static final int NANOS_OF_A_MILLI = 1_000_000;

  private final Options options;
  private final String quiz;
  private final Keys keys;
  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final List<String> broken = new ArrayList<>();

  /**
   * What one participant was told in the flood.
   *
   * @param plan null where the start was refused
   * @param submitted whether a receipt came
   */
  private record Seen(String key, Plan plan, boolean submitted) {}

  /** What one thread has counted. */
  private static final class Counts {
    final Latencies refusals = new Latencies();
    final Latencies granted = new Latencies();
    long withoutRetryAfter;
    long others;
    String first = "";
  }

  Overload(Options options, String quiz, Keys keys) {
    this.options = options;
    this.quiz = quiz;
    this.keys = keys;
  }

  /** Floods and then looks at everything; whether all was kept. */
  boolean run(Measured measured) throws IOException, InterruptedException {
    var counts = flood(measured);
    say(counts);
    check(counts.granted.count() > 0 && counts.refusals.count() > 0, "no flood: use a small queue");
    check(counts.withoutRetryAfter == 0, "a 503 without Retry-After");
    check(counts.others == 0, "neither granted nor 503: " + counts.first);
    check(counts.refusals.millis(0.99) <= 100, "1 in 100 refusals took more than 100 ms");
    try (var client = new Client(options.address(), 7)) {
      lookAtAll(client);
    }
    broken.forEach(text -> Report.say("BROKEN: %s", text));
    Report.say(
        "{\"mode\":\"overload\",\"granted\":%d,\"refused\":%d,\"refusalP99\":%.1f,\"broken\":%d}",
        counts.granted.count(),
        counts.refusals.count(),
        counts.refusals.millis(0.99),
        broken.size());
    return broken.isEmpty();
  }

  private Counts flood(Measured measured) throws InterruptedException {
    var end = System.nanoTime() + options.seconds("seconds", 10).toNanos();
    var counts = new ArrayList<Counts>();
    var threads = new ArrayList<Thread>();
    measured.begin();
    for (var i = 0; i < options.number("connections", 400); i++) {
      var own = new Counts();
      var client = new Client(options.address(), 2_000 + i);
      counts.add(own);
      threads.add(Thread.ofPlatform().start(() -> participants(client, end, own)));
    }
    for (var thread : threads) {
      thread.join();
    }
    measured.end();
    var all = new Counts();
    for (var own : counts) {
      all.refusals.add(own.refusals);
      all.granted.add(own.granted);
      all.withoutRetryAfter += own.withoutRetryAfter;
      all.others += own.others;
      all.first = all.first.isEmpty() ? own.first : all.first;
    }
    return all;
  }

  private void participants(Client client, long end, Counts counts) {
    var scratch = new Request();
    try (client) {
      client.open();
      while (System.nanoTime() < end) {
        var key = Names.next();
        try {
          participant(client, key, scratch, counts);
        } catch (IOException | RuntimeException e) {
          counts.others++;
          counts.first = e.toString();
        }
      }
    } catch (IOException e) {
      counts.others++;
      counts.first = e.toString();
    }
  }

  private void participant(Client client, String key, Request scratch, Counts counts)
      throws IOException {
    var began = System.nanoTime();
    if (!granted(client, client.start(quiz, key), began, counts)) {
      seen.add(new Seen(key, null, false));
      Measured.await(System.nanoTime() + 10L * NANOS_OF_A_MILLI);
      return;
    }
    var plan = Plan.of(client.paper(), keys, scratch, false, client.random());
    began = System.nanoTime();
    var status = client.submit(plan.id(), plan.token(), plan.submission());
    var submitted = granted(client, status, began, counts);
    if (submitted && !plan.earns(client.score())) {
      counts.others++;
      counts.first = "expected " + plan.expected() + ": " + client.body();
    }
    seen.add(new Seen(key, plan, submitted));
  }

  private static boolean granted(Client client, int status, long began, Counts counts) {
    var took = System.nanoTime() - began;
    if (status == 200 || status == 201) {
      counts.granted.record(took);
      return true;
    }
    if (status == 503) {
      counts.refusals.record(took);
      counts.withoutRetryAfter += client.retryAfter() ? 0 : 1;
    } else {
      counts.others++;
      counts.first = status + " " + client.body();
    }
    return false;
  }

  /** Each acknowledged attempt is there, each refused call can be made again. */
  private void lookAtAll(Client client) throws IOException {
    var found = 0;
    var leftOver = 0;
    var submitted = 0;
    for (var one : seen) {
      if (one.plan() == null) {
        leftOver += startAgain(client, one.key());
      } else {
        found++;
        submitted += lookAt(client, one);
      }
    }
    Report.say(
        "%d acknowledged starts looked for, %d refused starts made again (%d had left an attempt)",
        found, seen.size() - found, leftOver);
    check(ranks(client, submitted), "leaderboard, not %d: %s".formatted(submitted, client.body()));
  }

  /** Whether the leaderboard comes to have so many within 5 s. */
  private boolean ranks(Client client, int results) throws IOException {
    var path = "/api/quizzes/%s/leaderboard?limit=1".formatted(quiz);
    var wanted = Pattern.compile("\"total\":%d\\b".formatted(results));
    for (var i = 0; i < 50; i++) {
      if (client.call("GET", path, "", new byte[0]) == 200
          && wanted.matcher(client.body()).find()) {
        return true;
      }
      Measured.await(System.nanoTime() + 100L * NANOS_OF_A_MILLI);
    }
    return false;
  }

  /** 1 where the refused start had left an attempt. */
  private int startAgain(Client client, String key) throws IOException {
    var first = client.start(quiz, key);
    var id = client.paper().id();
    var second = client.start(quiz, key);
    var same = id.equals(client.paper().id());
    check(first == 201 || first == 200, "a refused start, made again: " + first);
    check(second == 200 && same, "started twice, two attempts: " + second);
    return first == 200 ? 1 : 0;
  }

  private int lookAt(Client client, Seen one) throws IOException {
    var plan = one.plan();
    var status = client.attempt(plan.id(), plan.token());
    check(status == 200, "an acknowledged attempt is gone: " + status);
    var state = client.paper().state();
    check(state.equals("submitted") || !one.submitted(), "a receipt, but " + state);
    var again = client.submit(plan.id(), plan.token(), plan.submission());
    check(again == 200 && plan.earns(client.score()), "handed in again: " + again);
    return 1;
  }

  private void check(boolean kept, String otherwise) {
    if (!kept && broken.size() < 20) {
      broken.add(otherwise);
    }
  }

  private static void say(Counts counts) {
    Report.say(
        "granted %d (p99 %.1f ms), refused %d: p50 %.1f p99 %.1f max %.1f ms",
        counts.granted.count(),
        counts.granted.millis(0.99),
        counts.refusals.count(),
        counts.refusals.millis(0.5),
        counts.refusals.millis(0.99),
        counts.refusals.maxMillis());
  }
}
