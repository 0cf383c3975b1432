package yikao.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import yikao.load.Tally.Call;

/**
 * Everybody within a moment: calls are due at times fixed beforehand, whether or not earlier ones
 * are answered, and their time counts from when they were due.
 */
final class Rush {
  private final Options options;
  private final String quiz;
  private final Keys keys;
  private final int participants;
  private final AtomicInteger next = new AtomicInteger();
  private final List<Plan> plans = new ArrayList<>();
  private double seconds;

  Rush(Options options, String quiz, Keys keys) {
    this.options = options;
    this.quiz = quiz;
    this.keys = keys;
    this.participants = options.number("participants", 2_000);
  }

  /** What one thread does for the participant of this number, due at this time. */
  private interface Step {
    void run(Client client, int participant, long due, Tally tally) throws IOException;
  }

  /** All start within the time. */
  Tally starts(Measured measured) throws InterruptedException {
    return within(this::start, measured);
  }

  /** All hand in within the time; they start beforehand, at leisure. */
  Tally submissions(Measured measured) throws IOException, InterruptedException {
    try (var client = new Client(options.address(), 5)) {
      var scratch = new Request();
      for (var i = 0; i < participants; i++) {
        if (client.start(quiz, Names.next()) != 201) {
          throw new IllegalStateException(client.body());
        }
        plans.add(Plan.of(client.paper(), keys, scratch, false, client.random()));
      }
    }
    return within(this::submit, measured);
  }

  /** From when the first call was due until the last was answered. */
  double seconds() {
    return seconds;
  }

  private void start(Client client, int participant, long due, Tally tally) throws IOException {
    var status = client.start(quiz, Names.next());
    if (status == 201) {
      tally.latency(Call.START, System.nanoTime() - due);
    } else {
      tally.error(status, client.body());
    }
  }

  private void submit(Client client, int participant, long due, Tally tally) throws IOException {
    var plan = plans.get(participant);
    var status = client.submit(plan.id(), plan.token(), plan.submission());
    if (status != 200) {
      tally.error(status, client.body());
      return;
    }
    tally.latency(Call.SUBMIT, System.nanoTime() - due);
    tally.attempts++;
    if (!plan.earns(client.score())) {
      tally.wrong("expected " + plan.expected() + ": " + client.body());
    }
  }

  private Tally within(Step step, Measured measured) throws InterruptedException {
    var connections = Math.min(participants, options.number("connections", 500));
    var tallies = new ArrayList<Tally>();
    var threads = new ArrayList<Thread>();
    var over = options.seconds("over", 1).toNanos();
    var begin = System.nanoTime() + 2_000_000_000L;
    for (var i = 0; i < connections; i++) {
      var tally = new Tally();
      var client = new Client(options.address(), 1_000 + i);
      tallies.add(tally);
      threads.add(Thread.ofPlatform().start(() -> work(client, step, begin, over, tally)));
    }
    Measured.await(begin);
    measured.begin();
    for (var thread : threads) {
      thread.join();
    }
    seconds = (System.nanoTime() - begin) / 1e9;
    measured.end();
    var all = new Tally();
    tallies.forEach(all::add);
    return all;
  }

  private void work(Client client, Step step, long begin, long over, Tally tally) {
    try (client) {
      client.open();
      for (int i = next.getAndIncrement(); i < participants; i = next.getAndIncrement()) {
        var due = begin + over * i / participants;
        Measured.await(due);
        step.run(client, i, due, tally);
      }
    } catch (IOException | RuntimeException e) {
      tally.error(0, e.toString());
    }
  }
}
