package yikao.remark;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.attempt.Attempt;
import yikao.attempt.ParticipantErasure;
import yikao.org.MemberTraces;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;

/** What attempts keep about a member: which quizzes the person took, when, and with what score. */
@Singleton
final class AttemptTraces implements MemberTraces {
  private final ParticipantErasure participants;
  private final Quizzes quizzes;

  AttemptTraces(ParticipantErasure participants, Quizzes quizzes) {
    this.participants = participants;
    this.quizzes = quizzes;
  }

  @Override
  public List<Trace> of(DSLContext dsl, UUID member) {
    return participants.attempts(dsl, member).stream().map(this::trace).toList();
  }

  private Trace trace(Attempt attempt) {
    var quiz = quizzes.get(attempt.quizId(), attempt.origin().quizRevision());
    var score =
        attempt
            .result()
            .map(r ->
                " " + Points.text(r.score().points()) + "/" + Points.text(r.score().maximum()));
    return new Trace(
        "attempt",
        quiz.title(),
        attempt.startedAt(),
        attempt.state().code() + score.orElse("") + (attempt.isOnPaper() ? " on-paper" : ""));
  }

  @Override
  public void erase(DSLContext transaction, UUID member, Instant now) {
    participants.erase(transaction, member);
  }
}
