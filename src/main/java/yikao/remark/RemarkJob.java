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
  private final PersonMarkStore marks;
  private final JobJson json;

  RemarkJob(
      Quizzes quizzes,
      Amendments amendments,
      AttemptChanges changes,
      PersonMarkStore marks,
      JobJson json) {
    this.quizzes = quizzes;
    this.amendments = amendments;
    this.changes = changes;
    this.marks = marks;
    this.json = json;
  }

  @Override
  public String name() {
    return "remark";
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var quiz = quizzes.current(transaction, job.subject());
    var all = amendments.of(transaction, quiz.id());
    var behind = changes.behind(transaction, quiz.id(), all.size(), STEP);
    var remarks =
        changes.mark(
            transaction,
            quiz,
            behind,
            all,
            id -> marks.of(transaction, id),
            attempt -> attempt.result().orElseThrow().amendments() < all.size());
    var differences =
        json.read(job.progress(), Differences.none(all.size()), Differences.class)
            .plus(remarks, Optional.empty());
    return new Job.Step(json.write(differences), remarks.size(), behind.size() < STEP);
  }
}
