package yikao.remark;

import static yikao.db.jooq.Tables.EXTENSION;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.attempt.Deadlines.Given;
import yikao.remark.WindowChanges.Extension;

/** The time that was given to the attempts of quizzes. */
@Singleton
final class ExtensionStore {
  /** All time given to the attempts of a quiz. */
  List<Given> given(DSLContext dsl, long quizId) {
    return dsl.select(EXTENSION.CREATED_AT, EXTENSION.MINUTES)
        .from(EXTENSION)
        .where(EXTENSION.QUIZ_ID.eq(quizId))
        .orderBy(EXTENSION.NUMBER)
        .fetch(r -> new Given(r.value1(), Duration.ofMinutes(r.value2())));
  }

  void insert(DSLContext dsl, Actor actor, long quizId, int number, Extension wanted, Instant now) {
    dsl.insertInto(EXTENSION)
        .set(EXTENSION.QUIZ_ID, quizId)
        .set(EXTENSION.NUMBER, number)
        .set(EXTENSION.MINUTES, (int) wanted.by().toMinutes())
        .set(EXTENSION.SINCE, wanted.since())
        .set(EXTENSION.REASON, wanted.reason())
        .set(EXTENSION.ACTOR, actor.code())
        .set(EXTENSION.CREATED_AT, now)
        .execute();
  }
}
