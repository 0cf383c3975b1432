package yikao.quiz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Tries;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;

/** What may change about a quiz that somebody has already started. */
public final class QuizEdit {
  private static final String FROZEN = "quiz.frozen";

  private QuizEdit() {}

  /** Tells whether a quiz has attempts; {@code attempt} implements it. */
  public interface StartedQuizzes {
    /** Whether anybody has started the quiz. */
    boolean hasAttempts(DSLContext dsl, long quizId);
  }

  /** A field that may not change so. */
  record Frozen(String field, String reason) {}

  /**
   * Orders what follows when the close of a quiz with attempts has moved; {@code remark} implements
   * it.
   */
  public interface WindowMoves {
    /**
     * Orders that the deadlines of a quiz's attempts follow its window.
     *
     * @param dsl the transaction that moves the window
     * @return the job that does so
     */
    UUID order(DSLContext dsl, Actor actor, String quizCode);
  }

  /**
   * Lets pass what cannot hurt a running attempt or one already marked.
   *
   * @param keysShown whether everybody had ended and keys were shown for that
   * @throws Problem with every field that may not change so
   */
  static void check(Quiz old, Quiz next, boolean keysShown) {
    var frozen = frozen(old, next, keysShown);
    if (!frozen.isEmpty()) {
      throw Problem.invalid(
          frozen.stream().map(f -> FieldError.of(f.field(), f.reason())).toList());
    }
  }

  /**
   * The changes that could hurt a running attempt or one already marked. Title, description,
   * listing, group and until when attempts start may change; the window may close later as long as
   * nobody was shown keys that others could use then, the grace grow, tries be added unless keys
   * are shown after the last, and what is shown change towards less or later.
   */
  static List<Frozen> frozen(Quiz old, Quiz next, boolean keysShown) {
    var frozen = new ArrayList<Frozen>();
    same(frozen, "documents", old.blueprint().documents(), next.blueprint().documents());
    same(frozen, "sections", old.blueprint().sections(), next.blueprint().sections());
    same(frozen, "draw", old.blueprint().policy(), next.blueprint().policy());
    same(frozen, "opens", old.window().opens(), next.window().opens());
    same(frozen, "timeLimitMinutes", old.schedule().timeLimit(), next.schedule().timeLimit());
    same(frozen, "minimumSeconds", old.schedule().minimumTime(), next.schedule().minimumTime());
    same(frozen, "counting", old.tries().counting(), next.tries().counting());
    same(frozen, "marking", old.grading().marking(), next.grading().marking());
    same(
        frozen,
        "passMark",
        old.grading().passMark().stripTrailingZeros(),
        next.grading().passMark().stripTrailingZeros());
    same(frozen, "shuffleQuestions", old.drawing().shuffle(), next.drawing().shuffle());
    same(frozen, "atClose", old.schedule().atClose(), next.schedule().atClose());
    same(frozen, "entry", old.entry(), next.entry());
    same(frozen, "roster", old.entrance().roster(), next.entrance().roster());
    later(frozen, old, next, keysShown);
    if (!old.tries().count().equals(next.tries().count())
        && old.reveal().when() == Reveal.When.AFTER_LAST_TRY
        && old.reveal().what() == Reveal.What.REVIEW) {
      frozen.add(new Frozen("tries", "quiz.tries-after-keys"));
    } else if (fewer(old.tries(), next.tries())) {
      frozen.add(new Frozen("tries", "quiz.tries-fewer"));
    }
    if (next.grace().compareTo(old.grace()) < 0) {
      frozen.add(new Frozen("graceSeconds", "quiz.grace-shorter"));
    }
    if (next.reveal().what().compareTo(old.reveal().what()) > 0
        || next.reveal().when().compareTo(old.reveal().when()) < 0) {
      frozen.add(new Frozen("reveal", "quiz.reveal-more"));
    }
    return frozen;
  }

  private static void later(List<Frozen> frozen, Quiz old, Quiz next, boolean keysShown) {
    var before = old.window().closes();
    var after = next.window().closes();
    if (after.isPresent() && (before.isEmpty() || after.get().isBefore(before.get()))) {
      frozen.add(new Frozen("closes", "quiz.closes-earlier"));
    } else if (keysShown && !after.equals(before)) {
      frozen.add(new Frozen("closes", "quiz.keys-shown"));
    } else if (keysShown && next.grace().compareTo(old.grace()) > 0) {
      frozen.add(new Frozen("graceSeconds", "quiz.keys-shown"));
    }
  }

  private static boolean fewer(Tries old, Tries next) {
    Optional<Integer> count = next.count();
    return count.isPresent() && (old.count().isEmpty() || count.get() < old.count().get());
  }

  private static void same(List<Frozen> frozen, String field, Object old, Object next) {
    if (!old.equals(next)) {
      frozen.add(new Frozen(field, FROZEN));
    }
  }
}
