package yikao.remark;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.attempt.AttemptChanges;
import yikao.bank.Bank;
import yikao.db.Jobs;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.question.Key;
import yikao.question.Question;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.scoring.Amendment;
import yikao.web.Problem;

/** A question voided, or another key accepted, for a whole quiz: looked at first, then ordered. */
@Singleton
final class Amending {
  private static final Logger LOG = LoggerFactory.getLogger(Amending.class);
  private final Transactions transactions;
  private final AmendmentStore store;
  private final AttemptChanges changes;
  private final Jobs jobs;
  private final PreviewJob preview;
  private final RemarkJob remark;
  private final Quizzes quizzes;
  private final Bank bank;
  private final NodeClock clock;

  Amending(
      Transactions transactions,
      AmendmentStore store,
      AttemptChanges changes,
      Jobs jobs,
      PreviewJob preview,
      RemarkJob remark,
      Quizzes quizzes,
      Bank bank,
      NodeClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.changes = changes;
    this.jobs = jobs;
    this.preview = preview;
    this.remark = remark;
    this.quizzes = quizzes;
    this.bank = bank;
    this.clock = clock;
  }

  /**
   * Orders a look at what an amendment would change.
   *
   * @param actor who looks
   * @return the job that looks
   */
  UUID preview(Actor actor, Quiz quiz, Amendment amendment) {
    check(amendment);
    return transactions.write(dsl ->
        jobs.order(
            dsl,
            preview,
            quiz.code(),
            actor.code(),
            preview.arguments(amendment),
            changes.countEnded(dsl, quiz.id())));
  }

  /**
   * Amends a quiz.
   *
   * @param actor who does so
   * @param known how many amendments the actor has seen; another one since is a conflict
   * @return the job that marks again
   */
  UUID confirm(Actor actor, Quiz quiz, Amendment amendment, int known, String reason) {
    check(amendment);
    var job =
        quizzes.amend(
            quiz,
            known,
            (dsl, number) -> {
              store.insert(dsl, actor, quiz.id(), number, amendment, reason, clock.instant());
              return jobs.order(
                  dsl, remark, quiz.code(), actor.code(), "", changes.countEnded(dsl, quiz.id()));
            });
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("question", amendment.questionId())
        .log("amended");
    return job;
  }

  private void check(Amendment amendment) {
    var versions = bank.versionsOf(amendment.questionId());
    if (versions.isEmpty()) {
      throw Problem.invalid("question", "amendment.no-such-question");
    }
    versions.forEach(version -> check(amendment, version.question()));
  }

  private static void check(Amendment amendment, Question question) {
    switch (amendment) {
      case Amendment.Voided _ -> {}
      case Amendment.AcceptedChoices accepted -> {
        if (accepted.choices().isEmpty()
            || accepted.choices().stream().anyMatch(c -> question.choice(c).isEmpty())) {
          throw Problem.invalid("choices", "response.no-such-choice");
        }
      }
      case Amendment.AcceptedText accepted -> {
        if (!(question.key() instanceof Key.OfBlanks key)
            || accepted.blank() < 0
            || accepted.blank() >= key.blanks().size()) {
          throw Problem.invalid("blank", "amendment.no-such-blank");
        }
      }
    }
  }
}
