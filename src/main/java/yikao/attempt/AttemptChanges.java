package yikao.attempt;

import static java.util.Objects.requireNonNull;
import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.NodeClock;
import yikao.db.StatementBatch;
import yikao.participant.Participant;
import yikao.participant.Participants;
import yikao.quiz.Quiz;
import yikao.scoring.Amendment;

/**
 * What staff may change about attempts once they run or have ended, each in the transaction of the
 * one who orders it. Listeners are told, and markings that are replaced are kept.
 */
@Singleton
public final class AttemptChanges {
  private final AttemptStore store;
  private final AttemptPapers papers;
  private final FormerMarkings former;
  private final Participants participants;
  private final AttemptListeners listeners;
  private final NodeClock clock;

  AttemptChanges(
      AttemptStore store,
      AttemptPapers papers,
      FormerMarkings former,
      Participants participants,
      AttemptListeners listeners,
      NodeClock clock) {
    this.store = store;
    this.papers = papers;
    this.former = former;
    this.participants = participants;
    this.listeners = listeners;
    this.clock = clock;
  }

  /** Tells what a person gave the essays of an attempt, by question number. */
  public interface PersonMarks {
    /** Reads the marks of an attempt. */
    Map<Integer, BigDecimal> of(UUID attemptId);
  }

  /**
   * An attempt marked again.
   *
   * @param before as it was marked
   * @param after as it is marked then
   */
  public record Remark(Attempt before, Attempt after) {}

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
  public List<Remark> preview(
      DSLContext dsl, List<Attempt> ended, List<Amendment> amendments, PersonMarks byPerson) {
    var found = papers.find(dsl, ended.stream().map(Attempt::id).toList());
    return ended.stream()
        .map(attempt -> {
          var paper = requireNonNull(found.get(attempt.id()));
          return new Remark(
              attempt, AttemptRules.mark(attempt, paper, amendments, marks(paper, byPerson)));
        })
        .toList();
  }

  private static Map<Integer, BigDecimal> marks(AttemptPaper paper, PersonMarks byPerson) {
    return paper.hasEssay() ? byPerson.of(paper.id()) : Map.of();
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
      List<Amendment> amendments,
      PersonMarks byPerson,
      Predicate<Attempt> condition) {
    var held =
        store.lock(dsl, ids).values().stream()
            .map(AttemptStore.Loaded::attempt)
            .filter(a -> a.isEnded() && condition.test(a))
            .toList();
    var remarks = preview(dsl, held, amendments, byPerson);
    var changes = new StatementBatch(dsl);
    former.keep(changes, held, clock.instant());
    var rows = new AttemptRows();
    AttemptStore.inOrder(remarks.stream().map(Remark::after).toList()).forEach(rows::marking);
    rows.addTo(changes);
    tell(changes, remarks, (r, p) -> new AttemptEvent.Remarked(r.before(), r.after(), p, quiz));
    changes.execute();
    return remarks;
  }

  private interface Event {
    AttemptEvent of(Remark change, Participant participant);
  }

  private void tell(StatementBatch changes, List<Remark> all, Event event) {
    var people =
        participants.find(
            changes.transaction(), all.stream().map(r -> r.after().participantId()).toList());
    listeners.tell(
        all.stream()
            .map(r -> event.of(r, requireNonNull(people.get(r.after().participantId()))))
            .toList(),
        changes);
  }

  /**
   * More time.
   *
   * @param by how much
   * @param since attempts that expired from then on run again, where time would be left
   * @param before attempts that started later have their time anyway
   */
  public record MoreTime(Duration by, Instant since, Instant before) {}

  /**
   * What giving more time has changed.
   *
   * @param extended how many attempts got more time
   * @param reopened which of them had expired, and run again
   * @param last the last that was looked at; absent where there are no more
   */
  public record Extended(int extended, List<UUID> reopened, Optional<UUID> last) {}

  /**
   * Gives more time to some of a quiz's attempts: those that run with a deadline, and those that
   * expired and are their participants' last.
   *
   * @param quiz in its newest revision
   * @param after those with greater ids, in their order
   */
  public Extended extend(
      DSLContext dsl, Quiz quiz, MoreTime time, Optional<UUID> after, int limit) {
    var now = clock.instant();
    var ids = store.extendable(dsl, quiz.id(), time, after.map(ATTEMPT.ID::gt), limit);
    var held = new LinkedHashMap<>(store.lock(dsl, ids));
    // some may have ended, and others started, before they were locked
    held.keySet()
        .retainAll(
            Set.copyOf(
                store.extendable(dsl, quiz.id(), time, Optional.of(ATTEMPT.ID.in(ids)), limit)));
    held.values().removeIf(l -> !isUseful(l.attempt(), time.by(), now));
    var rows = new AttemptRows();
    var reopened = new ArrayList<Remark>();
    for (var loaded : held.values()) {
      var later = AttemptRules.extend(loaded.attempt(), time.by(), quiz.grace());
      rows.deadline(later);
      if (loaded.attempt().isEnded()) {
        reopened.add(new Remark(loaded.attempt(), later));
        rows.reopened(later);
        // none of its earlier versions, which other nodes may still have in mind
        rows.newProgress(later, ThreadLocalRandom.current().nextInt(1 << 20, 1 << 30));
      } else {
        rows.expiry(later, loaded.version());
      }
    }
    write(dsl, quiz, rows, reopened, now);
    return new Extended(
        held.size(),
        reopened.stream().map(r -> r.after().id()).toList(),
        ids.size() < limit ? Optional.empty() : Optional.of(ids.getLast()));
  }

  private void write(
      DSLContext dsl, Quiz quiz, AttemptRows rows, List<Remark> reopened, Instant now) {
    var changes = new StatementBatch(dsl);
    former.keep(changes, reopened.stream().map(Remark::before).toList(), now);
    rows.addTo(changes);
    tell(changes, reopened, (r, p) -> new AttemptEvent.Reopened(r.before(), r.after(), p, quiz));
    changes.execute();
  }

  private static boolean isUseful(Attempt attempt, Duration by, Instant now) {
    return !attempt.isEnded() || attempt.deadline().orElseThrow().at().plus(by).isAfter(now);
  }
}
