package yikao.attempt;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.PROGRESS;
import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record5;
import org.jooq.SelectConditionStep;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempt.Ending;
import yikao.attempt.Attempt.Origin;
import yikao.attempt.Deadlines.Move;
import yikao.db.Lookup;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.quiz.QuizEdit;
import yikao.scoring.Score;

/**
 * Attempts as they are read. An attempt is its row, of which token, deadline, name, branch and
 * whether it was set aside may change, and beside it a row of progress while it runs, or of its
 * result once it has ended.
 */
@Singleton
final class AttemptStore implements QuizEdit.StartedQuizzes {
  /** Everything but the paper. */
  private static final List<Field<?>> FIELDS = fields();

  private static final Lookup<Record> BY_ID =
      new Lookup<>(dsl -> select(dsl).where(Lookup.among(ATTEMPT.ID)));

  private static final Lookup<Record5<Long, UUID, UUID, Integer, Boolean>> BY_OWNER =
      new Lookup<>(dsl ->
          dsl.select(
                  ATTEMPT.QUIZ_ID,
                  ATTEMPT.PARTICIPANT_ID,
                  ATTEMPT.ID,
                  ATTEMPT.NUMBER,
                  ATTEMPT.ANNULLED)
              .from(ATTEMPT)
              .where(Lookup.among(ATTEMPT.QUIZ_ID))
              .and(Lookup.among(ATTEMPT.PARTICIPANT_ID)));

  private final AttemptSeal seal;

  AttemptStore(AttemptSeal seal) {
    this.seal = seal;
  }

  private static List<Field<?>> fields() {
    var fields =
        new ArrayList<Field<?>>(
            Arrays.stream(ATTEMPT.fields()).filter(f -> !f.equals(ATTEMPT.PAPER)).toList());
    fields.addAll(List.of(PROGRESS.EXPIRES_AT, PROGRESS.VERSION, PROGRESS.RESPONSES));
    fields.addAll(
        Arrays.stream(RESULT.fields())
            .filter(f -> !f.equals(RESULT.QUIZ_ID) && !f.equals(RESULT.ATTEMPT_ID))
            .toList());
    return List.copyOf(fields);
  }

  /**
   * An attempt as it was read.
   *
   * @param version of its progress; who writes it next names the version that was read, and fails
   *     where another has written since
   */
  record Loaded(Attempt attempt, int version) {}

  @Override
  public boolean hasAttempts(DSLContext dsl, long quizId) {
    return dsl.fetchExists(ATTEMPT, ATTEMPT.QUIZ_ID.eq(quizId));
  }

