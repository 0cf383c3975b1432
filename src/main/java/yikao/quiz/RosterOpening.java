package yikao.quiz;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import yikao.access.Actor;
import yikao.db.Jobs;
import yikao.db.NodeClock;
import yikao.db.PeriodicTask;
import yikao.db.Transactions;

/** Orders that rosters be frozen whose quizzes have opened. */
@Singleton
final class RosterOpening implements PeriodicTask {
  private final Transactions transactions;
  private final Quizzes quizzes;
  private final Jobs jobs;
  private final RosterJob job;
  private final NodeClock clock;

  RosterOpening(
      Transactions transactions, Quizzes quizzes, Jobs jobs, RosterJob job, NodeClock clock) {
    this.transactions = transactions;
    this.quizzes = quizzes;
    this.jobs = jobs;
    this.job = job;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "rosters";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(1);
  }

  @Override
  public boolean isForOneNode() {
    return true;
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    for (var quizId : RosterStore.due(transactions.read(), clock.instant())) {
      if (mayGoOn.getAsBoolean()) {
        order(quizId);
      }
    }
  }

  private void order(long quizId) {
    transactions.write(dsl -> {
      if (RosterStore.isHeldUnsettled(dsl, quizId)) {
        var code = quizzes.code(dsl, quizId);
        RosterStore.settle(dsl, quizId, jobs.order(dsl, job, code, Actor.SYSTEM.code(), "", 0));
      }
      return quizId;
    });
  }
}
