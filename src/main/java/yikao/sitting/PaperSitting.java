package yikao.sitting;

import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.SITTING;

import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.web.Problem;

/**
 * A session, as far as its printed papers have to know of it.
 *
 * @param quiz the code of the quiz that was made for it
 * @param confirmed whether the secretary has confirmed its account, after which nothing is typed in
 */
record PaperSitting(
    UUID id, long organisationId, long quizId, String quiz, boolean isOpen, boolean confirmed) {
  static Optional<PaperSitting> find(DSLContext dsl, UUID id) {
    return dsl.select(
            SITTING.ORGANISATION_ID,
            SITTING.QUIZ_ID,
            QUIZ.CODE,
            SITTING.ENDED_AT,
            SITTING.CONFIRMED_AT)
        .from(SITTING)
        .join(QUIZ)
        .on(QUIZ.ID.eq(SITTING.QUIZ_ID))
        .where(SITTING.ID.eq(id))
        .fetchOptional(r ->
            new PaperSitting(
                id, r.value1(), r.value2(), r.value3(), r.value4() == null, r.value5() != null));
  }

  /** Holds a session until the end of the transaction. */
  static void hold(DSLContext dsl, UUID id) {
    dsl.select(SITTING.ID).from(SITTING).where(SITTING.ID.eq(id)).forUpdate().fetch();
  }

  /**
   * Lets pass what changes results while the account is not confirmed.
   *
   * @throws Problem {@code sitting.confirmed}
   */
  static void requireUnconfirmed(DSLContext dsl, UUID id) {
    hold(dsl, id);
    if (find(dsl, id).orElseThrow().confirmed()) {
      throw Problem.conflict("paper.confirmed");
    }
  }
}
