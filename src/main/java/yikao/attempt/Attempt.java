package yikao.attempt;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import yikao.participant.Participant;

/**
 * One participant's run at a quiz, as it stands. Immutable; {@link AttemptRules} makes the next
 * one.
 *
 * @param takenBy by whom, with the name and branch of this attempt: a start elsewhere changes
 *     neither
 * @param tokenHash SHA-256 of the token that opens it; empty where it was released, so that its
 *     participant may go on with any
 * @param deadline absent: none
 * @param ending absent while it runs
 * @param result absent until it has ended and is marked
 * @param annulled set aside by staff: it uses up no try and counts for nothing
 * @param enteredBy who of the staff has given out its paper in print and, once it has ended, has
 *     typed in what was answered there, as the code of an actor; absent: its participant answers
 *     with a phone
 */
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, never as a whole
public record Attempt(
    Origin origin,
    Participant takenBy,
    byte[] tokenHash,
    Optional<Deadline> deadline,
    Responses responses,
    Optional<Ending> ending,
    Optional<Result> result,
    boolean annulled,
    Optional<String> enteredBy) {

  /** One that its participant answers. */
  public Attempt(
      Origin origin,
      Participant takenBy,
      byte[] tokenHash,
      Optional<Deadline> deadline,
      Responses responses,
      Optional<Ending> ending,
      Optional<Result> result,
      boolean annulled) {
    this(
        origin,
        takenBy,
        tokenHash,
        deadline,
        responses,
        ending,
        result,
        annulled,
        Optional.empty());
  }

  /**
   * What never changes about it.
   *
   * @param number counted from 1 for each participant and quiz
   */
  public record Origin(UUID id, long quizId, int quizRevision, int number, Instant startedAt) {}

  /**
   * When it has to end.
   *
   * @param expiresAt with the grace, up to which a submission counts whole; of no meaning once it
   *     has ended
   */
  public record Deadline(Instant at, Instant expiresAt) {}

  /**
   * How it ended.
   *
   * @param at when it was submitted, or its deadline where it expired
   * @param elapsedMillis from start to end, at most to the deadline
   */
  public record Ending(AttemptState state, Instant at, long elapsedMillis) {}

  /** Its identity. */
  public UUID id() {
    return origin.id;
  }

  /** The internal identity of its quiz. */
  public long quizId() {
    return origin.quizId;
  }

  /** Whose it is. */
  public UUID participantId() {
    return takenBy.id();
  }

  /** Counted from 1 for each participant and quiz. */
  public int number() {
    return origin.number;
  }

  /** When it started. */
  public Instant startedAt() {
    return origin.startedAt;
  }

  /** Where it is in its life. */
  public AttemptState state() {
    return ending.map(Ending::state).orElse(AttemptState.RUNNING);
  }

  /** Whether it is over. */
  public boolean isEnded() {
    return ending.isPresent();
  }

  /** Whether it is answered on paper, which no phone opens. */
  public boolean isOnPaper() {
    return enteredBy.isPresent();
  }

  /** Whether staff has released it from the phone that it was begun with. */
  boolean isReleased() {
    return tokenHash.length == 0 && !isOnPaper();
  }

  Attempt released() {
    return withToken(new byte[0]);
  }

  Attempt withToken(byte[] hash) {
    return new Attempt(
        origin, takenBy, hash, deadline, responses, ending, result, annulled, enteredBy);
  }

  Attempt withResponses(Responses next) {
    return new Attempt(
        origin, takenBy, tokenHash, deadline, next, ending, result, annulled, enteredBy);
  }

  Attempt ended(Ending how) {
    return new Attempt(
        origin,
        takenBy,
        tokenHash,
        deadline,
        responses,
        Optional.of(how),
        result,
        annulled,
        enteredBy);
  }

  Attempt marked(Result next) {
    return new Attempt(
        origin,
        takenBy,
        tokenHash,
        deadline,
        responses,
        ending,
        Optional.of(next),
        annulled,
        enteredBy);
  }

  Attempt correctedTo(Participant next) {
    return new Attempt(
        origin, next, tokenHash, deadline, responses, ending, result, annulled, enteredBy);
  }

  Attempt setAside() {
    return new Attempt(
        origin, takenBy, tokenHash, deadline, responses, ending, result, true, enteredBy);
  }

  Attempt enteredBy(String actor) {
    return new Attempt(
        origin,
        takenBy,
        tokenHash,
        deadline,
        responses,
        ending,
        result,
        annulled,
        Optional.of(actor));
  }

  /** With another deadline, while it runs. */
  Attempt withDeadline(Optional<Deadline> next) {
    return new Attempt(
        origin, takenBy, tokenHash, next, responses, ending, result, annulled, enteredBy);
  }

  Attempt reopened(Optional<Deadline> later) {
    return new Attempt(
        origin,
        takenBy,
        tokenHash,
        later,
        responses,
        Optional.empty(),
        Optional.empty(),
        annulled,
        enteredBy);
  }
}
