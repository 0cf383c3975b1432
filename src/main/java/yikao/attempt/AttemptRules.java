package yikao.attempt;

import io.micronaut.http.HttpStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import yikao.question.Response;
import yikao.quiz.Quiz;
import yikao.scoring.Amendment;
import yikao.scoring.Mark;
import yikao.scoring.Marking;
import yikao.scoring.Score;
import yikao.web.Problem;

/**
 * What may happen to an attempt, as pure functions; the time is an argument.
 *
 * <p>An attempt starts, takes saves while it runs, and ends once: by a submission, or by its
 * deadline. What arrives within the grace after the deadline counts whole. An ended attempt is
 * marked, and may be marked again.
 */
final class AttemptRules {
  private AttemptRules() {}

  /** A response to one question. */
  record Input(int number, int sequence, Response response) {}

  /**
   * Whether a quiz may be started.
   *
   * @param ended how many attempts the participant has ended
   * @throws Problem where the window is closed or no try is left
   */
  static void checkStart(Quiz quiz, int ended, Instant now) {
    if (quiz.window().isBefore(now)) {
      throw Problem.conflict("quiz-not-open", quiz.window().opens().orElseThrow().toString());
    }
    if (quiz.window().isAfter(now)) {
      throw Problem.conflict("quiz-closed", quiz.window().closes().orElseThrow().toString());
    }
    if (!quiz.tries().allows(ended + 1)) {
      throw Problem.conflict("no-tries-left", quiz.tries().count().orElseThrow());
    }
  }

  /** A new attempt. */
  static Attempt start(AttemptEntry.Start start, int number) {
    var quiz = start.quiz;
    var deadline = quiz.deadline(start.arrived);
    return new Attempt(
        start.freshId,
        quiz.id(),
        start.participant.id(),
        number,
        AttemptState.RUNNING,
        quiz.revision(),
        start.tokenHash,
        start.arrived,
        deadline,
        deadline.map(d -> d.plus(quiz.grace())),
        Optional.empty(),
        0,
        Responses.NONE,
        Optional.empty(),
        0,
        0);
  }

  /**
   * Saves one response; one with a sequence that is not above the last changes nothing.
   *
   * @throws Problem where the attempt has ended or its time is over
   */
  static Attempt save(Attempt attempt, Input input, Instant now) {
    if (attempt.state().isEnded()) {
      throw Problem.conflict("attempt-ended");
    }
    if (isOver(attempt, now)) {
      throw Problem.conflict("too-late");
    }
    return merge(attempt, List.of(input), now);
  }

  /**
   * Hands in. An attempt that has ended stays as it is; one whose time is over ends with what was
   * saved.
   *
   * @throws Problem before the minimum time
   */
  static Attempt submit(Attempt attempt, List<Input> inputs, Duration minimumTime, Instant now) {
    if (attempt.state().isEnded()) {
      return attempt;
    }
    if (isOver(attempt, now)) {
      return expire(attempt);
    }
    var earliest = attempt.startedAt().plus(minimumTime);
    if (minimumTime.isPositive() && now.isBefore(earliest)) {
      throw Problem.retryLater(
          HttpStatus.CONFLICT, "too-early", Duration.between(now, earliest).plusMillis(999));
    }
    return merge(attempt, inputs, now).ended(AttemptState.SUBMITTED, now, elapsed(attempt, now));
  }

  /**
   * Whether an entry changes a running attempt, if this is how it stands: whatever else is answered
   * must be right by the newest state.
   */
  static boolean goesThrough(AttemptEntry.Existing<?> entry, Attempt attempt) {
    return !attempt.state().isEnded()
        && entry.credential.opens(attempt.tokenHash(), attempt.participantId())
        && !isOver(attempt, entry.arrived)
        && switch (entry) {
          case AttemptEntry.Save save -> isNewer(save.input, attempt.responses());
          case AttemptEntry.End end ->
              !end.byDeadline
                  && !end.arrived.isBefore(attempt.startedAt().plus(end.head.quiz().minimumTime()));
        };
  }

  private static boolean isNewer(Input input, Responses responses) {
    return responses.get(input.number()).filter(g -> g.sequence() >= input.sequence()).isEmpty();
  }

  /** Whether deadline and grace are over. */
  static boolean isOver(Attempt attempt, Instant now) {
    return attempt.expiresAt().filter(now::isAfter).isPresent();
  }

  /** Ends an attempt by its deadline. */
  static Attempt expire(Attempt attempt) {
    var deadline = attempt.deadline().orElseThrow();
    return attempt.ended(AttemptState.EXPIRED, deadline, elapsed(attempt, deadline));
  }

  private static long elapsed(Attempt attempt, Instant end) {
    var counted = attempt.deadline().filter(end::isAfter).orElse(end);
    return Math.max(0, Duration.between(attempt.startedAt(), counted).toMillis());
  }

  private static Attempt merge(Attempt attempt, List<Input> inputs, Instant now) {
    var after = Duration.between(attempt.startedAt(), now).toMillis();
    return attempt.withResponses(attempt.responses().with(inputs, after));
  }

  /**
   * Marks an ended attempt; the same arguments give the same result.
   *
   * @param amendments of the quiz, in their order
   * @param byPerson what a person gave essays, by question number
   */
  static Attempt mark(
      Attempt attempt,
      AttemptHead head,
      List<Amendment> amendments,
      Map<Integer, BigDecimal> byPerson) {
    var marking = new Marking(head.quiz().marking(), amendments);
    var marks = new ArrayList<Mark>();
    for (var number = 1; number <= head.questions().size(); number++) {
      marks.add(
          marking.mark(
              head.question(number),
              attempt.responses().response(number),
              head.section(number).points(),
              byPerson.get(number)));
    }
    var score = Score.of(marks, head.quiz().marking().floor());
    var passed = score.passes(head.quiz().passMark(), head.quiz().blueprint().points());
    return attempt.marked(new Result(marks, score, passed), amendments.size());
  }
}
