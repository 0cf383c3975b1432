package yikao.quiz;

/** What kind of quiz it is, by which lists of quizzes are divided. */
public enum QuizGroup {
  /** A test or a contest. */
  TEST,
  /** On a theme: certain documents. */
  THEME,
  /** Practice in one area, as often as one likes. */
  PRACTICE
}
