package yikao.ledger;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.ROSTER;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.db.StatementBatch;
import yikao.ledger.EntryStore.Ended;
import yikao.ledger.EntryStore.Owner;
import yikao.ledger.EntryStore.Span;
import yikao.participant.Participants;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;

/**
 * Fills in what people had reached before there was a ledger; a migration orders it. Each attempt
 * counts from its end on with what it is worth now. What the ledger has of somebody already stays:
 * only what was before that is added.
 */
@Singleton
final class FormerEntries implements JobKind {
  private static final int STEP = 500;
  private static final String BETWEEN = " ";

  private final Quizzes quizzes;
  private final Participants participants;

  FormerEntries(Quizzes quizzes, Participants participants) {
    this.quizzes = quizzes;
    this.participants = participants;
  }

  @Override
  public String name() {
    return "ledger-entries";
  }

  /** The quiz, and in it the last participant who is done. */
  private record Place(long quizId, Optional<UUID> after) {
    static Place of(String progress) {
      var parts = progress.split(BETWEEN, -1);
      return new Place(
          Long.parseLong(parts[0]),
          parts.length < 2 ? Optional.empty() : Optional.of(UUID.fromString(parts[1])));
    }

    String progress() {
      return quizId + after.map(id -> BETWEEN + id).orElse("");
    }
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var place =
        job.progress().isEmpty() ? next(transaction, 0) : Optional.of(Place.of(job.progress()));
    if (place.isEmpty()) {
      return new Job.Step("", 0, true);
    }
    var quizId = place.get().quizId();
    var people = people(transaction, place.get());
    quizzes.byIds(List.of(quizId)).forEach(quiz -> fill(transaction, quiz, people));
    var then =
        people.size() < STEP
            ? next(transaction, quizId)
            : Optional.of(new Place(quizId, Optional.of(people.getLast())));
    return new Job.Step(then.map(Place::progress).orElse(""), people.size(), then.isEmpty());
  }

  /** The next quiz with a roster. */
  private static Optional<Place> next(DSLContext dsl, long after) {
    return Optional.ofNullable(
            dsl.select(DSL.min(ROSTER.QUIZ_ID))
                .from(ROSTER)
                .where(ROSTER.QUIZ_ID.gt(after))
                .fetchSingle()
                .value1())
        .map(quizId -> new Place(quizId, Optional.empty()));
  }

  private static List<UUID> people(DSLContext dsl, Place place) {
    return dsl.selectDistinct(ATTEMPT.PARTICIPANT_ID)
        .from(ATTEMPT)
        .where(ATTEMPT.QUIZ_ID.eq(place.quizId()))
        .and(place.after().map(ATTEMPT.PARTICIPANT_ID::gt).orElseGet(DSL::noCondition))
        .orderBy(ATTEMPT.PARTICIPANT_ID)
        .limit(DSL.inline(STEP))
        .fetch(ATTEMPT.PARTICIPANT_ID);
  }

  private void fill(DSLContext dsl, Quiz quiz, List<UUID> people) {
    if (people.isEmpty()) {
      return;
    }
    participants.lock(dsl, people);
    var ended = EntryStore.ended(dsl, quiz.id(), people);
    var first = first(dsl, quiz.id(), people);
    var spans = new ArrayList<Span>();
    for (var person : people) {
      var until = first.getOrDefault(person, EntryStore.OPEN);
      spans.addAll(
          spans(
              new Owner(quiz.id(), person),
              List.copyOf(ended.getOrDefault(person, Map.of()).values()),
              until,
              quiz));
    }
    var changes = new StatementBatch(dsl);
    EntryStore.add(changes, spans);
    changes.execute();
  }

  /** Since when the ledger has something of them. */
  private static Map<UUID, Instant> first(DSLContext dsl, long quizId, List<UUID> people) {
    var since = DSL.min(LEDGER_ENTRY.SINCE_AT);
    return dsl.select(LEDGER_ENTRY.PARTICIPANT_ID, since)
        .from(LEDGER_ENTRY)
        .where(LEDGER_ENTRY.QUIZ_ID.eq(quizId))
        .and(LEDGER_ENTRY.PARTICIPANT_ID.eq(DSL.any(people.toArray(new UUID[0]))))
        .groupBy(LEDGER_ENTRY.PARTICIPANT_ID)
        .fetchMap(LEDGER_ENTRY.PARTICIPANT_ID, since);
  }

  /**
   * What somebody had reached after each end, until a moment.
   *
   * @param ended by number, and so by end
   */
  static List<Span> spans(Owner owner, List<Ended> ended, Instant until, Quiz quiz) {
    var spans = new ArrayList<Span>();
    for (var i = 0; i < ended.size(); i++) {
      var since = ended.get(i).at();
      var next = i + 1 < ended.size() ? ended.get(i + 1).at() : until;
      var end = next.isBefore(until) ? next : until;
      var tries = ended.subList(0, i + 1).stream().map(Ended::result).toList();
      if (since.isBefore(end)) {
        Counted.of(tries, quiz)
            .ifPresent(counted -> spans.add(new Span(owner, since, end, counted)));
      }
    }
    return spans;
  }
}
