package yikao.questionnaire;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import yikao.access.AuditSubject;
import yikao.web.Texts;

/** Questionnaires in the audit log, by their titles. */
@Singleton
final class QuestionnaireSubject implements AuditSubject {
  private final Questionnaires questionnaires;

  QuestionnaireSubject(Questionnaires questionnaires) {
    this.questionnaires = questionnaires;
  }

  @Override
  public String kind() {
    return "questionnaire";
  }

  @Override
  public Optional<Seen> of(Texts texts, String id) {
    return identifier(id)
        .flatMap(questionnaires::find)
        .map(q ->
            new Seen(q.content().title(), Optional.of(QuestionnairePages.PATH + "/" + q.id())));
  }

  private static Optional<UUID> identifier(String written) {
    try {
      return Optional.of(UUID.fromString(written));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
