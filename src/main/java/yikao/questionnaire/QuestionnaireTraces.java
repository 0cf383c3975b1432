package yikao.questionnaire;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import yikao.org.MemberTraces;
import yikao.questionnaire.Answers.Answer;
import yikao.questionnaire.SheetStore.Sheet;

/**
 * What questionnaires keep about a member: sheets with the name, with what was answered, and that a
 * sheet was given out. An erasure takes the name off; the answers stay.
 */
@Singleton
final class QuestionnaireTraces implements MemberTraces {
  private final QuestionnaireStore store;

  QuestionnaireTraces(QuestionnaireStore store) {
    this.store = store;
  }

  @Override
  public List<Trace> of(DSLContext dsl, UUID member) {
    return SheetStore.of(dsl, member).stream()
        .flatMap(one ->
            store.find(dsl, one.questionnaire()).map(q -> trace(dsl, q, one.sheet())).stream())
        .toList();
  }

  private static Trace trace(DSLContext dsl, Questionnaire of, Optional<Sheet> sheet) {
    return new Trace(
        "questionnaire",
        of.content().title(),
        sheet.map(Sheet::handedInAt).or(of::openedAt).orElse(Instant.EPOCH),
        sheet
            .map(s ->
                SheetStore.answers(dsl, List.of(s.id())).getOrDefault(s.id(), List.of()).stream()
                    .map(answer -> said(of, answer))
                    .collect(Collectors.joining("; ")))
            .orElse("given"));
  }

  private static String said(Questionnaire of, Answer answer) {
    var question = of.questions().get(answer.question() - 1);
    return answer.question()
        + ": "
        + answer.choice().map(question::label).or(answer::text).orElse("-");
  }

  @Override
  public void erase(DSLContext transaction, UUID member, Instant now) {
    SheetStore.erase(transaction, member);
  }
}
