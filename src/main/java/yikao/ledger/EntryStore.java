package yikao.ledger;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.LEDGER_CHANGE;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.RESULT;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.StatementBatch;
import yikao.ledger.Counted.Try;

/** What people have reached at quizzes, from when until when, in the database. */
final class EntryStore {
  /** Until when what holds now is said to hold. */
  static final Instant OPEN = Instant.parse("2100-01-01T00:00:00Z");

  private static final List<Field<?>> KEYS =
      List.of(LEDGER_ENTRY.QUIZ_ID, LEDGER_ENTRY.PARTICIPANT_ID, LEDGER_ENTRY.SINCE_AT);

  private static final Bulk UPSERT =
      Bulk.upsert(
          LEDGER_ENTRY,
          KEYS,
          List.of(
              LEDGER_ENTRY.QUIZ_ID,
              LEDGER_ENTRY.PARTICIPANT_ID,
              LEDGER_ENTRY.SINCE_AT,
              LEDGER_ENTRY.UNTIL_AT,
              LEDGER_ENTRY.POINTS,
              LEDGER_ENTRY.PASSED));

  private static final Bulk CLOSE =
      Bulk.update(
          LEDGER_ENTRY,
          List.of(LEDGER_ENTRY.UNTIL_AT),
          List.of(LEDGER_ENTRY.QUIZ_ID, LEDGER_ENTRY.PARTICIPANT_ID, LEDGER_ENTRY.UNTIL_AT));

  private static final Bulk DELETE =
      Bulk.delete(LEDGER_ENTRY, List.of(LEDGER_ENTRY.QUIZ_ID, LEDGER_ENTRY.PARTICIPANT_ID));

  private static final Bulk CHANGED =
      Bulk.insert(LEDGER_CHANGE, List.of(LEDGER_CHANGE.QUIZ_ID, LEDGER_CHANGE.PARTICIPANT_ID));

  private EntryStore() {}

  /** Somebody at a quiz; two that store in this order cannot block each other. */
  record Owner(long quizId, UUID participantId) implements Comparable<Owner> {
    @Override
    public int compareTo(Owner other) {
      var byQuiz = Long.compare(quizId, other.quizId);
      return byQuiz != 0 ? byQuiz : participantId.compareTo(other.participantId);
    }
  }

  /**
   * What somebody has reached from a moment on.
   *
   * @param isFirst there was nothing before
   * @param isAnew what was before never was
   * @param counted absent: nothing
   */
  record Version(
      Owner owner, boolean isFirst, boolean isAnew, Instant since, Optional<Counted> counted) {}

  /** Adds the statements that store what people have reached, in the order of their keys. */
  static void store(StatementBatch changes, Collection<Version> versions) {
    add(
        changes,
        DELETE,
        versions.stream().filter(Version::isAnew).map(v -> key(v.owner())).toList());
    add(
        changes,
        CLOSE,
        versions.stream()
            .filter(v -> !v.isFirst() && !v.isAnew())
            .map(v -> new Object[] {v.since(), v.owner().quizId(), v.owner().participantId(), OPEN})
            .toList());
    add(
        changes,
        UPSERT,
        versions.stream()
            .flatMap(v -> v.counted().stream().map(c -> row(v.owner(), v.since(), OPEN, c)))
            .toList());
    add(changes, CHANGED, versions.stream().map(v -> key(v.owner())).toList());
  }

  private static void add(StatementBatch changes, Bulk statement, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      statement.addTo(changes, rows);
    }
  }

  /** What somebody had reached in a time. */
  record Span(Owner owner, Instant since, Instant until, Counted counted) {}

  /** Adds the statements that store what people had reached, in the order of their keys. */
  static void add(StatementBatch changes, List<Span> spans) {
    add(
        changes,
        UPSERT,
        spans.stream().map(s -> row(s.owner(), s.since(), s.until(), s.counted())).toList());
    add(changes, CHANGED, spans.stream().map(s -> key(s.owner())).toList());
  }

  private static Object[] key(Owner owner) {
    return new Object[] {owner.quizId(), owner.participantId()};
  }

  private static Object[] row(Owner owner, Instant since, Instant until, Counted counted) {
    return new Object[] {
      owner.quizId(),
      owner.participantId(),
      since,
      until,
      counted.points().orElse(null),
      counted.passed()
    };
  }

  /** Notes that the figures of a quiz, or of where somebody counts in it, have to be made anew. */
  static void changed(DSLContext dsl, long quizId, Optional<UUID> participant) {
    dsl.insertInto(LEDGER_CHANGE)
        .set(LEDGER_CHANGE.QUIZ_ID, quizId)
        .set(LEDGER_CHANGE.PARTICIPANT_ID, participant.orElse(null))
        .execute();
  }

  /** Since when what they have reached at a quiz holds; nothing of those who have not. */
  static Map<UUID, Instant> since(DSLContext dsl, long quizId, Collection<UUID> participants) {
    return dsl.select(LEDGER_ENTRY.PARTICIPANT_ID, LEDGER_ENTRY.SINCE_AT)
        .from(LEDGER_ENTRY)
        .where(LEDGER_ENTRY.QUIZ_ID.eq(quizId))
        .and(among(LEDGER_ENTRY.PARTICIPANT_ID, participants))
        .and(LEDGER_ENTRY.UNTIL_AT.eq(OPEN))
        .fetchMap(LEDGER_ENTRY.PARTICIPANT_ID, LEDGER_ENTRY.SINCE_AT);
  }

  private static Condition among(Field<UUID> field, Collection<UUID> ids) {
    return field.eq(DSL.any(ids.toArray(new UUID[0])));
  }

  /** The ended attempts of people at a quiz that were not set aside, by their numbers. */
  static Map<UUID, Map<Integer, Ended>> ended(
      DSLContext dsl, long quizId, Collection<UUID> participants) {
    var found = new HashMap<UUID, Map<Integer, Ended>>();
    dsl.select(
            ATTEMPT.PARTICIPANT_ID,
            ATTEMPT.NUMBER,
            RESULT.SCORE,
            RESULT.MAX_SCORE,
            RESULT.PENDING,
            RESULT.PASSED,
            RESULT.ENDED_AT)
        .from(ATTEMPT)
        .join(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID))
        .where(ATTEMPT.QUIZ_ID.eq(quizId))
        .and(among(ATTEMPT.PARTICIPANT_ID, participants))
        .and(ATTEMPT.ANNULLED.isFalse())
        .forEach(r ->
            found
                .computeIfAbsent(r.value1(), _ -> new TreeMap<>())
                .put(
                    r.value2(),
                    new Ended(
                        Try.of(
                            r.value2(),
                            r.value3(),
                            r.value4(),
                            r.value5(),
                            Boolean.TRUE.equals(r.value6())),
                        r.value7())));
    return found;
  }

  /** An ended attempt, and when it ended. */
  record Ended(Try result, Instant at) {}
}
