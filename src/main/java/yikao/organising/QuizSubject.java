package yikao.organising;

import jakarta.inject.Singleton;
import java.util.Optional;
import yikao.access.AuditSubject;
import yikao.quiz.Quizzes;
import yikao.web.Texts;

/** Quizzes in the audit log, by their titles. */
@Singleton
final class QuizSubject implements AuditSubject {
  private final Quizzes quizzes;

  QuizSubject(Quizzes quizzes) {
    this.quizzes = quizzes;
  }

  @Override
  public String kind() {
    return "quiz";
  }

  @Override
  public Optional<Seen> of(Texts texts, String id) {
    return quizzes
        .find(id)
        .map(quiz -> new Seen(quiz.title(), Optional.of(OrganiserPages.PATH + "/" + id)));
  }
}
