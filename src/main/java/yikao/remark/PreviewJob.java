package yikao.remark;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.attempt.Amended;
import yikao.attempt.Amendments;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptChanges;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.quiz.Quizzes;
import yikao.scoring.Amendment;

/** Looks at what an amendment would change, and changes nothing. */
@Singleton
final class PreviewJob implements JobKind {
  private static final int STEP = 200;
  private final Quizzes quizzes;
  private final Amendments amendments;
  private final RemarkSeal seal;
  private final AttemptChanges changes;
  private final JobJson json;

  PreviewJob(
      Quizzes quizzes,
      Amendments amendments,
      RemarkSeal seal,
      AttemptChanges changes,
      JobJson json) {
    this.quizzes = quizzes;
    this.amendments = amendments;
    this.seal = seal;
    this.changes = changes;
    this.json = json;
  }

  /** The amendment that is looked at, sealed. */
  @Serdeable
  record Arguments(String question, String content) {}

  String arguments(Amendment amendment) {
    return json.write(new Arguments(amendment.questionId(), seal.seal(amendment)));
  }

  @Override
  public String name() {
    return "amendment-preview";
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var quiz = quizzes.current(transaction, job.subject());
    var before = json.read(job.progress(), start(quiz.changes().amendments()), Differences.class);
    var count = quiz.changes().amendments();
    var all = new ArrayList<>(amendments.amended(transaction, quiz.id(), count).inForce());
    var arguments = json.read(job.arguments(), Arguments.class);
    all.add(seal.amendment(arguments.question(), arguments.content()));
    var ended =
        changes.ended(transaction, quiz.id(), Optional.ofNullable(before.after()), false, STEP);
    var looked = changes.preview(transaction, ended, new Amended(all, count + 1));
    var isLast = ended.size() < STEP;
    var last = isLast ? Optional.<UUID>empty() : Optional.of(ended.getLast()).map(Attempt::id);
    return new Job.Step(json.write(before.plus(looked, last)), looked.size(), isLast);
  }

  private static Differences start(int amendments) {
    return Differences.none(amendments);
  }
}
