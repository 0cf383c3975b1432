package yikao.organising;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import yikao.quiz.Quiz;
import yikao.web.Problem;

/** Where a quiz is in its time. */
enum QuizState {
  /** It opens later. */
  PLANNED,
  /** It is open, also where nobody starts any more. */
  OPEN,
  /** It has closed. */
  CLOSED;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static QuizState of(Quiz quiz, Instant now) {
    if (quiz.window().isBefore(now)) {
      return PLANNED;
    }
    return quiz.window().isAfter(now) ? CLOSED : OPEN;
  }

  /**
   * The state that a list is wanted of.
   *
   * @param written empty: of any
   * @throws Problem where there is none of this name
   */
  static Optional<QuizState> wanted(String written) {
    if (written.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Stream.of(values())
            .filter(state -> state.code().equals(written))
            .findFirst()
            .orElseThrow(() -> Problem.invalid("state", "field.one-of", "planned, open, closed")));
  }
}
