package yikao.organising;

import jakarta.inject.Singleton;
import yikao.access.ConsoleEntry;
import yikao.access.Staff;

/** Quizzes in the console's navigation. */
@Singleton
final class QuizEntry implements ConsoleEntry {
  @Override
  public int order() {
    return 50;
  }

  @Override
  public String path() {
    return OrganiserPages.PATH;
  }

  @Override
  public String text() {
    return "quizzes.title";
  }

  @Override
  public boolean isFor(Staff staff) {
    return staff.canReadResultsAnywhere();
  }
}
