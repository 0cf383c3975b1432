package yikao.ledger;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import yikao.org.Organisation;
import yikao.quiz.Quiz;

/**
 * A ledger of a unit.
 *
 * @param about what it is of
 * @param rows of the unit and below it
 * @param quizzes the figures of the whole unit by quiz, the first to open first; those made for
 *     sittings under the one that they were made from
 * @param months the same by month; empty where it is of one quiz
 */
record Ledger(About about, Rollup rows, List<OfQuiz> quizzes, List<OfMonth> months) {

  /**
   * What a ledger is of.
   *
   * @param quiz where it is of one
   * @param period where it is of all of a time
   * @param at as of which moment
   * @param isNow whether that is the moment it is read
   * @param tree by the tree of which day
   */
  record About(
      Organisation unit,
      Optional<Quiz> quiz,
      boolean withSittings,
      Optional<Period> period,
      Instant at,
      boolean isNow,
      TreeChoice tree) {}

  /** Of one quiz. */
  record OfQuiz(Quiz quiz, Figures figures) {}

  /** Of the quizzes of one month. */
  record OfMonth(YearMonth month, Figures figures) {}
}
