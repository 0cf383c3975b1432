package yikao.quiz;

import java.time.Instant;
import yikao.quiz.Policies.EntryPolicy;
import yikao.web.Problem;

/**
 * A way into quizzes: decides who may take one. A new way in is one more of these; nothing that
 * starts attempts needs to know of it. Whether the quiz is open and a try is left is not its affair
 * but that of the start, which decides it in its transaction.
 */
public interface Admission {
  /** The quizzes that one enters by it: those of this policy. No other admission has the same. */
  EntryPolicy policy();

  /**
   * Decides on a claim to take a quiz. Changes nothing.
   *
   * @param now the time of the claim
   */
  Decision decide(Claim claim, Quiz quiz, Instant now);

  /** What is decided. */
  sealed interface Decision {
    /** May take the quiz. */
    record Admitted(Entrant entrant) implements Decision {}

    /** May not, for this reason. */
    record Refused(Problem reason) implements Decision {}
  }
}
