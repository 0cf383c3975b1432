package yikao.attempt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.db.Command;
import yikao.paper.Paper;
import yikao.participant.Participant;
import yikao.quiz.Quiz;

/**
 * Something that waits to be written about an attempt.
 *
 * @param <R> what its caller is told
 */
abstract sealed class AttemptCommand<R> extends Command<R> {

  /** A start, with a paper for the case that no attempt is running. */
  static final class Start extends AttemptCommand<Started> {
    final Quiz quiz;
    final Participant participant;
    final boolean mayTakeOver;
    final Optional<String> onPaper;
    final UUID freshId;
    final byte[] tokenHash;
    final Drawn drawn;
    final Instant arrived;

    /**
     * A start.
     *
     * @param mayTakeOver whether what was begun with another token may go on, or be followed, with
     *     this one
     * @param onPaper the code of who gives out the paper in print; absent: a phone begins it
     */
    Start(
        Quiz quiz,
        Participant participant,
        boolean mayTakeOver,
        Optional<String> onPaper,
        UUID freshId,
        byte[] tokenHash,
        Drawn drawn,
        Instant arrived) {
      this.quiz = quiz;
      this.participant = participant;
      this.mayTakeOver = mayTakeOver;
      this.onPaper = onPaper;
      this.freshId = freshId;
      this.tokenHash = tokenHash;
      this.drawn = drawn;
      this.arrived = arrived;
    }

    @Override
    protected Object key() {
      return participant.id();
    }

    void started(Started answer) {
      succeed(answer);
    }
  }

  /** A paper and what it was drawn from. */
  record Drawn(Paper paper, long bankRevision, long usageVersion, long seed) {}

  /**
   * The answer to a start.
   *
   * @param created false where it was running already
   */
  record Started(Attempt attempt, boolean created) {}

  /** A command about an attempt that exists. */
  abstract static sealed class Existing<R> extends AttemptCommand<R> {
    final AttemptPaper paper;
    final Credential credential;
    final Instant arrived;

    Existing(AttemptPaper paper, Credential credential, Instant arrived) {
      this.paper = paper;
      this.credential = credential;
      this.arrived = arrived;
    }

    @Override
    protected final Object key() {
      return paper.participantId();
    }
  }

  /** One response to keep; answered with the deadline, where there is one. */
  static final class Save extends Existing<Optional<Instant>> {
    final Input input;

    Save(AttemptPaper paper, Credential credential, Input input, Instant arrived) {
      super(paper, credential, arrived);
      this.input = input;
    }

    void saved(Attempt attempt) {
      succeed(attempt.deadline().map(Attempt.Deadline::at));
    }
  }

  /** A submission, or the deadline's. */
  static final class End extends Existing<Ended> {
    final List<Input> inputs;
    final boolean byDeadline;

    End(
        AttemptPaper paper,
        Credential credential,
        List<Input> inputs,
        boolean byDeadline,
        Instant arrived) {
      super(paper, credential, arrived);
      this.inputs = List.copyOf(inputs);
      this.byDeadline = byDeadline;
    }

    void ended(Ended answer) {
      succeed(answer);
    }
  }

  /**
   * The answer to an end.
   *
   * @param now whether it ended by this command
   */
  record Ended(Attempt attempt, boolean now) {}

  void refuse(RuntimeException reason) {
    reject(reason);
  }
}
