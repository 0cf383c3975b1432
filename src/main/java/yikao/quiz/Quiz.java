package yikao.quiz;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import yikao.paper.Blueprint;
import yikao.paper.Shuffle;
import yikao.participant.Visitor;
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
    Entrance entrance,
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
   * @param organisation the code of whose it is; absent: everybody's
   */
  public record About(
      String title,
      String description,
      boolean listed,
      QuizGroup group,
      Optional<String> organisation) {
    About in(QuizGroup other) {
      return new About(title, description, listed, other, organisation);
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
   * Who may enter.
   *
   * @param roster who should take part; there for members' quizzes
   * @param asksDigits whether everybody has to give the last four digits of the phone
   */
  public record Entrance(EntryPolicy policy, Optional<RosterRule> roster, boolean asksDigits) {}

  /**
   * What was changed about it beside its revisions.
   *
   * @param amendments how many amendments were made to its questions, or taken back
   * @param extensions how often its attempts were given time
   */
  public record Changes(int amendments, int extensions) {
    /** Of a quiz that was only just made. */
    public static final Changes NONE = new Changes(0, 0);
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

  /** Who may enter. */
  public EntryPolicy entry() {
    return entrance.policy;
  }

  /** As whom the user of a browser takes it, where that is known. */
  public Optional<UUID> taker(Visitor visitor) {
    return entry() == EntryPolicy.EVERYONE
        ? Optional.of(visitor.guest())
        : visitor.member().map(Visitor.OfMember::id);
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
        entrance,
        minimumParticipants,
        made);
  }

  /**
   * What is shown of an ended attempt at a moment.
   *
   * @param isLastTry whether its participant has no try left that could count
   */
  public Reveal.What shown(Instant now, boolean isLastTry) {
    return isOver(now) ? reveal.what() : shownBeforeItIsOver(isLastTry);
  }

  /** The same, before everybody has ended, whenever that is. */
  public Reveal.What shownBeforeItIsOver(boolean isLastTry) {
    return switch (reveal.when()) {
      case AT_ONCE -> reveal.what();
      case AFTER_LAST_TRY -> isLastTry ? reveal.what() : reveal.atMostScore();
      case AFTER_WINDOW -> Reveal.What.NOTHING;
    };
  }

  /** What is shown at a moment of every ended attempt; leaderboards are shown where scores are. */
  public Reveal.What shown(Instant now) {
    return shown(now, false);
  }

  /**
   * Whether keys are shown because everybody has ended, which participants who could answer again
   * have not seen before.
   */
  public boolean hasShownKeys(Instant now) {
    return isOver(now)
        && reveal.what() == Reveal.What.REVIEW
        && shownBeforeItIsOver(tries.isOver(1)) != Reveal.What.REVIEW;
  }

  /** Whether everybody has ended. */
  boolean isOver(Instant now) {
    return over().filter(now::isAfter).isPresent();
  }

  /**
   * When everybody has ended: the window is closed, and the grace and what attempts may use beyond
   * the window are over; absent: never. Results "after the window" are shown from then on.
   */
  public Optional<Instant> over() {
    return lastEnd().map(end -> end.plus(schedule.grace));
  }

  /** Beyond which no attempt goes: the close, and where attempts may finish a time limit more. */
  public Optional<Instant> lastEnd() {
    var beyond =
        schedule.atClose == AtClose.FINISH
            ? schedule.timeLimit.orElse(Duration.ZERO)
            : Duration.ZERO;
    return window().closes().map(c -> c.plus(beyond));
  }

  /**
   * When an attempt has to end; absent: never.
   *
   * @param given how much time was given to it by extensions
   */
  public Optional<Instant> deadline(Instant start, Duration given) {
    var byLimit = schedule.timeLimit.map(limit -> start.plus(limit).plus(given));
    var byWindow = lastEnd();
    if (byLimit.isPresent() && byWindow.isPresent()) {
      return byLimit.get().isBefore(byWindow.get()) ? byLimit : byWindow;
    }
    return byLimit.or(() -> byWindow);
  }
}
