package yikao.attempt;

import static java.util.Objects.requireNonNull;
import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.NodeClock;
import yikao.db.StatementBatch;
import yikao.quiz.Quiz;

/**
 * Marks ended attempts again, in the transaction of the one who orders it. Listeners are told, and
 * markings that are replaced are kept.
 */
@Singleton
public final class AttemptChanges {
  private final AttemptStore store;
  private final AttemptSeal seal;
  private final AttemptPapers papers;
  private final FormerMarkings former;
  private final PersonMarks byPerson;
  private final AttemptListeners listeners;
  private final NodeClock clock;

  AttemptChanges(
      AttemptStore store,
      AttemptSeal seal,
      AttemptPapers papers,
      FormerMarkings former,
      PersonMarks byPerson,
      AttemptListeners listeners,
      NodeClock clock) {
    this.store = store;
    this.seal = seal;
    this.papers = papers;
    this.former = former;
    this.byPerson = byPerson;
    this.listeners = listeners;
    this.clock = clock;
  }

  /**
   * An attempt marked again.
   *
   * @param before as it was marked
   * @param after as it is marked then
   */
  public record Remark(Attempt before, Attempt after) {}

  /** Running attempts of a quiz in the order of their ids, from the one after the given. */
  public List<Attempt> running(DSLContext dsl, long quizId, Optional<UUID> after, int limit) {
    return store.running(dsl, quizId, after, limit);
  }

  /** Ended attempts of a quiz in the order of their ids, from the one after the given. */
  public List<Attempt> ended(
      DSLContext dsl, long quizId, Optional<UUID> after, boolean pending, int limit) {
    var which = pending ? RESULT.PENDING.gt(0) : DSL.noCondition();
    return store.ended(dsl, quizId, after, which, limit);
  }

  /** How many attempts of a quiz have ended. */
  public int countEnded(DSLContext dsl, long quizId) {
    return dsl.fetchCount(RESULT, RESULT.QUIZ_ID.eq(quizId));
  }

  /** An attempt, held against everybody else until the transaction ends. */
  public Optional<Attempt> hold(DSLContext dsl, UUID id) {
    return Optional.ofNullable(store.lock(dsl, List.of(id)).get(id))
        .map(AttemptStore.Loaded::attempt);
  }

  /** Ended attempts of a quiz whose marking knows fewer amendments. */
  public List<UUID> behind(DSLContext dsl, long quizId, int amendments, int limit) {
    return dsl.select(RESULT.ATTEMPT_ID)
        .from(RESULT)
        .where(RESULT.QUIZ_ID.eq(quizId))
        .and(RESULT.AMENDMENTS.lt(amendments))
        .orderBy(RESULT.ATTEMPT_ID)
        .limit(limit)
        .fetch(RESULT.ATTEMPT_ID);
  }

  /** How attempts would be marked; changes nothing. */
  public List<Remark> preview(DSLContext dsl, List<Attempt> ended, Amended amended) {
    var found = papers.find(dsl, ended.stream().map(Attempt::id).toList());
    var essays =
        found.values().stream().filter(AttemptPaper::hasEssay).map(AttemptPaper::id).toList();
    var marks =
        essays.isEmpty() ? Map.<UUID, Map<Integer, PersonMark>>of() : byPerson.of(dsl, essays);
    return ended.stream()
        .map(attempt -> {
          var paper = requireNonNull(found.get(attempt.id()));
          var own = marks.getOrDefault(attempt.id(), Map.of());
          return new Remark(attempt, AttemptRules.mark(attempt, paper, amended, own));
        })
        .toList();
  }

  /**
   * Marks attempts again, those that have ended and that the condition still holds for once nobody
   * else can change them.
   *
   * @param quiz in its newest revision
   */
  public List<Remark> mark(
      DSLContext dsl,
      Quiz quiz,
      Collection<UUID> ids,
      Amended amended,
      Predicate<Attempt> condition) {
    var held =
        store.lock(dsl, ids).values().stream()
            .map(AttemptStore.Loaded::attempt)
            .filter(a -> a.isEnded() && condition.test(a))
            .toList();
    var remarks = preview(dsl, held, amended);
    var changes = new StatementBatch(dsl);
    former.keep(changes, held, clock.instant());
    var rows = new AttemptRows(seal);
    AttemptStore.inOrder(remarks.stream().map(Remark::after).toList()).forEach(rows::marking);
    rows.addTo(changes);
    listeners.tell(
        remarks.stream()
            .<AttemptEvent>map(r -> new AttemptEvent.Remarked(r.before(), r.after(), quiz))
            .toList(),
        changes);
    changes.execute();
    return remarks;
  }
}
