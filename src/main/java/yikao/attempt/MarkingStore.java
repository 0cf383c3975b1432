package yikao.attempt;

import static yikao.db.jooq.Tables.AMENDMENT;
import static yikao.db.jooq.Tables.FORMER_MARKING;
import static yikao.db.jooq.Tables.PERSON_MARK;
import static yikao.db.jooq.Tables.QUIZ;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.impl.DSL;
import yikao.db.Lookup;
import yikao.db.Lookup.Reading;
import yikao.scoring.Amendment;

/** What marking goes by and leaves behind: amendments, marks by persons, former markings. */
@Singleton
final class MarkingStore {
  private static final Lookup<Record3<Long, Integer, Integer>> QUIZZES =
      new Lookup<>(MarkingStore::held);

  private final AmendmentCodec amendments;

  MarkingStore(AmendmentCodec amendments) {
    this.amendments = amendments;
  }

  /** Keeps markings that later ones replace. */
  void insertFormerMarkings(DSLContext dsl, Collection<Attempt> before, Instant now) {
    var marked = AttemptStore.inOrder(before).filter(a -> a.result().isPresent()).toList();
    if (marked.isEmpty()) {
      return;
    }
    dsl.batch(
            dsl.insertInto(
                    FORMER_MARKING,
                    FORMER_MARKING.ATTEMPT_ID,
                    FORMER_MARKING.MARKING,
                    FORMER_MARKING.AMENDMENTS,
                    FORMER_MARKING.MARKS,
                    FORMER_MARKING.SCORE,
                    FORMER_MARKING.MAX_SCORE,
                    FORMER_MARKING.PASSED,
                    FORMER_MARKING.REPLACED_AT)
                .values((UUID) null, null, null, null, null, null, null, null))
        .bind(marked.stream().map(a -> former(a, now)).toArray(Object[][]::new))
        .execute();
  }

  private static Object[] former(Attempt a, Instant now) {
    var result = a.result().orElseThrow();
    return new Object[] {
      a.id(),
      a.marking(),
      a.amendments(),
      Result.encode(result.marks()),
      result.score().points(),
      result.score().maximum(),
      result.passed().orElse(null),
      now
    };
  }

  /** What the database says of a quiz, now. */
  record QuizNow(int revision, int amendments) {}

  /** Reads quizzes, and holds them until the group is through. */
  Reading<?> quizzes(Collection<Long> quizIds, BiConsumer<Long, QuizNow> reader) {
    return QUIZZES.of(
        r -> reader.accept(r.value1(), new QuizNow(r.value2(), r.value3())),
        (Object[]) quizIds.toArray(new Long[0]));
  }

  private static Select<Record3<Long, Integer, Integer>> held(DSLContext dsl) {
    var select =
        dsl.select(QUIZ.ID, QUIZ.REVISION, QUIZ.AMENDMENTS)
            .from(QUIZ)
            .where(Lookup.among(QUIZ.ID))
            .orderBy(QUIZ.ID);
    // an editor waits until the group is through; on H2, with its one writer, a lock costs nobody
    // anything
    return dsl.dialect().family() == SQLDialect.H2 ? select.forUpdate() : select.forKeyShare();
  }

  /** The amendments of a quiz, in their order. */
  List<Amendment> amendments(DSLContext dsl, long quizId) {
    return dsl.select(AMENDMENT.QUESTION_ID, AMENDMENT.CONTENT)
        .from(AMENDMENT)
        .where(AMENDMENT.QUIZ_ID.eq(quizId))
        .orderBy(AMENDMENT.NUMBER)
        .fetch(r -> amendments.decode(r.value1(), r.value2()));
  }

  /** What persons gave the essays of an attempt. */
  Map<Integer, BigDecimal> personMarks(DSLContext dsl, UUID attemptId) {
    return dsl.select(PERSON_MARK.NUMBER, PERSON_MARK.POINTS)
        .from(PERSON_MARK)
        .where(PERSON_MARK.ATTEMPT_ID.eq(attemptId))
        .fetchMap(PERSON_MARK.NUMBER, PERSON_MARK.POINTS);
  }

  /** Forgets what persons gave the essays of attempts that run again. */
  void deletePersonMarks(DSLContext dsl, Collection<UUID> attemptIds) {
    if (!attemptIds.isEmpty()) {
      dsl.deleteFrom(PERSON_MARK)
          .where(PERSON_MARK.ATTEMPT_ID.eq(DSL.any(AttemptStore.sorted(attemptIds))))
          .execute();
    }
  }

  /** What a person gives an essay; a later mark replaces an earlier one. */
  void putPersonMark(
      DSLContext dsl,
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
        .set(PERSON_MARK.MARKED_AT, now)
        .execute();
  }

  /** Quizzes with amendments that may not have reached every ended attempt. */
  List<Long> behind(DSLContext dsl) {
    return dsl.select(QUIZ.ID).from(QUIZ).where(QUIZ.AMENDMENTS.gt(QUIZ.REMARKED)).fetch(QUIZ.ID);
  }

  /**
   * Notes that so many amendments have reached every ended attempt. A group holds the quiz while it
   * marks, so none that knows fewer can still come.
   */
  void remarked(DSLContext dsl, long quizId, int amendments) {
    dsl.update(QUIZ)
        .set(QUIZ.REMARKED, amendments)
        .where(QUIZ.ID.eq(quizId))
        .and(QUIZ.REMARKED.lt(amendments))
        .execute();
  }
}
