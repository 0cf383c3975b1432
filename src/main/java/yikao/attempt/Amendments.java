package yikao.attempt;

import static yikao.db.jooq.Tables.AMENDMENT;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.bank.Bank;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.question.Key;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.scoring.Amendment;
import yikao.web.Problem;

/**
 * Marking again: a question voided or another key accepted, for a whole quiz. The amendment is
 * written first; then every ended attempt is marked again in small transactions, and one that was
 * marked without it meanwhile is found by its count of amendments. A process that dies halfway goes
 * on at its next start.
 */
@Singleton
final class Amendments {
  private static final Logger LOG = LoggerFactory.getLogger(Amendments.class);
  private static final int CHUNK = 200;

  private final Transactions transactions;
  private final AttemptStore store;
  private final MarkingStore markings;
  private final AmendmentCodec codec;
  private final Heads heads;
  private final Quizzes quizzes;
  private final Bank bank;
  private final NodeClock clock;
  private final ResultNews news;

  Amendments(
      Transactions transactions,
      AttemptStore store,
      MarkingStore markings,
      AmendmentCodec codec,
      Heads heads,
      Quizzes quizzes,
      Bank bank,
      NodeClock clock,
      ResultNews news) {
    this.transactions = transactions;
    this.store = store;
    this.markings = markings;
    this.codec = codec;
    this.heads = heads;
    this.quizzes = quizzes;
    this.bank = bank;
    this.clock = clock;
    this.news = news;
  }

  /**
   * What an amendment would change about one attempt.
   *
   * @param before as it is marked now
   * @param after as it would be marked
   */
  record Difference(Attempt before, Attempt after) {
    boolean any() {
      var old = before.result().orElseThrow();
      var fresh = after.result().orElseThrow();
      return old.score().points().compareTo(fresh.score().points()) != 0
          || old.score().maximum().compareTo(fresh.score().maximum()) != 0
          || !old.passed().equals(fresh.passed());
    }
  }

  /**
   * Shows what would change, and changes nothing.
   *
   * @param each called for every attempt that would change
   * @return how many attempts were looked at
   */
  int preview(Quiz quiz, Amendment amendment, Consumer<Difference> each) {
    check(amendment);
    var dsl = transactions.read();
    var all = new ArrayList<>(markings.amendments(dsl, quiz.id()));
    all.add(amendment);
    var looked = 0;
    var after = Optional.<UUID>empty();
    while (true) {
      var chunk = store.ended(dsl, quiz.id(), after, DSL.noCondition(), CHUNK);
      var found = heads.all(chunk.stream().map(Attempt::id).toList());
      for (var attempt : chunk) {
        var head = java.util.Objects.requireNonNull(found.get(attempt.id()));
        var difference =
            new Difference(attempt, AttemptRules.mark(attempt, head, all, personMarks(dsl, head)));
        if (difference.any()) {
          each.accept(difference);
        }
      }
      looked += chunk.size();
      if (chunk.size() < CHUNK) {
        return looked;
      }
      after = Optional.of(chunk.getLast().id());
    }
  }

  /**
   * Amends a quiz and marks again.
   *
   * @param known how many amendments the editor has seen; another one since is a conflict
   */
  void confirm(Quiz quiz, Amendment amendment, int known, String reason) {
    check(amendment);
    transactions.write(dsl -> {
      var count =
          dsl.select(QUIZ.AMENDMENTS)
              .from(QUIZ)
              .where(QUIZ.ID.eq(quiz.id()))
              .forUpdate()
              .fetchSingle()
              .value1();
      if (count != known) {
        throw Problem.conflict("amendment.stale");
      }
      dsl.insertInto(AMENDMENT)
          .set(AMENDMENT.QUIZ_ID, quiz.id())
          .set(AMENDMENT.NUMBER, count + 1)
          .set(AMENDMENT.QUESTION_ID, amendment.questionId())
          .set(AMENDMENT.CONTENT, codec.encode(amendment))
          .set(AMENDMENT.REASON, reason)
          .set(AMENDMENT.CREATED_AT, clock.instant())
          .execute();
      dsl.update(QUIZ).set(QUIZ.AMENDMENTS, count + 1).where(QUIZ.ID.eq(quiz.id())).execute();
      return count + 1;
    });
    LOG.atInfo()
        .addKeyValue("quiz", quiz.code())
        .addKeyValue("question", amendment.questionId())
        .log("amended");
    quizzes.changed(quiz.code());
    catchUp(quiz.id());
  }

