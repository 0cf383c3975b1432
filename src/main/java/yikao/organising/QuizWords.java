package yikao.organising;

import jakarta.inject.Singleton;
import yikao.access.Subtrees;
import yikao.quiz.Quiz;
import yikao.web.Texts;

/** What the console says of a quiz. */
@Singleton
class QuizWords {
  private final Subtrees subtrees;

  QuizWords(Subtrees subtrees) {
    this.subtrees = subtrees;
  }

  /** The organisation that a quiz is of, from the top down. */
  String whose(Texts texts, Quiz quiz) {
    return quiz.about()
        .organisation()
        .map(code -> subtrees.byCode(code).map(subtrees::path).orElse(code))
        .orElseGet(() -> texts.of("quizzes.everybody"));
  }

  static String state(Texts texts, QuizState state) {
    return texts.of("quizzes.state." + state.code());
  }
}
