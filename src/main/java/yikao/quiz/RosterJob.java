package yikao.quiz;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.db.NodeClock;
import yikao.org.Organisations;

/**
 * Freezes a roster, some thousand members at a time in the order of their identities: each comes
 * once, with where the person is at that moment.
 */
@Singleton
final class RosterJob implements JobKind {
  private static final int AT_ONCE = 2_000;

  private final Quizzes quizzes;
  private final Organisations organisations;
  private final Rosters rosters;
  private final NodeClock clock;

  RosterJob(Quizzes quizzes, Organisations organisations, Rosters rosters, NodeClock clock) {
    this.quizzes = quizzes;
    this.organisations = organisations;
    this.rosters = rosters;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "roster";
  }

  @Override
  public Job.Step step(DSLContext dsl, Job job) {
    var quiz = quizzes.current(dsl, job.subject());
    var now = clock.instant();
    var after =
        job.progress().isEmpty()
            ? Optional.<UUID>empty()
            : Optional.of(UUID.fromString(job.progress()));
    var end = RosterStore.end(dsl, after, AT_ONCE);
    var rule = quiz.entrance().roster();
    if (end.isEmpty() || rule.isEmpty()) {
      RosterStore.frozen(dsl, quiz.id(), now);
      rosters.tell(dsl, quiz.id(), Optional.empty());
      return new Job.Step(job.progress(), 0, true);
    }
    var which =
        Rosters.organisations(rule.get(), organisations.tree())
            .map(RosterStore::isIn)
            .orElseGet(DSL::noCondition)
            .and(RosterStore.between(after, end.get()));
    var added = RosterStore.freeze(dsl, quiz.id(), which, rule.get().states(), now);
    return new Job.Step(end.get().toString(), added, false);
  }
}