  private void check(Amendment amendment) {
    var versions = bank.versionsOf(amendment.questionId());
    if (versions.isEmpty()) {
      throw Problem.invalid("question", "amendment.no-such-question");
    }
    for (var version : versions) {
      var question = version.question();
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

  private Map<Integer, BigDecimal> personMarks(DSLContext dsl, AttemptHead head) {
    return head.questions().stream().anyMatch(q -> q.key() instanceof Key.OfEssay)
        ? markings.personMarks(dsl, head.id())
        : Map.of();
  }

  /** Marks again some of what an amendment has not reached yet; the next call goes on. */
  void catchUp() {
    for (var quizId : markings.behind(transactions.read())) {
      transactions.write(dsl -> markBehind(dsl, quizId));
    }
  }

  private void catchUp(long quizId) {
    while (transactions.write(dsl -> markBehind(dsl, quizId)) > 0) {
      LOG.atDebug().addKeyValue("quiz", quizId).log("marking again goes on");
    }
  }

  private int markBehind(DSLContext dsl, long quizId) {
    var amendments = markings.amendments(dsl, quizId);
    var behind =
        store.ended(dsl, quizId, Optional.empty(), RESULT.AMENDMENTS.lt(amendments.size()), CHUNK);
    if (behind.isEmpty()) {
      markings.remarked(dsl, quizId, amendments.size());
      return 0;
    }
    mark(dsl, behind.stream().map(Attempt::id).toList(), amendments);
    return behind.size();
  }

  private void mark(DSLContext dsl, List<UUID> ids, List<Amendment> amendments) {
    var found = heads.all(ids);
    var before = new ArrayList<Attempt>();
    var after = new ArrayList<Attempt>();
    for (var attempt : store.lock(dsl, ids).values()) {
      if (attempt.state().isEnded() && attempt.amendments() < amendments.size()) {
        before.add(attempt);
        after.add(
            AttemptRules.mark(
                attempt,
                java.util.Objects.requireNonNull(found.get(attempt.id())),
                amendments,
                personMarks(dsl, java.util.Objects.requireNonNull(found.get(attempt.id())))));
      }
    }
    write(dsl, before, after);
  }

  /** Writes new markings, keeps the old ones, and tells who ranks. */
  private void write(DSLContext dsl, List<Attempt> before, List<Attempt> after) {
    markings.insertFormerMarkings(dsl, before, clock.instant());
    var rows = new AttemptRows();
    AttemptStore.inOrder(after).forEach(rows::marking);
    rows.write(dsl);
    news.tellAll(dsl, after);
  }

  /** A person marks an essay. */
  Attempt markEssay(UUID id, int number, BigDecimal points, Optional<String> comment) {
    var head = heads.find(id).orElseThrow(() -> Problem.notFound("no-such-attempt"));
    if (!head.paper().has(number)) {
      throw Problem.notFound("no-such-question");
    }
    if (!(head.question(number).key() instanceof Key.OfEssay)) {
      throw Problem.conflict("not-an-essay");
    }
    var most = head.section(number).points();
    if (points.signum() < 0 || points.compareTo(most) > 0) {
      throw Problem.invalid("points", "range", 0, most.toPlainString());
    }
    if (points.stripTrailingZeros().scale() > 2) {
      throw Problem.invalid("points", "scale", 2);
    }
    return transactions.write(dsl -> markEssay(dsl, head, number, points, comment));
  }

  private Attempt markEssay(
      DSLContext dsl, AttemptHead head, int number, BigDecimal points, Optional<String> comment) {
    var attempt = store.lock(dsl, List.of(head.id())).get(head.id());
    if (attempt == null || !attempt.state().isEnded()) {
      throw Problem.conflict("attempt-running");
    }
    markings.putPersonMark(dsl, head.id(), number, points, comment, clock.instant());
    var marked =
        AttemptRules.mark(
            attempt,
            head,
            markings.amendments(dsl, attempt.quizId()),
            markings.personMarks(dsl, head.id()));
    write(dsl, List.of(attempt), List.of(marked));
    return marked;
  }

  /** A condition for attempts that wait for a person. */
  static Condition pending() {
    return RESULT.PENDING.gt(0);
  }
}
