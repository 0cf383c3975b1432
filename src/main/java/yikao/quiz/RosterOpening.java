package yikao.quiz;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import yikao.access.Actor;
import yikao.db.Jobs;
import yikao.db.NodeClock;
import yikao.db.PeriodicTask;
import yikao.db.Transactions;

/** Orders that rosters be frozen whose quizzes have opened, and begins with it. */
@Singleton
final class RosterOpening implements PeriodicTask {
  /** A roster of usual size is frozen within it; a large one is left to the background. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final Transactions transactions;
  private final Quizzes quizzes;
  private final Jobs jobs;
  private final RosterJob job;
  private final NodeClock clock;
  private final Duration interval;

  RosterOpening(
      Transactions transactions,
      Quizzes quizzes,
      Jobs jobs,
      RosterJob job,
      NodeClock clock,
      @Value("${yikao.sweep}") Duration interval) {
    this.transactions = transactions;
    this.quizzes = quizzes;
    this.jobs = jobs;
    this.job = job;
    this.clock = clock;
    this.interval = interval;
  }

  @Override
  public String name() {
    return "rosters";
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public boolean isForOneNode() {
    return true;
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    for (var quizId : RosterStore.due(transactions.read(), clock.instant())) {
      if (mayGoOn.getAsBoolean()) {
        order(quizId).ifPresent(id -> jobs.run(id, AT_ONCE));
      }
    }
  }

  private Optional<UUID> order(long quizId) {
    return transactions.write(dsl -> {
      if (!RosterStore.isHeldUnsettled(dsl, quizId)) {
        return Optional.empty();
      }
      var code = quizzes.code(dsl, quizId);
      var ordered = jobs.order(dsl, job, code, Actor.SYSTEM.code(), "", 0);
      RosterStore.settle(dsl, quizId, ordered);
      return Optional.of(ordered);
    });
  }
}
