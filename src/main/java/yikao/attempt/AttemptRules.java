package yikao.attempt;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempt.Ending;
import yikao.attempt.Attempt.Origin;
import yikao.attempt.Refusal.RefusedException;
import yikao.participant.Participant;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
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
   * @param ended how many attempts the participant has ended, those set aside left out
   * @throws RefusedException where the window is closed or no try is left
   */
  static void checkStart(Quiz quiz, int ended, Instant now) {
    if (quiz.window().isBefore(now)) {
      throw new RefusedException(new Refusal.NotOpen(quiz.window().opens().orElseThrow()));
    }
    if (quiz.window().isAfter(now)) {
      throw new RefusedException(new Refusal.Closed(quiz.window().closes().orElseThrow()));
    }
    if (quiz.window().isTooLate(now)) {
      throw new RefusedException(
          new Refusal.NoNewStarts(quiz.window().startsUntil().orElseThrow()));
    }
    if (!quiz.tries().allows(ended + 1)) {
      throw new RefusedException(new Refusal.NoTriesLeft(quiz.tries().count().orElseThrow()));
    }
  }

  /**
   * Whether who comes with a token may go on with an attempt, or begin the one after it.
   *
   * @param mayTakeOver whether that is so with any token
   */
  static boolean mayFollow(Attempt attempt, byte[] tokenHash, boolean mayTakeOver) {
    return mayTakeOver
        || attempt.isReleased()
        || attempt.isOnPaper() // nobody's phone has begun it
        || MessageDigest.isEqual(attempt.tokenHash(), tokenHash);
  }

  /**
   * Lets go on in the way in which it was begun: with a phone, or on paper.
   *
   * @throws RefusedException where the other way is wanted
   */
  static void checkWay(Attempt running, boolean onPaper) {
    if (running.isOnPaper() != onPaper) {
      throw new RefusedException(onPaper ? new Refusal.OnPhone() : new Refusal.OnPaper());
    }
  }

  /**
   * A new attempt whose paper is given out in print. No clock ends it: it is answered within the
   * time of the meeting, and typed in when there is time for that.
   *
   * @param by the code of who gives it out
   */
  static Attempt startOnPaper(Origin origin, Participant takenBy, String by) {
    return new Attempt(
        origin,
        takenBy,
        new byte[0],
        Optional.empty(),
        Responses.NONE,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.of(by));
  }

  /**
   * Hands in what was answered on paper, also once more where it was mistyped. Its end is when it
   * was first typed in, or, where that was later, when a phone would have had to end.
   *
   * @param inputs all that was answered
   * @param by the code of who types it in
   */
  static Attempt enter(Attempt attempt, List<Input> inputs, Quiz quiz, String by, Instant now) {
    if (!attempt.isOnPaper() || attempt.annulled()) {
      throw new RefusedException(new Refusal.NotOnPaper());
    }
    var end = attempt.ending().map(Ending::at).orElseGet(() -> endOnPaper(attempt, quiz, now));
    var spent = Math.max(0, Duration.between(attempt.startedAt(), end).toMillis());
    return attempt
        .withResponses(Responses.NONE.with(inputs, spent))
        .ended(new Ending(AttemptState.SUBMITTED, end, spent))
        .enteredBy(by);
  }

  /**
   * Ends a paper that never came back, without answers; it counts for nothing.
   *
   * @throws RefusedException where it is none, or was typed in
   */
  static Attempt withdraw(Attempt attempt, Quiz quiz, Instant now) {
    if (!attempt.isOnPaper()) {
      throw new RefusedException(new Refusal.NotOnPaper());
    }
    if (attempt.isEnded()) {
      throw new RefusedException(new Refusal.Ended());
    }
    var end = endOnPaper(attempt, quiz, now);
    var spent = Math.max(0, Duration.between(attempt.startedAt(), end).toMillis());
    return attempt.ended(new Ending(AttemptState.EXPIRED, end, spent));
  }

  private static Instant endOnPaper(Attempt attempt, Quiz quiz, Instant now) {
    return quiz.deadline(attempt.startedAt(), Duration.ZERO).filter(now::isAfter).orElse(now);
  }

  /** A new attempt. */
  static Attempt start(Origin origin, Participant takenBy, byte[] tokenHash, Quiz quiz) {
    return new Attempt(
        origin,
        takenBy,
        tokenHash,
        deadline(quiz, origin.startedAt(), Duration.ZERO),
        Responses.NONE,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /**
   * Saves one response; the same again changes nothing.
   *
   * @throws RefusedException where the attempt has ended or its time is over, or where another
   *     response as new is stored
   */
  static Attempt save(Attempt attempt, Input input, Instant now) {
    if (attempt.isEnded()) {
      throw new RefusedException(new Refusal.Ended());
    }
    if (isOver(attempt, now)) {
      throw new RefusedException(new Refusal.TooLate());
    }
    requireNew(attempt, List.of(input));
    return merge(attempt, List.of(input), now);
  }

  /**
   * Hands in. An attempt that has ended stays as it is; one whose time is over ends with what was
   * saved.
   *
   * @throws RefusedException before the minimum time, or where other responses as new are stored
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
    requireNew(attempt, inputs);
    return merge(attempt, inputs, now)
        .ended(new Ending(AttemptState.SUBMITTED, now, elapsed(attempt, now)));
  }

  /** Whether a response is newer than what was saved. */
  static boolean isNewer(Input input, Responses responses) {
    return responses.get(input.number()).filter(g -> g.sequence() >= input.sequence()).isEmpty();
  }

  /** Whoever sends something else than what is stored, and no newer, has not seen that. */
  private static void requireNew(Attempt attempt, List<Input> inputs) {
    var stored = new HashMap<Integer, Responses.Given>();
    for (var input : inputs) {
      attempt
          .responses()
          .get(input.number())
          .filter(g -> g.sequence() >= input.sequence() && !g.response().equals(input.response()))
          .ifPresent(given -> stored.put(input.number(), given));
    }
    if (!stored.isEmpty()) {
      throw new RefusedException(new Refusal.Stale(stored));
    }
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

  /** When an attempt has to end by its quiz as it is now, with the time given to it. */
  static Optional<Deadline> deadline(Quiz quiz, Instant start, Duration given) {
    return quiz.deadline(start, given).map(d -> new Deadline(d, d.plus(quiz.grace())));
  }

  /** Beyond which no attempt at a quiz goes, whatever time it has for itself. */
  static Optional<Deadline> lastDeadline(Quiz quiz) {
    return quiz.lastEnd().map(d -> new Deadline(d, d.plus(quiz.grace())));
  }

  /** A running attempt, ending by the last deadline of its quiz; one on paper does not. */
  static Attempt within(Attempt attempt, Deadline last) {
    var endsByItself =
        attempt.deadline().filter(d -> !d.expiresAt().isAfter(last.expiresAt())).isPresent();
    return attempt.isEnded() || attempt.isOnPaper() || endsByItself
        ? attempt
        : attempt.withDeadline(Optional.of(last));
  }

  /**
   * Whether the participant could see the keys of an ended attempt, so that it must not be answered
   * any further: by the quiz as it is now, or by its policy when the attempt started. The window of
   * then says nothing, it may have moved before it was over; once it is over and shows keys, no
   * time is given any more.
   */
  static boolean couldSeeKeys(Attempt attempt, Quiz now, Quiz then, Instant at) {
    var isLastTry = now.tries().isOver(attempt.number());
    return attempt.isEnded()
        && (now.shown(at, isLastTry) == What.REVIEW
            || then.shownBeforeItIsOver(isLastTry) == What.REVIEW);
  }

  /**
   * Marks an ended attempt; the same arguments give the same result.
   *
   * @param byPerson what persons gave essays, by question number; each counts for the text it was
   *     given for
   */
  static Attempt mark(
      Attempt attempt, AttemptPaper paper, Amended amended, Map<Integer, PersonMark> byPerson) {
    var grading = paper.quiz().grading();
    var marking = new Marking(grading.marking(), amended.inForce());
    var marks = new ArrayList<Mark>();
    for (var number = 1; number <= paper.questions().size(); number++) {
      var response = attempt.responses().response(number);
      var given = Optional.ofNullable(byPerson.get(number)).filter(m -> m.isOf(response));
      marks.add(
          marking.mark(
              paper.question(number),
              response,
              paper.section(number).points(),
              given.map(PersonMark::points).orElse(null)));
    }
    var score = Score.of(marks, grading.marking().floor());
    var passed = score.passes(grading.passMark(), paper.quiz().blueprint().points());
    var times = attempt.result().map(Result::marking).orElse(0) + 1;
    return attempt.marked(new Result(marks, score, passed, times, amended.count()));
  }
}
