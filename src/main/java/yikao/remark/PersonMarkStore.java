package yikao.remark;

import static yikao.db.jooq.Tables.PERSON_MARK;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.access.Actor;
import yikao.attempt.AttemptEvent;
import yikao.attempt.AttemptListener;
import yikao.attempt.PersonMark;
import yikao.attempt.PersonMarks;
import yikao.db.StatementBatch;

/** What persons gave essays. */
@Singleton
final class PersonMarkStore implements PersonMarks, AttemptListener {
  private final RemarkSeal seal;

  PersonMarkStore(RemarkSeal seal) {
    this.seal = seal;
  }

  @Override
  public Map<UUID, Map<Integer, PersonMark>> of(DSLContext dsl, Collection<UUID> attemptIds) {
    var marks = new HashMap<UUID, Map<Integer, PersonMark>>();
    dsl.selectFrom(PERSON_MARK)
        .where(PERSON_MARK.ATTEMPT_ID.eq(DSL.any(attemptIds.toArray(new UUID[0]))))
        .forEach(r ->
            marks
                .computeIfAbsent(r.getAttemptId(), _ -> new HashMap<>())
                .put(
                    r.getNumber(),
                    new PersonMark(
                        r.getPoints(),
                        Optional.ofNullable(r.getComment()).map(seal::note),
                        Optional.ofNullable(r.getTextDigest()),
                        r.getVersion())));
    return marks;
  }

  /** Stores a mark; a later one replaces an earlier one. */
  void put(DSLContext dsl, Actor actor, UUID attemptId, int number, PersonMark mark, Instant now) {
    dsl.deleteFrom(PERSON_MARK)
        .where(PERSON_MARK.ATTEMPT_ID.eq(attemptId))
        .and(PERSON_MARK.NUMBER.eq(number))
        .execute();
    dsl.insertInto(PERSON_MARK)
        .set(PERSON_MARK.ATTEMPT_ID, attemptId)
        .set(PERSON_MARK.NUMBER, number)
        .set(PERSON_MARK.POINTS, mark.points())
        .set(PERSON_MARK.COMMENT, seal.sealedNote(mark.comment().orElse(null)))
        .set(PERSON_MARK.TEXT_DIGEST, mark.textDigest().orElse(null))
        .set(PERSON_MARK.VERSION, mark.version())
        .set(PERSON_MARK.ACTOR, actor.code())
        .set(PERSON_MARK.MARKED_AT, now)
        .execute();
  }

  /**
   * Of an attempt that runs again, a mark of which nobody knows the text does not hold any more.
   */
  @Override
  public void happened(List<AttemptEvent> events, StatementBatch changes) {
    var reopened =
        events.stream()
            .filter(AttemptEvent.Reopened.class::isInstance)
            .map(e -> e.attempt().id())
            .toArray(UUID[]::new);
    if (reopened.length > 0) {
      changes
          .transaction()
          .deleteFrom(PERSON_MARK)
          .where(PERSON_MARK.ATTEMPT_ID.eq(DSL.any(reopened)))
          .and(PERSON_MARK.TEXT_DIGEST.isNull())
          .execute();
    }
  }
}
