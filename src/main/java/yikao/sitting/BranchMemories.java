package yikao.sitting;

import static yikao.db.jooq.Tables.OPENING_ANSWER;
import static yikao.db.jooq.Tables.RESULT;
import static yikao.db.jooq.Tables.SITTING;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.access.Actor;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptChanges;
import yikao.attempt.Attempts;
import yikao.audit.AuditLog;
import yikao.bank.Bank;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.UuidV7;
import yikao.org.Organisation;
import yikao.question.QuestionVersion;
import yikao.sitting.BranchMemory.Event;
import yikao.sitting.BranchMemory.Missed;
import yikao.sitting.BranchMemory.Tally;
import yikao.web.Problem;

/**
 * What branches missed in their last sessions, and the opening of three questions that is proposed
 * for the next one. Derived from the results; only what was answered at openings is stored.
 */
@Singleton
public final class BranchMemories {
  /** How many questions an opening has. */
  static final int QUESTIONS = 3;

  /** How many sessions are looked back on. */
  private static final int SESSIONS = 12;

  private static final int MOST_ATTEMPTS = 2_000;

  private final Transactions transactions;
  private final AttemptChanges results;
  private final Attempts attempts;
  private final Bank bank;
  private final NodeClock clock;
  private final AuditLog audit;

  /** Sessions that are over seldom change; what has been marked again is counted again. */
  private final Cache<Counted, List<Tally>> tallies =
      Caffeine.newBuilder().maximumSize(5_000).expireAfterAccess(Duration.ofHours(6)).build();

  /** The results of a quiz as they are: how many, and how often they were marked in all. */
  private record Counted(long quizId, int results, long markings) {}

  BranchMemories(
      Transactions transactions,
      AttemptChanges results,
      Attempts attempts,
      Bank bank,
      NodeClock clock,
      AuditLog audit) {
    this.transactions = transactions;
    this.results = results;
    this.attempts = attempts;
    this.bank = bank;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * A question of a proposed opening.
   *
   * @param question in the version that is published now
   * @param missedAt when the session was in which it was missed last
   * @param wrong how many had it wrong then
   * @param asked of how many
   */
  public record Proposed(QuestionVersion question, Instant missedAt, int wrong, int asked) {}

  /** The opening that is proposed to a branch; empty where nothing is remembered. */
  public List<Proposed> opening(Organisation branch) {
    var dsl = transactions.read();
    return BranchMemory.opening(
            history(dsl, branch.id()), id -> published(id).isPresent(), QUESTIONS)
        .stream()
        .map(this::proposed)
        .toList();
  }

  boolean isProposed(Organisation branch, String question) {
    return opening(branch).stream().anyMatch(p -> p.question().question().id().equals(question));
  }

  /** That there is something to begin with; absent where nothing is remembered. */
  Optional<OpeningHint> hint(Organisation branch) {
    var count = opening(branch).size();
    return count == 0 ? Optional.empty() : Optional.of(new OpeningHint(branch.code(), count));
  }

  private Proposed proposed(Missed missed) {
    var tally = missed.tally();
    return new Proposed(
        published(tally.question()).orElseThrow(), missed.at(), tally.wrong(), tally.asked());
  }

  private Optional<QuestionVersion> published(String id) {
    var pool = bank.pool();
    return bank.versionsOf(id).stream()
        .filter(v -> pool.version(v.version()).isPresent())
        .findFirst();
  }

  private List<Event> history(DSLContext dsl, long organisationId) {
    var events = new ArrayList<Event>();
    dsl.select(SITTING.QUIZ_ID, SITTING.OPENED_AT)
        .from(SITTING)
        .where(SITTING.ORGANISATION_ID.eq(organisationId))
        .and(SITTING.ENDED_AT.isNotNull())
        .orderBy(SITTING.OPENED_AT.desc(), SITTING.ID)
        .limit(SESSIONS)
        .forEach(r -> events.add(new Event.Session(r.value2(), tallies(dsl, r.value1()))));
    var since = events.stream().map(Event::at).min(Instant::compareTo).orElse(Instant.MAX);
    if (!events.isEmpty()) {
      dsl.select(OPENING_ANSWER.ASKED_AT, OPENING_ANSWER.QUESTION_ID, OPENING_ANSWER.RIGHT_BY_MOST)
          .from(OPENING_ANSWER)
          .where(OPENING_ANSWER.ORGANISATION_ID.eq(organisationId))
          .and(OPENING_ANSWER.ASKED_AT.ge(since))
          .forEach(r -> events.add(new Event.Opening(r.value1(), r.value2(), r.value3())));
    }
    return events;
  }

  private List<Tally> tallies(DSLContext dsl, long quizId) {
    var counted =
        dsl.select(DSL.count(), DSL.sum(RESULT.MARKING))
            .from(RESULT)
            .where(RESULT.QUIZ_ID.eq(quizId))
            .fetchSingle(r ->
                new Counted(
                    quizId, r.value1(), r.value2() == null ? 0 : r.value2().longValueExact()));
    return Objects.requireNonNull(tallies.get(counted, _ -> count(dsl, quizId)));
  }

  private List<Tally> count(DSLContext dsl, long quizId) {
    var ended =
        results.ended(dsl, quizId, Optional.empty(), false, MOST_ATTEMPTS).stream()
            .filter(a -> !a.annulled())
            .toList();
    var papers = attempts.papers(ended.stream().map(Attempt::id).toList());
    var counts = new TreeMap<String, Tally>();
    for (var attempt : ended) {
      var paper = Objects.requireNonNull(papers.get(attempt.id()));
      var marks = attempt.result().orElseThrow().marks();
      for (var number = 1; number <= marks.size(); number++) {
        var mark = marks.get(number - 1);
        if (!mark.pending() && mark.maximum().signum() > 0) {
          var right = mark.points().compareTo(mark.maximum()) == 0 ? 1 : 0;
          counts.merge(
              paper.question(number).id(),
              new Tally(paper.question(number).id(), right, 1),
              (one, more) ->
                  new Tally(
                      one.question(), one.right() + more.right(), one.asked() + more.asked()));
        }
      }
    }
    return List.copyOf(counts.values());
  }

  /**
   * Stores how a question of an opening was answered.
   *
   * @param question its id
   * @throws Problem where it is not proposed to the branch
   */
  void answered(Actor actor, Organisation branch, String question, boolean rightByMost) {
    if (!isProposed(branch, question)) {
      throw Problem.invalid("question", "opening.not-proposed");
    }
    transactions.write(dsl -> {
      var now = clock.instant();
      dsl.insertInto(OPENING_ANSWER)
          .set(OPENING_ANSWER.ID, UuidV7.at(now))
          .set(OPENING_ANSWER.ORGANISATION_ID, branch.id())
          .set(OPENING_ANSWER.QUESTION_ID, question)
          .set(OPENING_ANSWER.ASKED_AT, now)
          .set(OPENING_ANSWER.RIGHT_BY_MOST, rightByMost)
          .set(OPENING_ANSWER.ACTOR, actor.code())
          .execute();
      audit.append(
          dsl,
          actor.change(
              "opening.answer",
              "organisation:" + branch.code(),
              "",
              question + (rightByMost ? " right" : " wrong")));
      return now;
    });
  }
}