  private static SelectOnConditionStep<Record> select(DSLContext dsl) {
    return dsl.select(FIELDS)
        .from(ATTEMPT)
        .leftJoin(PROGRESS)
        .on(PROGRESS.ATTEMPT_ID.eq(ATTEMPT.ID))
        .leftJoin(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID));
  }

  /** Attempts by their ids, with what was answered so far. */
  Map<UUID, Loaded> load(DSLContext dsl, Collection<UUID> ids) {
    var loaded = new LinkedHashMap<UUID, Loaded>();
    if (!ids.isEmpty()) {
      BY_ID.fetch(dsl, r -> loaded.put(r.get(ATTEMPT.ID), loaded(r)), (Object[]) sorted(ids));
    }
    return loaded;
  }

  /** The same, held against everybody else until the transaction ends. */
  Map<UUID, Loaded> lock(DSLContext dsl, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    hold(dsl, ids);
    dsl.select(PROGRESS.ATTEMPT_ID)
        .from(PROGRESS)
        .where(PROGRESS.ATTEMPT_ID.eq(DSL.any(sorted(ids))))
        .orderBy(PROGRESS.ATTEMPT_ID)
        .forUpdate()
        .fetch();
    // a row of a result is changed only by one who holds the attempt's
    return load(dsl, ids);
  }

  static void hold(DSLContext dsl, Collection<UUID> ids) {
    if (!ids.isEmpty()) {
      dsl.select(ATTEMPT.ID)
          .from(ATTEMPT)
          .where(ATTEMPT.ID.eq(DSL.any(sorted(ids))))
          .orderBy(ATTEMPT.ID)
          .forUpdate()
          .fetch();
    }
  }

  /** Whose attempts at which quiz. */
  record Owner(long quizId, UUID participantId) {}

  /**
   * The newest attempt of a participant in a quiz.
   *
   * @param loaded only the newest can be running, and its number is how many there are
   * @param annulled how many of them were set aside
   */
  record Newest(Loaded loaded, int annulled) {}

  private record Numbered(UUID id, int number, int annulled) {
    static Numbered last(Numbered one, Numbered other) {
      var last = one.number > other.number ? one : other;
      return new Numbered(last.id, last.number, one.annulled + other.annulled);
    }
  }

  /** The newest attempt of each of these participants in each of these quizzes, held. */
  List<Newest> newest(DSLContext dsl, Collection<Long> quizIds, Collection<UUID> participantIds) {
    if (participantIds.isEmpty()) {
      return List.of();
    }
    var newest = new HashMap<Owner, Numbered>();
    BY_OWNER.fetch(
        dsl,
        r ->
            newest.merge(
                new Owner(r.value1(), r.value2()),
                new Numbered(r.value3(), r.value4(), r.value5() ? 1 : 0),
                Numbered::last),
        quizIds.toArray(new Long[0]),
        sorted(participantIds));
    var ids = newest.values().stream().map(Numbered::id).toList();
    hold(dsl, ids);
    var loaded = load(dsl, ids);
    return newest.values().stream()
        .filter(n -> loaded.containsKey(n.id()))
        .map(n -> new Newest(Objects.requireNonNull(loaded.get(n.id())), n.annulled()))
        .toList();
  }

  /** The attempts of a participant at whatever quizzes. */
  List<UUID> idsOf(DSLContext dsl, UUID participantId) {
    return dsl.select(ATTEMPT.ID)
        .from(ATTEMPT)
        .where(ATTEMPT.PARTICIPANT_ID.eq(participantId))
        .orderBy(ATTEMPT.ID)
        .fetch(ATTEMPT.ID);
  }

  /** Attempts of a participant in these quizzes. */
  List<Attempt> ofParticipant(DSLContext dsl, Collection<Long> quizIds, UUID participantId) {
    return select(dsl)
        .where(ATTEMPT.QUIZ_ID.eq(DSL.any(quizIds.toArray(new Long[0]))))
        .and(ATTEMPT.PARTICIPANT_ID.eq(participantId))
        .fetch(r -> loaded(r).attempt());
  }

  /** All attempts at a quiz that were not set aside. */
  List<Attempt> ofQuiz(DSLContext dsl, long quizId) {
    return select(dsl)
        .where(ATTEMPT.QUIZ_ID.eq(quizId))
        .and(ATTEMPT.ANNULLED.isFalse())
        .orderBy(ATTEMPT.PARTICIPANT_ID, ATTEMPT.NUMBER)
        .fetch(r -> loaded(r).attempt());
  }

  /** The newest attempt of a participant in each quiz, the last started first. */
  List<Attempt> newest(DSLContext dsl, UUID participantId, int most) {
    return select(dsl)
        .where(ATTEMPT.PARTICIPANT_ID.eq(participantId))
        .and(isNewest())
        .orderBy(ATTEMPT.STARTED_AT.desc(), ATTEMPT.ID.desc())
        .limit(most)
        .fetch(r -> loaded(r).attempt());
  }

  /** That its participant has no later one in its quiz. */
  private static Condition isNewest() {
    var later = ATTEMPT.as("later");
    return DSL.notExists(
        DSL.selectOne()
            .from(later)
            .where(later.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
            .and(later.PARTICIPANT_ID.eq(ATTEMPT.PARTICIPANT_ID))
            .and(later.NUMBER.gt(ATTEMPT.NUMBER)));
  }

  Optional<Attempt> find(DSLContext dsl, UUID id) {
    return Optional.ofNullable(load(dsl, List.of(id)).get(id)).map(Loaded::attempt);
  }

  /** By what an attempt is reached: the hash of its token, and whose it is. */
  @SuppressWarnings("ArrayRecordComponent")
  record Holder(byte[] tokenHash, UUID participantId) {}

  Optional<Holder> holder(DSLContext dsl, UUID id) {
    return dsl.select(ATTEMPT.TOKEN_HASH, ATTEMPT.PARTICIPANT_ID)
        .from(ATTEMPT)
        .where(ATTEMPT.ID.eq(id))
        .fetchOptional(r -> new Holder(r.value1(), r.value2()));
  }

  /** The stored paper of an attempt. */
  record Stored(Origin origin, UUID participantId, String paper) {}

  List<Stored> stored(DSLContext dsl, Collection<UUID> ids) {
    return dsl.selectFrom(ATTEMPT)
        .where(ATTEMPT.ID.eq(DSL.any(sorted(ids))))
        .fetch(r -> new Stored(origin(r), r.getParticipantId(), r.getPaper()));
  }

  static UUID[] sorted(Collection<UUID> ids) {
    return ids.stream().distinct().sorted().toArray(UUID[]::new);
  }

  private Loaded loaded(Record r) {
    var version = r.get(PROGRESS.VERSION);
    return new Loaded(attempt(r), version == null ? 0 : version);
  }

  private Attempt attempt(Record r) {
    var ended = r.get(RESULT.STATE) != null;
    var responses = ended ? r.get(RESULT.RESPONSES) : r.get(PROGRESS.RESPONSES);
    return new Attempt(
        origin(r),
        takenBy(r),
        r.get(ATTEMPT.TOKEN_HASH),
        deadline(r),
        responses == null ? Responses.NONE : seal.responses(responses),
        ended ? Optional.of(ending(r)) : Optional.empty(),
        ended ? Optional.of(result(r)) : Optional.empty(),
        r.get(ATTEMPT.ANNULLED),
        Optional.ofNullable(r.get(ATTEMPT.ENTERED_BY)));
  }

  static Participant takenBy(Record r) {
    return new Participant(
        r.get(ATTEMPT.PARTICIPANT_ID),
        r.get(ATTEMPT.NAME),
        Branch.of(
            Optional.ofNullable(r.get(ATTEMPT.ORGANISATION_ID)),
            Optional.ofNullable(r.get(ATTEMPT.BRANCH))));
  }

  private static Origin origin(Record r) {
    return new Origin(
        r.get(ATTEMPT.ID),
        r.get(ATTEMPT.QUIZ_ID),
        r.get(ATTEMPT.QUIZ_REVISION),
        r.get(ATTEMPT.NUMBER),
        r.get(ATTEMPT.STARTED_AT));
  }

  private static Optional<Deadline> deadline(Record r) {
    var at = Optional.ofNullable(r.get(ATTEMPT.DEADLINE));
    var expiresAt = Optional.ofNullable(r.get(PROGRESS.EXPIRES_AT));
    return at.map(d -> new Deadline(d, expiresAt.orElse(d)));
  }

  private static Ending ending(Record r) {
    return new Ending(
        AttemptState.of(r.get(RESULT.STATE)), r.get(RESULT.ENDED_AT), r.get(RESULT.ELAPSED_MILLIS));
  }

  private Result result(Record r) {
    return new Result(
        seal.marks(r.get(RESULT.MARKS)),
        new Score(r.get(RESULT.SCORE), r.get(RESULT.MAX_SCORE), r.get(RESULT.PENDING)),
        Optional.ofNullable(r.get(RESULT.PASSED)),
        r.get(RESULT.MARKING),
        r.get(RESULT.AMENDMENTS));
  }

  static Stream<Attempt> inOrder(Collection<Attempt> attempts) {
    return attempts.stream().sorted(Comparator.comparing(Attempt::id));
  }

  /** Running attempts whose deadline and grace are over. */
  List<UUID> overdue(DSLContext dsl, Instant now, int limit) {
    return dsl.select(PROGRESS.ATTEMPT_ID)
        .from(PROGRESS)
        .where(PROGRESS.EXPIRES_AT.lt(now))
        .orderBy(PROGRESS.EXPIRES_AT)
        .limit(limit)
        .fetch(PROGRESS.ATTEMPT_ID);
  }

  /** Running attempts of a quiz, after an id. */
  List<Attempt> running(DSLContext dsl, long quizId, Optional<UUID> after, int limit) {
    return select(dsl)
        .where(ATTEMPT.QUIZ_ID.eq(quizId))
        .and(PROGRESS.ATTEMPT_ID.isNotNull())
        .and(after.map(ATTEMPT.ID::gt).orElse(DSL.noCondition()))
        .orderBy(ATTEMPT.ID)
        .limit(limit)
        .fetch(r -> loaded(r).attempt());
  }

  /** Whether an attempt at a quiz runs that somebody answers with a phone. */
  boolean isAnyRunning(DSLContext dsl, long quizId) {
    return dsl.fetchExists(
        DSL.selectOne()
            .from(ATTEMPT)
            .join(PROGRESS)
            .on(PROGRESS.ATTEMPT_ID.eq(ATTEMPT.ID))
            .where(ATTEMPT.QUIZ_ID.eq(quizId))
            .and(ATTEMPT.ENTERED_BY.isNull()));
  }

  /** Ended attempts of a quiz, after an id, that satisfy a condition. */
  List<Attempt> ended(
      DSLContext dsl, long quizId, Optional<UUID> after, Condition which, int limit) {
    var ids =
        dsl.select(RESULT.ATTEMPT_ID)
            .from(RESULT)
            .where(RESULT.QUIZ_ID.eq(quizId))
            .and(after.map(RESULT.ATTEMPT_ID::gt).orElse(DSL.noCondition()))
            .and(which)
            .orderBy(RESULT.ATTEMPT_ID)
            .limit(limit)
            .fetch(RESULT.ATTEMPT_ID);
    return load(dsl, ids).values().stream()
        .map(Loaded::attempt)
        .filter(Attempt::isEnded)
        .sorted(Comparator.comparing(Attempt::id))
        .toList();
  }

  /**
   * Attempts of a quiz whose deadline may move, after an id: those that run, and the last ones of
   * their participants that expired since a moment.
   */
  List<UUID> movable(DSLContext dsl, long quizId, Move move, Optional<UUID> after, int limit) {
    return selectMovable(dsl, quizId, move)
        .and(after.map(ATTEMPT.ID::gt).orElse(DSL.noCondition()))
        .orderBy(ATTEMPT.ID)
        .limit(limit)
        .fetch(ATTEMPT.ID);
  }

  /** Which of these may still be moved. */
  List<UUID> stillMovable(DSLContext dsl, long quizId, Move move, Collection<UUID> ids) {
    return selectMovable(dsl, quizId, move).and(ATTEMPT.ID.in(ids)).fetch(ATTEMPT.ID);
  }

  private static SelectConditionStep<Record1<UUID>> selectMovable(
      DSLContext dsl, long quizId, Move move) {
    var running = RESULT.STATE.isNull();
    return dsl.select(ATTEMPT.ID)
        .from(ATTEMPT)
        .leftJoin(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID))
        .where(ATTEMPT.QUIZ_ID.eq(quizId))
        .and(ATTEMPT.ENTERED_BY.isNull()) // no clock ends those on paper
        .and(ATTEMPT.STARTED_AT.le(move.ordered()))
        .and(move.reopenSince().map(since -> running.or(expired(since))).orElse(running));
  }

  private static Condition expired(Instant since) {
    return RESULT
        .STATE
        .eq(AttemptState.EXPIRED.code())
        .and(RESULT.ENDED_AT.ge(since))
        .and(ATTEMPT.ANNULLED.isFalse())
        .and(isNewest());
  }
}
