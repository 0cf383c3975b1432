package yikao.attempt;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One participant's run at a quiz, as it stands. Immutable; {@link AttemptRules} makes the next
 * one.
 *
 * @param number counted from 1 for each participant and quiz
 * @param tokenHash SHA-256 of the token that opens it
 * @param deadline absent: none
 * @param expiresAt deadline and grace; absent where there is none, or once it has ended
 * @param endedAt when it was submitted, or its deadline where it expired
 * @param elapsedMillis from start to end, at most to the deadline; 0 while it runs
 * @param marking how often it was marked
 * @param amendments how many amendments of the quiz the marking knows
 */
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, never as a whole
record Attempt(
    UUID id,
    long quizId,
    UUID participantId,
    int number,
    AttemptState state,
    int quizRevision,
    byte[] tokenHash,
    Instant startedAt,
    Optional<Instant> deadline,
    Optional<Instant> expiresAt,
    Optional<Instant> endedAt,
    long elapsedMillis,
    Responses responses,
    Optional<Result> result,
    int marking,
    int amendments) {

  Attempt withToken(byte[] hash) {
    return new Attempt(
        id,
        quizId,
        participantId,
        number,
        state,
        quizRevision,
        hash,
        startedAt,
        deadline,
        expiresAt,
        endedAt,
        elapsedMillis,
        responses,
        result,
        marking,
        amendments);
  }

  Attempt withResponses(Responses next) {
    return new Attempt(
        id,
        quizId,
        participantId,
        number,
        state,
        quizRevision,
        tokenHash,
        startedAt,
        deadline,
        expiresAt,
        endedAt,
        elapsedMillis,
        next,
        result,
        marking,
        amendments);
  }

  Attempt ended(AttemptState how, Instant at, long elapsed) {
    return new Attempt(
        id,
        quizId,
        participantId,
        number,
        how,
        quizRevision,
        tokenHash,
        startedAt,
        deadline,
        Optional.empty(),
        Optional.of(at),
        elapsed,
        responses,
        result,
        marking,
        amendments);
  }

  Attempt reopened(Instant newDeadline, Instant newExpiry) {
    return new Attempt(
        id,
        quizId,
        participantId,
        number,
        AttemptState.RUNNING,
        quizRevision,
        tokenHash,
        startedAt,
        Optional.of(newDeadline),
        Optional.of(newExpiry),
        Optional.empty(),
        0,
        responses,
        Optional.empty(),
        marking,
        amendments);
  }

  Attempt marked(Result next, int knownAmendments) {
    return new Attempt(
        id,
        quizId,
        participantId,
        number,
        state,
        quizRevision,
        tokenHash,
        startedAt,
        deadline,
        expiresAt,
        endedAt,
        elapsedMillis,
        responses,
        Optional.of(next),
        marking + 1,
        knownAmendments);
  }
}
