package yikao.attempt;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.PROGRESS;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import yikao.attempt.AttemptEntry.Drawn;
import yikao.db.jooq.tables.records.AttemptRecord;
import yikao.paper.PaperCodec;
import yikao.quiz.QuizEdit;
import yikao.scoring.Score;

/** Attempts in the database; what a group writes goes by batches. */
@Singleton
final class AttemptStore implements QuizEdit.Usage {
  /** Everything but what is long. */
  private static final List<Field<?>> BRIEF =
      Arrays.stream(ATTEMPT.fields())
          .filter(f -> !f.equals(ATTEMPT.PAPER) && !f.equals(ATTEMPT.RESPONSES))
          .toList();

  @Override
  public boolean hasAttempts(DSLContext dsl, long quizId) {
    return dsl.fetchExists(ATTEMPT, ATTEMPT.QUIZ_ID.eq(quizId));
  }

  /** Attempts by their ids, locked in the order of the ids, with what was answered so far. */
  Map<UUID, Attempt> lock(DSLContext dsl, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return withProgress(
        dsl,
        dsl.selectFrom(ATTEMPT)
            .where(ATTEMPT.ID.eq(DSL.any(sorted(ids))))
            .orderBy(ATTEMPT.ID)
            .forUpdate()
            .fetch());
  }

