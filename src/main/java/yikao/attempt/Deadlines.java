package yikao.attempt;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.attempt.AttemptStore.Loaded;
import yikao.db.NodeClock;
import yikao.db.StatementBatch;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;

/**
 * Lets the deadlines of attempts follow their quiz when its window has moved or time was given, by
 * one rule for all: the limit of time counted from the start and what was given since, and the
 * close of the quiz where that cuts. Attempts that expired meanwhile run again where time is left
 * then, unless their participants could see the keys: these are counted, and may be set aside so
 * that they start a fresh paper.
 */
@Singleton
public final class Deadlines {
  private final AttemptStore store;
  private final AttemptSeal seal;
  private final Quizzes quizzes;
  private final FormerMarkings former;
  private final AttemptRecords records;
  private final AttemptListeners listeners;
  private final NodeClock clock;

  Deadlines(
      AttemptStore store,
      AttemptSeal seal,
      Quizzes quizzes,
      FormerMarkings former,
      AttemptRecords records,
      AttemptListeners listeners,
      NodeClock clock) {
    this.store = store;
    this.seal = seal;
    this.quizzes = quizzes;
    this.former = former;
    this.records = records;
    this.listeners = listeners;
    this.clock = clock;
  }

  /** Time that was given to all attempts that had started by then. */
  public record Given(Instant at, Duration by) {}

  /**
   * What has moved.
   *
   * @param given all time that was ever given
   * @param reopenSince attempts that expired from then on run again; absent: none
   * @param freshPapers whether those that cannot run again are set aside
   * @param ordered attempts that started later have their deadline anyway
   * @param reason for which they are set aside
   */
  public record Move(
      List<Given> given,
      Optional<Instant> reopenSince,
      boolean freshPapers,
      Instant ordered,
      Actor actor,
      String reason) {

    Duration givenSince(Instant start) {
      return given.stream()
          .filter(g -> g.at().isAfter(start))
          .map(Given::by)
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  /**
   * What has changed.
   *
   * @param extended how many running attempts have a later deadline, or none any more
   * @param cut how many have an earlier one
   * @param reopened how many had expired and run again
   * @param seen how many had expired and stay so, since their participants could see the keys
   * @param tooLate how many had expired and stay so, since their time is over even now
   * @param last the last that was looked at; absent where there are no more
   */
  public record Moved(
      int extended, int cut, int reopened, int seen, int tooLate, Optional<UUID> last) {}

  /**
   * Moves the deadlines of some of a quiz's attempts.
   *
   * @param quiz in its newest revision
   * @param after those with greater ids, in their order
   */
  public Moved follow(DSLContext dsl, Quiz quiz, Move move, Optional<UUID> after, int limit) {
    var ids = store.movable(dsl, quiz.id(), move, after, limit);
    var held = new LinkedHashMap<>(store.lock(dsl, ids));
    // some may have ended before they were locked
    held.keySet().retainAll(Set.copyOf(store.stillMovable(dsl, quiz.id(), move, ids)));
    var step = new Step(dsl, quiz, move, clock.instant());
    held.values().forEach(step::look);
    step.write();
    return new Moved(
        step.extended,
        step.cut,
        step.reopened.size(),
        step.seen.size(),
        step.tooLate,
        ids.size() < limit ? Optional.empty() : Optional.of(ids.getLast()));
  }

  /** Whether anybody is answering a quiz. */
  public boolean isAnyRunning(DSLContext dsl, long quizId) {
    return store.isAnyRunning(dsl, quizId);
  }

  /** Some attempts, looked at one after the other and written together. */
  private final class Step {
    private final DSLContext dsl;
    private final Quiz quiz;
    private final Move move;
    private final Instant now;
    private final AttemptRows rows = new AttemptRows(seal);
    private final List<Attempt> reopened = new ArrayList<>();
    private final List<Attempt> seen = new ArrayList<>();
    private final List<AttemptEvent> events = new ArrayList<>();
    private int extended;
    private int cut;
    private int tooLate;

    Step(DSLContext dsl, Quiz quiz, Move move, Instant now) {
      this.dsl = dsl;
      this.quiz = quiz;
      this.move = move;
      this.now = now;
    }

    void look(Loaded loaded) {
      var before = loaded.attempt();
      var start = before.startedAt();
      var deadline = AttemptRules.deadline(quiz, start, move.givenSince(start));
      if (!before.isEnded()) {
        running(loaded, deadline);
      } else if (deadline.filter(d -> !d.at().isAfter(now)).isPresent()) {
        tooLate++;
      } else {
        expired(before, deadline);
      }
    }

    private void expired(Attempt before, Optional<Attempt.Deadline> deadline) {
      var then = quizzes.get(quiz.id(), before.origin().quizRevision());
      if (AttemptRules.couldSeeKeys(before, quiz, then, now)) {
        setAside(before);
      } else {
        reopen(before, before.reopened(deadline));
      }
    }

    private void running(Loaded loaded, Optional<Attempt.Deadline> deadline) {
      var old = loaded.attempt().deadline();
      var oldAt = old.map(Attempt.Deadline::at).orElse(Instant.MAX);
      var newAt = deadline.map(Attempt.Deadline::at).orElse(Instant.MAX);
      if (oldAt.equals(newAt)) {
        return;
      }
      extended += newAt.isAfter(oldAt) ? 1 : 0;
      cut += newAt.isBefore(oldAt) ? 1 : 0;
      var moved = loaded.attempt().withDeadline(deadline);
      rows.deadline(moved);
      rows.expiry(moved, loaded.version());
    }

    private void reopen(Attempt before, Attempt again) {
      rows.deadline(again);
      rows.reopened(again);
      // none of its earlier versions, which other nodes may still have in mind
      rows.newProgress(again, ThreadLocalRandom.current().nextInt(1 << 20, 1 << 30));
      reopened.add(before);
      events.add(new AttemptEvent.Reopened(before, again, quiz));
    }

    private void setAside(Attempt before) {
      seen.add(before);
      if (move.freshPapers()) {
        var aside = before.setAside();
        rows.annulled(aside);
        events.add(new AttemptEvent.Annulled(before, aside, quiz));
      }
    }

    void write() {
      var changes = new StatementBatch(dsl);
      former.keep(changes, reopened, now);
      rows.addTo(changes);
      listeners.tell(events, changes);
      changes.execute();
      if (move.freshPapers()) {
        records.annulled(dsl, seen, move.reason(), move.actor(), now);
      }
    }
  }
}
