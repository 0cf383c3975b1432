package yikao.attempt;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempt.Ending;
import yikao.attempt.Attempt.Origin;
import yikao.attempt.Refusal.RefusedException;
import yikao.quiz.Quiz;
import yikao.scoring.Amendment;
import yikao.scoring.Mark;
import yikao.scoring.Marking;
import yikao.scoring.Score;

/**
 * What may happen to an attempt, as pure functions; the time is an argument.
 *
 * <p>An attempt starts, takes saves while it runs, and ends once: by a submission, or by its
 * deadline. What arrives within the grace after the deadline counts whole. An ended attempt is
 * marked, and may be marked again.
 */
final class AttemptRules {
  private AttemptRules() {}

  /**
   * Whether a quiz may be started.
   *
   * @param ended how many attempts the participant has ended
   * @throws RefusedException where the window is closed or no try is left
   */
  static void checkStart(Quiz quiz, int ended, Instant now) {
    if (quiz.window().isBefore(now)) {
      throw new RefusedException(new Refusal.NotOpen(quiz.window().opens().orElseThrow()));
    }
    if (quiz.window().isAfter(now)) {
      throw new RefusedException(new Refusal.Closed(quiz.window().closes().orElseThrow()));
    }
    if (!quiz.tries().allows(ended + 1)) {
      throw new RefusedException(new Refusal.NoTriesLeft(quiz.tries().count().orElseThrow()));
    }
  }

  /** A new attempt. */
  static Attempt start(Origin origin, byte[] tokenHash, Quiz quiz) {
    return new Attempt(
        origin,
        tokenHash,
        quiz.deadline(origin.startedAt()).map(d -> new Deadline(d, d.plus(quiz.grace()))),
        Responses.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Saves one response; one with a sequence that is not above the last changes nothing.
   *
   * @throws RefusedException where the attempt has ended or its time is over
   */
  static Attempt save(Attempt attempt, Input input, Instant now) {
    if (attempt.isEnded()) {
      throw new RefusedException(new Refusal.Ended());
    }
    if (isOver(attempt, now)) {
      throw new RefusedException(new Refusal.TooLate());
    }
    return merge(attempt, List.of(input), now);
  }

  /**
   * Hands in. An attempt that has ended stays as it is; one whose time is over ends with what was
   * saved.
   *
   * @throws RefusedException before the minimum time
   */
  static Attempt submit(Attempt attempt, List<Input> inputs, Duration minimumTime, Instant now) {
    if (attempt.isEnded()) {
      return attempt;
    }
    if (isOver(attempt, now)) {
      return expire(attempt);
    }
    var earliest = attempt.startedAt().plus(minimumTime);
    if (minimumTime.isPositive() && now.isBefore(earliest)) {
      throw new RefusedException(new Refusal.TooEarly(Duration.between(now, earliest)));
    }
    return merge(attempt, inputs, now)
        .ended(new Ending(AttemptState.SUBMITTED, now, elapsed(attempt, now)));
  }

  /** Whether a response is newer than what was saved. */
  static boolean isNewer(Input input, Responses responses) {
    return responses.get(input.number()).filter(g -> g.sequence() >= input.sequence()).isEmpty();
  }

  /** Whether deadline and grace are over. */
  static boolean isOver(Attempt attempt, Instant now) {
    return attempt.deadline().filter(d -> now.isAfter(d.expiresAt())).isPresent();
  }

  /** Ends an attempt by its deadline. */
  static Attempt expire(Attempt attempt) {
    var deadline = attempt.deadline().orElseThrow().at();
    return attempt.ended(new Ending(AttemptState.EXPIRED, deadline, elapsed(attempt, deadline)));
  }

  private static long elapsed(Attempt attempt, Instant end) {
    var counted = attempt.deadline().map(Deadline::at).filter(end::isAfter).orElse(end);
    return Math.max(0, Duration.between(attempt.startedAt(), counted).toMillis());
  }

  private static Attempt merge(Attempt attempt, List<Input> inputs, Instant now) {
    var after = Duration.between(attempt.startedAt(), now).toMillis();
    return attempt.withResponses(attempt.responses().with(inputs, after));
  }

  /**
   * Gives more time to an attempt that runs, or that has expired and then runs again.
   *
   * @param grace after the new deadline
   */
  static Attempt extend(Attempt attempt, Duration by, Duration grace) {
    var deadline = attempt.deadline().orElseThrow().at().plus(by);
    return attempt.reopened(new Deadline(deadline, deadline.plus(grace)));
  }

  /**
   * Marks an ended attempt; the same arguments give the same result.
   *
   * @param amendments of the quiz, in their order
   * @param byPerson what a person gave essays, by question number
   */
  static Attempt mark(
      Attempt attempt,
      AttemptPaper paper,
      List<Amendment> amendments,
      Map<Integer, BigDecimal> byPerson) {
    var grading = paper.quiz().grading();
    var marking = new Marking(grading.marking(), amendments);
    var marks = new ArrayList<Mark>();
    for (var number = 1; number <= paper.questions().size(); number++) {
      marks.add(
          marking.mark(
              paper.question(number),
              attempt.responses().response(number),
              paper.section(number).points(),
              byPerson.get(number)));
    }
    var score = Score.of(marks, grading.marking().floor());
    var passed = score.passes(grading.passMark(), paper.quiz().blueprint().points());
    var times = attempt.result().map(Result::marking).orElse(0) + 1;
    return attempt.marked(new Result(marks, score, passed, times, amendments.size()));
  }
}
