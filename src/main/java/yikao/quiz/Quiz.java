package yikao.quiz;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import yikao.paper.Blueprint;
import yikao.paper.Shuffle;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Tries;
import yikao.quiz.Policies.Window;
import yikao.scoring.MarkingPolicy;

/**
 * A quiz in one revision.
 *
 * @param minimumParticipants below which a branch has no rank
 */
public record Quiz(
    Version version,
    About about,
    Drawing drawing,
    Schedule schedule,
    Tries tries,
    Grading grading,
    Reveal reveal,
    EntryPolicy entry,
    int minimumParticipants,
    Changes changes) {

  /**
   * Which quiz, and which revision of it.
   *
   * @param id internal
   * @param code names it in addresses and the API
   */
  public record Version(long id, String code, int revision) {}

  /**
   * What people read of it.
   *
   * @param listed whether it is offered to everybody; otherwise one needs its address
   * @param group where it stands in lists
   */
  public record About(String title, String description, boolean listed, QuizGroup group) {
    About in(QuizGroup other) {
      return new About(title, description, listed, other);
    }
  }

  /** What papers are drawn by. */
  public record Drawing(Blueprint blueprint, Shuffle shuffle) {}

  /**
   * When it may be taken, and for how long.
   *
   * @param timeLimit absent: none
   * @param minimumTime before which nothing can be submitted
   * @param grace how long after the deadline a submission still counts whole
   */
  public record Schedule(
      Window window,
      AtClose atClose,
      Optional<Duration> timeLimit,
      Duration minimumTime,
      Duration grace) {}

  /**
   * What responses earn.
   *
   * @param passMark in points of the whole paper
   */
  public record Grading(MarkingPolicy marking, BigDecimal passMark) {}

  /**
   * What was changed about it beside its revisions.
   *
   * @param amendments how many amendments were made to its questions
   * @param extensions how often its attempts were given time
   * @param extended how much time that was
   */
  public record Changes(int amendments, int extensions, Duration extended) {
    /** Of a quiz that was only just made. */
    public static final Changes NONE = new Changes(0, 0, Duration.ZERO);
  }

  /** Its internal identity. */
  public long id() {
    return version.id;
  }

  /** What names it in addresses and the API. */
  public String code() {
    return version.code;
  }

  /** Which revision this is, counted from 1. */
  public int revision() {
    return version.revision;
  }

  /** Its title. */
  public String title() {
    return about.title;
  }

  /** What papers are drawn by. */
  public Blueprint blueprint() {
    return drawing.blueprint;
  }

  /** When it is open. */
  public Window window() {
    return schedule.window;
  }

  /** How long after the deadline a submission still counts whole. */
  public Duration grace() {
    return schedule.grace;
  }

  Quiz with(Changes made) {
    return new Quiz(
        version,
        about,
        drawing,
        schedule,
        tries,
        grading,
        reveal,
        entry,
        minimumParticipants,
        made);
  }

  /** What is shown of an ended attempt at a moment. */
  public Reveal.What shown(Instant now) {
    return reveal.when() == Reveal.When.AT_ONCE || revealedAfter().filter(now::isAfter).isPresent()
        ? reveal.what()
        : Reveal.What.NOTHING;
  }

  /**
   * When results are shown that are not shown at once; absent: never. "After the window" means
   * after everybody: the grace, the time given by extensions, and what attempts may use beyond the
   * window are waited for.
   */
  public Optional<Instant> revealedAfter() {
    var beyond =
        schedule.atClose == AtClose.FINISH
            ? schedule.timeLimit.orElse(Duration.ZERO)
            : Duration.ZERO;
    return window().closes().map(c -> c.plus(beyond).plus(changes.extended).plus(schedule.grace));
  }

  /** When an attempt that starts now has to end; absent: never. */
  public Optional<Instant> deadline(Instant start) {
    var byLimit = schedule.timeLimit.map(start::plus);
    var byWindow = schedule.atClose == AtClose.CUT ? window().closes() : Optional.<Instant>empty();
    if (byLimit.isPresent() && byWindow.isPresent()) {
      return byLimit.get().isBefore(byWindow.get()) ? byLimit : byWindow;
    }
    return byLimit.or(() -> byWindow);
  }
}