  /**
   * The newest attempt of each of these participants in each of these quizzes, locked: only the
   * newest can be running, and its number is how many there are.
   */
  List<Attempt> newest(DSLContext dsl, Collection<Long> quizIds, Collection<UUID> participantIds) {
    if (participantIds.isEmpty()) {
      return List.of();
    }
    var later = ATTEMPT.as("later");
    var rows =
        dsl.select(BRIEF)
            .from(ATTEMPT)
            .where(ATTEMPT.QUIZ_ID.eq(DSL.any(quizIds.toArray(new Long[0]))))
            .and(ATTEMPT.PARTICIPANT_ID.eq(DSL.any(sorted(participantIds))))
            .andNotExists(
                DSL.selectOne()
                    .from(later)
                    .where(later.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
                    .and(later.PARTICIPANT_ID.eq(ATTEMPT.PARTICIPANT_ID))
                    .and(later.NUMBER.gt(ATTEMPT.NUMBER)))
            .orderBy(ATTEMPT.ID)
            .forUpdate()
            .fetchInto(ATTEMPT);
    return List.copyOf(withProgress(dsl, rows).values());
  }

  /** Attempts of a participant in these quizzes, without the responses of those that have ended. */
  List<Attempt> ofParticipant(DSLContext dsl, Collection<Long> quizIds, UUID participantId) {
    var rows =
        dsl.select(BRIEF)
            .from(ATTEMPT)
            .where(ATTEMPT.QUIZ_ID.eq(DSL.any(quizIds.toArray(new Long[0]))))
            .and(ATTEMPT.PARTICIPANT_ID.eq(participantId))
            .fetchInto(ATTEMPT);
    return List.copyOf(withProgress(dsl, rows).values());
  }

  Optional<Attempt> find(DSLContext dsl, UUID id) {
    return withProgress(dsl, dsl.selectFrom(ATTEMPT).where(ATTEMPT.ID.eq(id)).fetch())
        .values()
        .stream()
        .findFirst();
  }

  /** The stored paper of an attempt, with the quiz it belongs to. */
  record Stored(
      UUID id, long quizId, int quizRevision, UUID participantId, int number, String paper) {}

  List<Stored> stored(DSLContext dsl, Collection<UUID> ids) {
    return dsl.select(
            ATTEMPT.ID,
            ATTEMPT.QUIZ_ID,
            ATTEMPT.QUIZ_REVISION,
            ATTEMPT.PARTICIPANT_ID,
            ATTEMPT.NUMBER,
            ATTEMPT.PAPER)
        .from(ATTEMPT)
        .where(ATTEMPT.ID.eq(DSL.any(sorted(ids))))
        .fetch(r ->
            new Stored(r.value1(), r.value2(), r.value3(), r.value4(), r.value5(), r.value6()));
  }

  static UUID[] sorted(Collection<UUID> ids) {
    return ids.stream().distinct().sorted().toArray(UUID[]::new);
  }

  private static Map<UUID, Attempt> withProgress(DSLContext dsl, List<AttemptRecord> rows) {
    var running =
        rows.stream()
            .filter(r -> r.getState().equals(AttemptState.RUNNING.code()))
            .map(AttemptRecord::getId)
            .toList();
    var progress =
        running.isEmpty()
            ? Map.<UUID, String>of()
            : dsl.selectFrom(PROGRESS)
                .where(PROGRESS.ATTEMPT_ID.eq(DSL.any(sorted(running))))
                .fetchMap(PROGRESS.ATTEMPT_ID, PROGRESS.RESPONSES);
    var attempts = new HashMap<UUID, Attempt>();
    rows.forEach(r -> attempts.put(r.getId(), attempt(r, progress.get(r.getId()))));
    return attempts;
  }

  private static Attempt attempt(
      AttemptRecord r, @org.jspecify.annotations.Nullable String progress) {
    var responses = progress == null ? r.getResponses() : progress;
    return new Attempt(
        r.getId(),
        r.getQuizId(),
        r.getParticipantId(),
        r.getNumber(),
        AttemptState.of(r.getState()),
        r.getQuizRevision(),
        r.getTokenHash(),
        r.getStartedAt(),
        Optional.ofNullable(r.getDeadline()),
        Optional.ofNullable(r.getExpiresAt()),
        Optional.ofNullable(r.getEndedAt()),
        r.getElapsedMillis() == null ? 0 : r.getElapsedMillis(),
        responses == null ? Responses.NONE : ResponsesCodec.decode(responses),
        r.getMarks() == null
            ? Optional.empty()
            : Optional.of(
                new Result(
                    Result.decode(r.getMarks()),
                    new Score(r.getScore(), r.getMaxScore(), r.getPending()),
                    Optional.ofNullable(r.getPassed()))),
        r.getMarking(),
        r.getAmendments());
  }

  /** A new attempt and its paper. */
  record Insert(Attempt attempt, Drawn drawn) {}

  void insertAttempts(DSLContext dsl, Collection<Insert> inserts) {
    if (inserts.isEmpty()) {
      return;
    }
    dsl.batch(
            dsl.insertInto(
                    ATTEMPT,
                    ATTEMPT.ID,
                    ATTEMPT.QUIZ_ID,
                    ATTEMPT.PARTICIPANT_ID,
                    ATTEMPT.NUMBER,
                    ATTEMPT.STATE,
                    ATTEMPT.QUIZ_REVISION,
                    ATTEMPT.BANK_REVISION,
                    ATTEMPT.USAGE_VERSION,
                    ATTEMPT.SEED,
                    ATTEMPT.PAPER,
                    ATTEMPT.TOKEN_HASH,
                    ATTEMPT.STARTED_AT,
                    ATTEMPT.DEADLINE,
                    ATTEMPT.EXPIRES_AT,
                    ATTEMPT.MARKING,
                    ATTEMPT.AMENDMENTS)
                .values(
                    (UUID) null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null))
        .bind(
            inserts.stream()
                .sorted(Comparator.comparing(i -> i.attempt().id()))
                .map(AttemptStore::values)
                .toArray(Object[][]::new))
        .execute();
  }

  private static Object[] values(Insert insert) {
    var a = insert.attempt();
    var d = insert.drawn();
    return new Object[] {
      a.id(),
      a.quizId(),
      a.participantId(),
      a.number(),
      a.state().code(),
      a.quizRevision(),
      d.bankRevision(),
      d.usageVersion() == 0 ? null : d.usageVersion(),
      d.seed(),
      PaperCodec.encode(d.paper()),
      a.tokenHash(),
      a.startedAt(),
      a.deadline().orElse(null),
      a.expiresAt().orElse(null),
      a.marking(),
      a.amendments()
    };
  }

  void updateTokens(DSLContext dsl, Collection<Attempt> attempts) {
    if (!attempts.isEmpty()) {
      dsl.batch(
              dsl.update(ATTEMPT)
                  .set(ATTEMPT.TOKEN_HASH, (byte[]) null)
                  .where(ATTEMPT.ID.eq((UUID) null)))
          .bind(
              inOrder(attempts)
                  .map(a -> new Object[] {a.tokenHash(), a.id()})
                  .toArray(Object[][]::new))
          .execute();
    }
  }

  void insertProgress(DSLContext dsl, Collection<Attempt> attempts) {
    if (!attempts.isEmpty()) {
      dsl.batch(
              dsl.insertInto(PROGRESS, PROGRESS.ATTEMPT_ID, PROGRESS.RESPONSES)
                  .values((UUID) null, null))
          .bind(
              inOrder(attempts)
                  .map(a -> new Object[] {a.id(), ResponsesCodec.encode(a.responses())})
                  .toArray(Object[][]::new))
          .execute();
    }
  }

  void updateProgress(DSLContext dsl, Collection<Attempt> attempts) {
    if (!attempts.isEmpty()) {
      dsl.batch(
              dsl.update(PROGRESS)
                  .set(PROGRESS.RESPONSES, (String) null)
                  .where(PROGRESS.ATTEMPT_ID.eq((UUID) null)))
          .bind(
              inOrder(attempts)
                  .map(a -> new Object[] {ResponsesCodec.encode(a.responses()), a.id()})
                  .toArray(Object[][]::new))
          .execute();
    }
  }

  void deleteProgress(DSLContext dsl, Collection<UUID> ids) {
    if (!ids.isEmpty()) {
      dsl.deleteFrom(PROGRESS).where(PROGRESS.ATTEMPT_ID.eq(DSL.any(sorted(ids)))).execute();
    }
  }

  /** Writes end, responses and marks of ended attempts, and reopens those that run again. */
  void updateOutcomes(DSLContext dsl, Collection<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    dsl.batch(
            dsl.update(ATTEMPT)
                .set(ATTEMPT.STATE, (String) null)
                .set(ATTEMPT.DEADLINE, (Instant) null)
                .set(ATTEMPT.EXPIRES_AT, (Instant) null)
                .set(ATTEMPT.ENDED_AT, (Instant) null)
                .set(ATTEMPT.ELAPSED_MILLIS, (Long) null)
                .set(ATTEMPT.RESPONSES, (String) null)
                .set(ATTEMPT.MARKS, (String) null)
                .set(ATTEMPT.SCORE, (BigDecimal) null)
                .set(ATTEMPT.MAX_SCORE, (BigDecimal) null)
                .set(ATTEMPT.PENDING, (Integer) null)
                .set(ATTEMPT.PASSED, (Boolean) null)
                .set(ATTEMPT.MARKING, (Integer) null)
                .set(ATTEMPT.AMENDMENTS, (Integer) null)
                .where(ATTEMPT.ID.eq((UUID) null)))
        .bind(inOrder(attempts).map(AttemptStore::outcome).toArray(Object[][]::new))
        .execute();
  }

  private static Object[] outcome(Attempt a) {
    var ended = a.state().isEnded();
    var result = a.result();
    return new Object[] {
      a.state().code(),
      a.deadline().orElse(null),
      a.expiresAt().orElse(null),
      a.endedAt().orElse(null),
      ended ? a.elapsedMillis() : null,
      ended ? ResponsesCodec.encode(a.responses()) : null,
      result.map(r -> Result.encode(r.marks())).orElse(null),
      result.map(r -> r.score().points()).orElse(null),
      result.map(r -> r.score().maximum()).orElse(null),
      result.map(r -> r.score().pending()).orElse(null),
      result.flatMap(Result::passed).orElse(null),
      a.marking(),
      a.amendments(),
      a.id()
    };
  }

  static java.util.stream.Stream<Attempt> inOrder(Collection<Attempt> attempts) {
    return attempts.stream().sorted(Comparator.comparing(Attempt::id));
  }

  /** Running attempts whose deadline and grace are over. */
  List<UUID> overdue(DSLContext dsl, Instant now, int limit) {
    return dsl.select(ATTEMPT.ID)
        .from(ATTEMPT)
        .where(ATTEMPT.EXPIRES_AT.lt(now))
        .orderBy(ATTEMPT.EXPIRES_AT)
        .limit(limit)
        .fetch(ATTEMPT.ID);
  }

  /** Ended attempts of a quiz, after an id, that satisfy a condition. */
  List<Attempt> ended(
      DSLContext dsl, long quizId, Optional<UUID> after, Condition which, int limit) {
    return dsl.selectFrom(ATTEMPT)
        .where(ATTEMPT.QUIZ_ID.eq(quizId))
        .and(ATTEMPT.STATE.ne(AttemptState.RUNNING.code()))
        .and(after.map(ATTEMPT.ID::gt).orElse(DSL.noCondition()))
        .and(which)
        .orderBy(ATTEMPT.ID)
        .limit(limit)
        .fetch()
        .map(r -> attempt(r, null));
  }
}
