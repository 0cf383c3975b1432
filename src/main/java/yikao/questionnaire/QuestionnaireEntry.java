package yikao.questionnaire;

import jakarta.inject.Singleton;
import yikao.access.ConsoleEntry;
import yikao.access.Staff;

/** Questionnaires in the console's navigation. */
@Singleton
final class QuestionnaireEntry implements ConsoleEntry {
  @Override
  public int order() {
    return 57;
  }

  @Override
  public String path() {
    return QuestionnairePages.PATH;
  }

  @Override
  public String text() {
    return "questionnaires.title";
  }

  @Override
  public boolean isFor(Staff staff) {
    return staff.canReadQuestionnairesAnywhere();
  }
}
