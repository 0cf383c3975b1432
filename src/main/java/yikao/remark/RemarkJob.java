package yikao.remark;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jooq.DSLContext;
import yikao.attempt.Amendments;
import yikao.attempt.AttemptChanges;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.quiz.Quizzes;

/**
 * Marks every ended attempt of a quiz again whose marking knows fewer amendments than there are.
 * None can come later: who ends one holds the quiz, and so does who amends it.
 */
@Singleton
final class RemarkJob implements JobKind {
  private static final int STEP = 200;
  private final Quizzes quizzes;
  private final Amendments amendments;
  private final AttemptChanges changes;
  private final JobJson json;

  RemarkJob(Quizzes quizzes, Amendments amendments, AttemptChanges changes, JobJson json) {
    this.quizzes = quizzes;
    this.amendments = amendments;
    this.changes = changes;
    this.json = json;
  }

  @Override
  public String name() {
    return "remark";
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var quiz = quizzes.current(transaction, job.subject());
    var count = quiz.changes().amendments();
    var behind = changes.behind(transaction, quiz.id(), count, STEP);
    var remarks =
        changes.mark(
            transaction,
            quiz,
            behind,
            amendments.amended(transaction, quiz.id(), count),
            attempt -> attempt.result().orElseThrow().amendments() < count);
    var differences =
        json.read(job.progress(), Differences.none(count), Differences.class)
            .plus(remarks, Optional.empty());
    return new Job.Step(json.write(differences), remarks.size(), behind.size() < STEP);
  }
}
