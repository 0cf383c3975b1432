package yikao.remark;

import static yikao.db.jooq.Tables.AMENDMENT;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.attempt.Amendments;
import yikao.scoring.Amendment;

/** Amendments in the database, from where the engine takes those it marks by. */
@Singleton
final class AmendmentStore implements Amendments {
  private final AmendmentCodec codec;

  AmendmentStore(AmendmentCodec codec) {
    this.codec = codec;
  }

  @Override
  public List<Amendment> of(DSLContext dsl, long quizId) {
    return dsl.select(AMENDMENT.QUESTION_ID, AMENDMENT.CONTENT)
        .from(AMENDMENT)
        .where(AMENDMENT.QUIZ_ID.eq(quizId))
        .orderBy(AMENDMENT.NUMBER)
        .fetch(r -> codec.decode(r.value1(), r.value2()));
  }

  void insert(
      DSLContext dsl,
      Actor actor,
      long quizId,
      int number,
      Amendment amendment,
      String reason,
      Instant now) {
    dsl.insertInto(AMENDMENT)
        .set(AMENDMENT.QUIZ_ID, quizId)
        .set(AMENDMENT.NUMBER, number)
        .set(AMENDMENT.QUESTION_ID, amendment.questionId())
        .set(AMENDMENT.CONTENT, codec.encode(amendment))
        .set(AMENDMENT.REASON, reason)
        .set(AMENDMENT.ACTOR, actor.code())
        .set(AMENDMENT.CREATED_AT, now)
        .execute();
  }
}
