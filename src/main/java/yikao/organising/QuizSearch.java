package yikao.organising;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import yikao.access.Staff;
import yikao.db.NodeClock;
import yikao.quiz.Quiz;
import yikao.quiz.QuizRights;
import yikao.quiz.Quizzes;
import yikao.text.Conversion;
import yikao.text.NameFolding;

/**
 * Finds the quizzes that somebody of the staff may look into, the newest first. What a quiz is
 * called and when it is open stands in its revision, so they are read in portions until enough are
 * found.
 */
@Singleton
class QuizSearch {
  private static final int PORTION = 200;

  private final Quizzes quizzes;
  private final QuizRights rights;
  private final NodeClock clock;

  QuizSearch(Quizzes quizzes, QuizRights rights, NodeClock clock) {
    this.quizzes = quizzes;
    this.rights = rights;
    this.clock = clock;
  }

  /**
   * Which are looked for.
   *
   * @param title a part of it, in simplified or traditional characters; empty: any
   * @param state absent: any
   */
  record Sought(String title, Optional<QuizState> state) {}

  /**
   * The next of them.
   *
   * @param below those that were made before this one; absent: from the newest
   * @param most how many
   */
  List<Quiz> find(Staff staff, Sought sought, Optional<Long> below, int most) {
    var now = clock.instant();
    var key = key(sought.title());
    var found = new ArrayList<Quiz>();
    var portion = quizzes.newest(below, PORTION);
    while (true) {
      for (var quiz : portion) {
        if (sought.state().filter(s -> s != QuizState.of(quiz, now)).isEmpty()
            && key(quiz.title()).contains(key)
            && rights.canRead(staff, quiz)) {
          found.add(quiz);
          if (found.size() == most) {
            return found;
          }
        }
      }
      if (portion.size() < PORTION) {
        return found;
      }
      portion = quizzes.newest(Optional.of(portion.getLast().id()), PORTION);
    }
  }

  private static String key(String text) {
    return NameFolding.fold(Conversion.toSimplified(text)).toLowerCase(Locale.ROOT);
  }
}
