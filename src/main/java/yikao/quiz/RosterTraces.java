package yikao.quiz;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.org.MemberTraces;

/**
 * What rosters keep about a member: which quizzes the person should take part in. An erased person
 * still counts there, without a name and without the reasons that were given.
 */
@Singleton
final class RosterTraces implements MemberTraces {
  private final Quizzes quizzes;

  RosterTraces(Quizzes quizzes) {
    this.quizzes = quizzes;
  }

  @Override
  public List<Trace> of(DSLContext dsl, UUID member) {
    return RosterStore.of(dsl, member).stream()
        .map(line ->
            new Trace(
                "roster",
                quizzes.current(dsl, quizzes.code(dsl, line.quizId())).title(),
                line.addedAt(),
                line.reasons()))
        .toList();
  }

  @Override
  public void erase(DSLContext transaction, UUID member, Instant now) {
    RosterStore.erase(transaction, member);
  }
}
