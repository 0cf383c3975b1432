package yikao.remark;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.attempt.AttemptChanges;
import yikao.audit.AuditLog;
import yikao.bank.Bank;
import yikao.db.Jobs;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionVersion;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.remark.AmendmentStore.Withdrawal;
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
  private final AuditLog audit;
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
      AuditLog audit,
      NodeClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.changes = changes;
    this.jobs = jobs;
    this.preview = preview;
    this.remark = remark;
    this.quizzes = quizzes;
    this.bank = bank;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * An amendment as somebody wants it.
   *
   * @param amendment where it names choices by identifiers, those of a version
   * @param version which version; may be absent where all that have these choices agree
   */
  record Wanted(Amendment amendment, Optional<Integer> version) {}

  /**
   * Orders a look at what an amendment would change.
   *
   * @param actor who looks
   * @return the job that looks
   */
  UUID preview(Actor actor, Quiz quiz, Wanted wanted) {
    var amendment = checked(wanted);
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
  UUID confirm(Actor actor, Quiz quiz, Wanted wanted, int known, String reason) {
    var amendment = checked(wanted);
    var job =
        quizzes.amend(
            quiz,
            known,
            (dsl, number) -> {
              store.insert(dsl, actor, quiz.id(), number, amendment, reason, clock.instant());
              return ordered(dsl, actor, quiz, "quiz.amend", number);
            });
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("question", amendment.questionId())
        .log("amended");
    return job;
  }

  private UUID ordered(DSLContext dsl, Actor actor, Quiz quiz, String action, int amendments) {
    var job =
        jobs.order(dsl, remark, quiz.code(), actor.code(), "", changes.countEnded(dsl, quiz.id()));
    audit.append(
        dsl,
        actor.change(
            action,
            Quizzes.subject(quiz),
            "amendments " + (amendments - 1),
            "amendments " + amendments));
    return job;
  }

  /**
   * Takes an amendment back: everything is marked again as if it had not been made.
   *
   * @param actor who does so
   * @param known how many amendments and withdrawals the actor has seen
   * @return the job that marks again
   */
  UUID withdraw(Actor actor, Quiz quiz, int number, int known, String reason) {
    var job =
        quizzes.amend(
            quiz,
            known,
            (dsl, next) -> {
              var withdrawal = new Withdrawal(reason, actor.code(), clock.instant());
              if (!store.withdraw(dsl, quiz.id(), number, withdrawal)) {
                throw Problem.notFound("no-such-amendment");
              }
              return ordered(dsl, actor, quiz, "quiz.withdraw", next);
            });
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("number", number)
        .log("amendment withdrawn");
    return job;
  }

  /** The amendment in words that hold for every version of the question. */
  private Amendment checked(Wanted wanted) {
    var amendment = wanted.amendment();
    var versions = bank.versionsOf(amendment.questionId());
    if (versions.isEmpty()) {
      throw Problem.invalid("question", "amendment.no-such-question");
    }
    if (amendment instanceof Amendment.AcceptedIdentifiers(var question, var choices)) {
      var named =
          versions.stream()
              .filter(v -> wanted.version().filter(w -> w != v.version()).isEmpty())
              .toList();
      if (named.isEmpty()) {
        throw Problem.invalid("version", "amendment.no-such-version");
      }
      return new Amendment.AcceptedChoices(question, statements(named, choices));
    }
    versions.forEach(version -> check(amendment, version.question()));
    return amendment;
  }

  /** What the choices say in the versions that have them all. */
  private static Set<String> statements(List<QuestionVersion> versions, Set<String> choices) {
    var said =
        versions.stream()
            .map(QuestionVersion::question)
            .filter(q -> choices.stream().allMatch(c -> q.choice(c).isPresent()))
            .map(q ->
                choices.stream()
                    .map(c -> q.choice(c).orElseThrow().text())
                    .collect(Collectors.toSet()))
            .distinct()
            .toList();
    if (said.isEmpty() || choices.isEmpty()) {
      throw Problem.invalid("choices", "response.no-such-choice");
    }
    if (said.size() > 1) {
      throw Problem.invalid("version", "amendment.which-version");
    }
    return said.getFirst();
  }

  private static void check(Amendment amendment, Question question) {
    if (amendment instanceof Amendment.AcceptedText accepted
        && (!(question.key() instanceof Key.OfBlanks key)
            || accepted.blank() < 0
            || accepted.blank() >= key.blanks().size())) {
      throw Problem.invalid("blank", "amendment.no-such-blank");
    }
  }
}
