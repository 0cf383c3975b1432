package yikao.sitting;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.org.MemberTraces;
import yikao.quiz.Quizzes;

/** What sessions keep about a member: whether the person was there, and what was noted. */
@Singleton
final class SittingTraces implements MemberTraces {
  private final Quizzes quizzes;

  SittingTraces(Quizzes quizzes) {
    this.quizzes = quizzes;
  }

  @Override
  public List<Trace> of(DSLContext dsl, UUID member) {
    return SittingStore.of(dsl, member).stream()
        .map(line ->
            new Trace(
                "attendance",
                quizzes.current(dsl, line.quiz()).title(),
                line.openedAt(),
                line.note().isEmpty() ? line.status() : line.status() + " " + line.note()))
        .toList();
  }

  @Override
  public void erase(DSLContext transaction, UUID member, Instant now) {
    SittingStore.erase(transaction, member);
  }
}
