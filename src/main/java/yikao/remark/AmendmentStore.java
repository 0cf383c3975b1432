package yikao.remark;

import static yikao.db.jooq.Tables.AMENDMENT;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.attempt.Amendments;
import yikao.scoring.Amendment;

/** Amendments in the database, from where the engine takes those it marks by. */
@Singleton
final class AmendmentStore implements Amendments {
  private final RemarkSeal seal;

  AmendmentStore(RemarkSeal seal) {
    this.seal = seal;
  }

  /**
   * An amendment as it stands.
   *
   * @param number counts the amendments of its quiz, and their withdrawals
   */
  record Stored(
      int number,
      Amendment amendment,
      String reason,
      String actor,
      Instant createdAt,
      Optional<Withdrawal> withdrawal) {}

  /** That an amendment was taken back. */
  record Withdrawal(String reason, String actor, Instant at) {}

  @Override
  public List<InForce> of(DSLContext dsl, long quizId) {
    return all(dsl, quizId).stream()
        .filter(s -> s.withdrawal().isEmpty())
        .map(s -> new InForce(s.amendment(), s.reason()))
        .toList();
  }

  /** Every amendment of a quiz, in their order. */
  List<Stored> all(DSLContext dsl, long quizId) {
    return dsl.selectFrom(AMENDMENT)
        .where(AMENDMENT.QUIZ_ID.eq(quizId))
        .orderBy(AMENDMENT.NUMBER)
        .fetch(r ->
            new Stored(
                r.getNumber(),
                seal.amendment(r.getQuestionId(), r.getContent()),
                seal.note(r.getReason()),
                r.getActor(),
                r.getCreatedAt(),
                Optional.ofNullable(r.getWithdrawnAt())
                    .map(at ->
                        new Withdrawal(
                            seal.note(r.getWithdrawnReason()), r.getWithdrawnActor(), at))));
  }

  /** Takes an amendment back that is in force; returns whether there was one. */
  boolean withdraw(DSLContext dsl, long quizId, int number, Withdrawal withdrawal) {
    return dsl.update(AMENDMENT)
            .set(AMENDMENT.WITHDRAWN_REASON, seal.sealedNote(withdrawal.reason()))
            .set(AMENDMENT.WITHDRAWN_ACTOR, withdrawal.actor())
            .set(AMENDMENT.WITHDRAWN_AT, withdrawal.at())
            .where(AMENDMENT.QUIZ_ID.eq(quizId))
            .and(AMENDMENT.NUMBER.eq(number))
            .and(AMENDMENT.WITHDRAWN_AT.isNull())
            .execute()
        == 1;
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
        .set(AMENDMENT.CONTENT, seal.seal(amendment))
        .set(AMENDMENT.REASON, seal.sealedNote(reason))
        .set(AMENDMENT.ACTOR, actor.code())
        .set(AMENDMENT.CREATED_AT, now)
        .execute();
  }
}
