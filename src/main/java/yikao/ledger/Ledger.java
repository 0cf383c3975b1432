package yikao.ledger;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.quiz.Quiz;

/**
 * A ledger of a unit.
 *
 * @param about what it is of
 * @param rows of the unit and below it
 * @param quizzes the figures of the whole unit by quiz, those made for sittings under the one that
 *     they were made from; empty where it is of one quiz
 * @param months the same by month; empty where it is of no time
 */
record Ledger(About about, Rollup rows, List<OfQuiz> quizzes, List<OfMonth> months) {

  /**
   * What a ledger is of: a quiz, all of a time, or what of a quiz opened in a time.
   *
   * @param at as of which moment
   * @param isNow whether that is the moment it is read
   * @param choice by the tree of which day
   * @param tree that tree
   */
  record About(
      Organisation unit,
      Optional<Quiz> quiz,
      boolean withSittings,
      Optional<Period> period,
      Instant at,
      boolean isNow,
      TreeChoice choice,
      OrganisationTree tree) {
    /** Up to when what happened is looked at: of now nothing is left out, whatever a clock says. */
    Instant upTo() {
      return isNow ? EntryStore.OPEN.minusMillis(1) : at;
    }

    /** The same of all quizzes of a time. */
    About during(Period time) {
      return new About(unit, Optional.empty(), false, Optional.of(time), at, isNow, choice, tree);
    }
  }

  /** Of one quiz. */
  record OfQuiz(Quiz quiz, Figures figures) {}

  /** Of the quizzes of one month. */
  record OfMonth(YearMonth month, Figures figures) {}
}
