package yikao.attempt;

import static yikao.db.jooq.Tables.AMENDMENT;
import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.FORMER_MARKING;
import static yikao.db.jooq.Tables.PARTICIPANT;
import static yikao.db.jooq.Tables.PERSON_MARK;
import static yikao.db.jooq.Tables.PROGRESS;
import static yikao.db.jooq.Tables.QUIZ;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
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
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import yikao.attempt.AttemptEntry.Drawn;
import yikao.db.jooq.tables.records.AttemptRecord;
import yikao.paper.PaperCodec;
import yikao.quiz.QuizEdit;
import yikao.scoring.Amendment;
import yikao.scoring.Score;

/** Attempts, participants and marks in the database; what a group writes goes by batches. */
@Singleton
final class AttemptStore implements QuizEdit.Usage {
  /** Everything but what is long. */
  private static final List<Field<?>> BRIEF =
      Arrays.stream(ATTEMPT.fields())
          .filter(f -> !f.equals(ATTEMPT.PAPER) && !f.equals(ATTEMPT.RESPONSES))
          .toList();

  private final AmendmentCodec amendments;

  AttemptStore(AmendmentCodec amendments) {
    this.amendments = amendments;
  }

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

  private static UUID[] sorted(Collection<UUID> ids) {
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

  Map<UUID, Participant> participants(DSLContext dsl, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    var found = new HashMap<UUID, Participant>();
    dsl.selectFrom(PARTICIPANT)
        .where(PARTICIPANT.ID.eq(DSL.any(sorted(ids))))
        .forEach(r ->
            found.put(
                r.getId(),
                new Participant(
                    r.getId(),
                    r.getName(),
                    Optional.ofNullable(r.getOrganisationId()),
                    Optional.ofNullable(r.getBranch()))));
    return found;
  }

  void insertParticipants(DSLContext dsl, Collection<Participant> participants, Instant now) {
    if (!participants.isEmpty()) {
      dsl.batch(
              dsl.insertInto(
                      PARTICIPANT,
                      PARTICIPANT.ID,
                      PARTICIPANT.KIND,
                      PARTICIPANT.NAME,
                      PARTICIPANT.ORGANISATION_ID,
                      PARTICIPANT.BRANCH,
                      PARTICIPANT.CREATED_AT)
                  .values((UUID) null, null, null, null, null, null))
          .bind(
              participants.stream()
                  .sorted(Comparator.comparing(Participant::id))
                  .map(p ->
                      new Object[] {
                        p.id(),
                        "guest",
                        p.name(),
                        p.organisationId().orElse(null),
                        p.branch().orElse(null),
                        now
                      })
                  .toArray(Object[][]::new))
          .execute();
    }
  }

  void updateParticipants(DSLContext dsl, Collection<Participant> participants) {
    if (!participants.isEmpty()) {
      dsl.batch(
              dsl.update(PARTICIPANT)
                  .set(PARTICIPANT.NAME, (String) null)
                  .set(PARTICIPANT.ORGANISATION_ID, (Long) null)
                  .set(PARTICIPANT.BRANCH, (String) null)
                  .where(PARTICIPANT.ID.eq((UUID) null)))
          .bind(
              participants.stream()
                  .sorted(Comparator.comparing(Participant::id))
                  .map(p ->
                      new Object[] {
                        p.name(), p.organisationId().orElse(null), p.branch().orElse(null), p.id()
                      })
                  .toArray(Object[][]::new))
          .execute();
    }
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

  private static java.util.stream.Stream<Attempt> inOrder(Collection<Attempt> attempts) {
    return attempts.stream().sorted(Comparator.comparing(Attempt::id));
  }

  /** Keeps markings that later ones replace. */
  void insertFormerMarkings(DSLContext dsl, Collection<Attempt> before, Instant now) {
    var marked = inOrder(before).filter(a -> a.result().isPresent()).toList();
    if (marked.isEmpty()) {
      return;
    }
    dsl.batch(
            dsl.insertInto(
                    FORMER_MARKING,
                    FORMER_MARKING.ATTEMPT_ID,
                    FORMER_MARKING.MARKING,
                    FORMER_MARKING.AMENDMENTS,
                    FORMER_MARKING.MARKS,
                    FORMER_MARKING.SCORE,
                    FORMER_MARKING.MAX_SCORE,
                    FORMER_MARKING.PASSED,
                    FORMER_MARKING.REPLACED_AT)
                .values((UUID) null, null, null, null, null, null, null, null))
        .bind(marked.stream().map(a -> former(a, now)).toArray(Object[][]::new))
        .execute();
  }

  private static Object[] former(Attempt a, Instant now) {
    var result = a.result().orElseThrow();
    return new Object[] {
      a.id(),
      a.marking(),
      a.amendments(),
      Result.encode(result.marks()),
      result.score().points(),
      result.score().maximum(),
      result.passed().orElse(null),
      now
    };
  }

  /** What the database says of a quiz, now. */
  record QuizNow(int revision, int amendments) {}

  Map<Long, QuizNow> quizzes(DSLContext dsl, Collection<Long> quizIds) {
    var select =
        dsl.select(QUIZ.ID, QUIZ.REVISION, QUIZ.AMENDMENTS)
            .from(QUIZ)
            .where(QUIZ.ID.eq(DSL.any(quizIds.toArray(new Long[0]))))
            .orderBy(QUIZ.ID);
    // On PostgreSQL the foreign key of a new attempt holds off an editor; on H2 it does not, and
    // with
    // its one writer a lock costs nobody anything.
    var rows = dsl.dialect().family() == SQLDialect.H2 ? select.forUpdate() : select;
    return rows.fetchMap(r -> r.value1(), r -> new QuizNow(r.value2(), r.value3()));
  }

  /** The amendments of a quiz, in their order. */
  List<Amendment> amendments(DSLContext dsl, long quizId) {
    return dsl.select(AMENDMENT.QUESTION_ID, AMENDMENT.CONTENT)
        .from(AMENDMENT)
        .where(AMENDMENT.QUIZ_ID.eq(quizId))
        .orderBy(AMENDMENT.NUMBER)
        .fetch(r -> amendments.decode(r.value1(), r.value2()));
  }

  /** What persons gave the essays of an attempt. */
  Map<Integer, BigDecimal> personMarks(DSLContext dsl, UUID attemptId) {
    return dsl.select(PERSON_MARK.NUMBER, PERSON_MARK.POINTS)
        .from(PERSON_MARK)
        .where(PERSON_MARK.ATTEMPT_ID.eq(attemptId))
        .fetchMap(PERSON_MARK.NUMBER, PERSON_MARK.POINTS);
  }

  /** Forgets what persons gave the essays of attempts that run again. */
  void deletePersonMarks(DSLContext dsl, Collection<UUID> attemptIds) {
    if (!attemptIds.isEmpty()) {
      dsl.deleteFrom(PERSON_MARK)
          .where(PERSON_MARK.ATTEMPT_ID.eq(DSL.any(sorted(attemptIds))))
          .execute();
    }
  }

  /** What a person gives an essay; a later mark replaces an earlier one. */
  void putPersonMark(
      DSLContext dsl,
      UUID attemptId,
      int number,
      BigDecimal points,
      Optional<String> comment,
      Instant now) {
    dsl.deleteFrom(PERSON_MARK)
        .where(PERSON_MARK.ATTEMPT_ID.eq(attemptId))
        .and(PERSON_MARK.NUMBER.eq(number))
        .execute();
    dsl.insertInto(PERSON_MARK)
        .set(PERSON_MARK.ATTEMPT_ID, attemptId)
        .set(PERSON_MARK.NUMBER, number)
        .set(PERSON_MARK.POINTS, points)
        .set(PERSON_MARK.COMMENT, comment.orElse(null))
        .set(PERSON_MARK.MARKED_AT, now)
        .execute();
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

  /** Quizzes with ended attempts that an amendment has not reached yet. */
  List<Long> behind(DSLContext dsl) {
    return dsl.select(QUIZ.ID)
        .from(QUIZ)
        .where(QUIZ.AMENDMENTS.gt(0))
        .andExists(
            DSL.selectOne()
                .from(ATTEMPT)
                .where(ATTEMPT.QUIZ_ID.eq(QUIZ.ID))
                .and(ATTEMPT.AMENDMENTS.lt(QUIZ.AMENDMENTS))
                .and(ATTEMPT.STATE.ne(AttemptState.RUNNING.code())))
        .fetch(QUIZ.ID);
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

  /** Two transactions that end or mark attempts of one participant come one after the other. */
  private static void lockParticipants(DSLContext dsl, Collection<UUID> ids) {
    dsl.select(PARTICIPANT.ID)
        .from(PARTICIPANT)
        .where(PARTICIPANT.ID.eq(DSL.any(sorted(ids))))
        .orderBy(PARTICIPANT.ID)
        .forUpdate()
        .fetch();
  }

  /** The results of participants in a quiz, for those who rank them. */
  List<ResultListener.ParticipantResults> results(
      DSLContext dsl, yikao.quiz.Quiz quiz, Collection<UUID> participantIds) {
    lockParticipants(dsl, participantIds);
    var people = participants(dsl, participantIds);
    var attempts = new HashMap<UUID, List<ResultListener.Outcome>>();
    participantIds.forEach(id -> attempts.put(id, new ArrayList<>()));
    dsl.select(
            ATTEMPT.PARTICIPANT_ID,
            ATTEMPT.NUMBER,
            ATTEMPT.SCORE,
            ATTEMPT.ELAPSED_MILLIS,
            ATTEMPT.ENDED_AT)
        .from(ATTEMPT)
        .where(ATTEMPT.QUIZ_ID.eq(quiz.id()))
        .and(ATTEMPT.PARTICIPANT_ID.eq(DSL.any(sorted(participantIds))))
        .and(ATTEMPT.PENDING.eq(0))
        .orderBy(ATTEMPT.NUMBER)
        .forEach(r ->
            attempts
                .computeIfAbsent(r.value1(), _ -> new ArrayList<>())
                .add(new ResultListener.Outcome(r.value2(), r.value3(), r.value4(), r.value5())));
    var results = new ArrayList<ResultListener.ParticipantResults>();
    attempts.forEach((id, outcomes) -> {
      var person = people.get(id);
      if (person != null) {
        results.add(
            new ResultListener.ParticipantResults(
                quiz, id, person.organisationId(), person.branch(), outcomes));
      }
    });
    return results;
  }
}
