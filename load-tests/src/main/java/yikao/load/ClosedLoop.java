package yikao.load;

import java.io.IOException;
import yikao.load.Tally.Call;

/**
 * One connection's participants, one after the other without a pause: each starts, saves where that
 * is wanted, and hands in.
 */
final class ClosedLoop implements Runnable {
  private final Client client;
  private final String quiz;
  private final Keys keys;
  private final boolean saves;
  private final Phase phase;
  private final Tally tally = new Tally();
  private final Request scratch = new Request();

  ClosedLoop(Client client, String quiz, Keys keys, boolean saves, Phase phase) {
    this.client = client;
    this.quiz = quiz;
    this.keys = keys;
    this.saves = saves;
    this.phase = phase;
  }

  /** Read it when the thread has ended. */
  Tally tally() {
    return tally;
  }

  @Override
  public void run() {
    while (phase.admits(System.nanoTime())) {
      try {
        attempt();
      } catch (IOException | RuntimeException e) {
        tally.error(0, e.toString());
      }
    }
    client.close();
  }

  private void attempt() throws IOException {
    var began = System.nanoTime();
    var status = client.start(quiz, Names.next());
    if (!ended(Call.START, began, status, 201)) {
      return;
    }
    var plan = Plan.of(client.paper(), keys, scratch, saves, client.random());
    if (saves && !save(plan)) {
      return;
    }
    began = System.nanoTime();
    status = client.submit(plan.id(), plan.token(), plan.submission());
    if (ended(Call.SUBMIT, began, status, 200)) {
      check(plan);
    }
  }

  private boolean save(Plan plan) throws IOException {
    for (var q = 0; q < plan.responses().length; q++) {
      var began = System.nanoTime();
      var status = client.save(plan.id(), plan.token(), q + 1, plan.responses()[q]);
      if (!ended(Call.SAVE, began, status, 204)) {
        return false;
      }
    }
    return true;
  }

  private boolean ended(Call call, long began, int status, int wanted) {
    var now = System.nanoTime();
    if (status != wanted) {
      tally.error(status, "%s: %d %s".formatted(call, status, client.body()));
      return false;
    }
    if (phase.measures(now)) {
      tally.latency(call, now - began);
    }
    return true;
  }

  private void check(Plan plan) {
    var score = client.score();
    if (!plan.earns(score)) {
      tally.wrong("score %s, expected %s: %s".formatted(score, plan.expected(), client.body()));
    }
    if (phase.measures(System.nanoTime())) {
      tally.attempts++;
    }
  }
}
