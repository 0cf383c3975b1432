package yikao.remark;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.attempt.Deadlines;
import yikao.attempt.Deadlines.Given;
import yikao.attempt.Deadlines.Move;
import yikao.db.NodeClock;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.remark.WindowChanges.Extension;

/**
 * The window of a quiz that the people of one room take: it moves at once and with it the deadlines
 * of all attempts, in one transaction, without a job and without notice.
 */
@Singleton
public final class PromptWindow {
  private static final int STEP = 500;

  private final Quizzes quizzes;
  private final Deadlines deadlines;
  private final ExtensionStore extensions;
  private final NodeClock clock;

  PromptWindow(Quizzes quizzes, Deadlines deadlines, ExtensionStore extensions, NodeClock clock) {
    this.quizzes = quizzes;
    this.deadlines = deadlines;
    this.extensions = extensions;
    this.clock = clock;
  }

  /**
   * Closes a quiz now; who is answering hands in within the grace, or is handed in by the server.
   *
   * @param alongside what else belongs to the transaction
   */
  public <R> R close(Actor actor, Quiz quiz, String reason, Function<DSLContext, R> alongside) {
    return quizzes.close(
        actor,
        quiz,
        quiz.revision(),
        reason,
        (_, held) -> now(held),
        dsl -> {
          follow(dsl, actor, quiz, List.of(), reason);
          return alongside.apply(dsl);
        });
  }

  private Instant now(Quiz held) {
    var now = clock.instant();
    // a window is never empty
    return held.window()
        .opens()
        .filter(o -> !o.isBefore(now))
        .map(o -> o.plusMillis(1))
        .orElse(now);
  }

  /**
   * Gives everybody more time, and closes later by as much.
   *
   * @param by whole minutes
   * @param known how many extensions the actor has seen
   * @param alongside what else belongs to the transaction
   */
  public <R> R prolong(
      Actor actor,
      Quiz quiz,
      Duration by,
      int known,
      String reason,
      Function<DSLContext, R> alongside) {
    return quizzes.extend(
        actor,
        quiz,
        by,
        known,
        (dsl, extended) -> {
          var now = clock.instant();
          var given = new Extension(by, now, false, reason);
          extensions.insert(dsl, actor, quiz.id(), extended.changes().extensions(), given, now);
          follow(dsl, actor, quiz, extensions.given(dsl, quiz.id()), reason);
          return alongside.apply(dsl);
        });
  }

  private void follow(DSLContext dsl, Actor actor, Quiz quiz, List<Given> given, String reason) {
    var current = quizzes.current(dsl, quiz.code());
    var move = new Move(given, Optional.empty(), false, clock.instant(), actor, reason);
    var after = Optional.<UUID>empty();
    do {
      after = deadlines.follow(dsl, current, move, after, STEP).last();
    } while (after.isPresent());
  }
}
