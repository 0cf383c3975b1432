package yikao.quiz;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import yikao.paper.Blueprint;
import yikao.paper.Shuffle;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.Entry;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Tries;
import yikao.quiz.Policies.Window;
import yikao.scoring.MarkingPolicy;

/**
 * A quiz in one revision.
 *
 * @param id internal
 * @param code names it in addresses and the API
 * @param amendments how many amendments were made to its questions
 * @param timeLimit absent: none
 * @param minimumTime before which nothing can be submitted
 * @param passMark in points of the whole paper
 * @param grace how long after the deadline a submission still counts whole
 * @param minimumParticipants below which a branch has no rank
 * @param listed whether it is offered to everybody; otherwise one needs its address
 * @param extended the time that extensions have given to its attempts
 */
public record Quiz(
    long id,
    String code,
    int revision,
    int amendments,
    String title,
    String description,
    Blueprint blueprint,
    Window window,
    Optional<Duration> timeLimit,
    Duration minimumTime,
    Tries tries,
    MarkingPolicy marking,
    Reveal reveal,
    BigDecimal passMark,
    Shuffle shuffle,
    AtClose atClose,
    Entry entry,
    Duration grace,
    int minimumParticipants,
    boolean listed,
    Duration extended) {

  /** The same, with so much time given to its attempts. */
  Quiz extendedBy(Duration given) {
    return new Quiz(
        id,
        code,
        revision,
        amendments,
        title,
        description,
        blueprint,
        window,
        timeLimit,
        minimumTime,
        tries,
        marking,
        reveal,
        passMark,
        shuffle,
        atClose,
        entry,
        grace,
        minimumParticipants,
        listed,
        given);
  }

  /**
   * What is shown of an ended attempt at a moment. "After the window" means after everybody: the
   * grace, the time given by extensions, and what attempts may use beyond the window are waited
   * for.
   */
  public Reveal.What shown(Instant now) {
    if (reveal.when() == Reveal.When.AT_ONCE) {
      return reveal.what();
    }
    var beyond = atClose == AtClose.FINISH ? timeLimit.orElse(Duration.ZERO) : Duration.ZERO;
    var over = window.closes().map(c -> c.plus(beyond).plus(extended).plus(grace));
    return over.filter(now::isAfter).isPresent() ? reveal.what() : Reveal.What.NOTHING;
  }

  /** When an attempt that starts now has to end; absent: never. */
  public Optional<Instant> deadline(Instant start) {
    var byLimit = timeLimit.map(start::plus);
    var byWindow = atClose == AtClose.CUT ? window.closes() : Optional.<Instant>empty();
    if (byLimit.isPresent() && byWindow.isPresent()) {
      return byLimit.get().isBefore(byWindow.get()) ? byLimit : byWindow;
    }
    return byLimit.or(() -> byWindow);
  }
}
