package yikao.remark;

import static yikao.db.jooq.Tables.PERSON_MARK;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.access.Actor;

/** What persons gave essays. */
@Singleton
final class PersonMarkStore {
  /** The marks of an attempt, by question number. */
  Map<Integer, BigDecimal> of(DSLContext dsl, UUID attemptId) {
    return dsl.select(PERSON_MARK.NUMBER, PERSON_MARK.POINTS)
        .from(PERSON_MARK)
        .where(PERSON_MARK.ATTEMPT_ID.eq(attemptId))
        .fetchMap(PERSON_MARK.NUMBER, PERSON_MARK.POINTS);
  }

  /** Stores a mark; a later one replaces an earlier one. */
  void put(
      DSLContext dsl,
      Actor actor,
      UUID attemptId,
      int number,
      BigDecimal points,
      Optional<String> comment,
      Instant now) {
    dsl.deleteFrom(PERSON_MARK)
        .where(PERSON_MARK.ATTEMPT_ID.eq(attemptId))
        .and(PERSON_MARK.NUMBER.eq(number))
        .execute();
    dsl.insertInto(PERSON_MARK)
        .set(PERSON_MARK.ATTEMPT_ID, attemptId)
        .set(PERSON_MARK.NUMBER, number)
        .set(PERSON_MARK.POINTS, points)
        .set(PERSON_MARK.COMMENT, comment.orElse(null))
        .set(PERSON_MARK.ACTOR, actor.code())
        .set(PERSON_MARK.MARKED_AT, now)
        .execute();
  }

  /** Forgets the marks of attempts that run again. */
  void delete(DSLContext dsl, Collection<UUID> attemptIds) {
    if (!attemptIds.isEmpty()) {
      dsl.deleteFrom(PERSON_MARK)
          .where(PERSON_MARK.ATTEMPT_ID.eq(DSL.any(attemptIds.toArray(new UUID[0]))))
          .execute();
    }
  }
}
