package yikao;

import static yikao.db.jooq.Tables.SITTING;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.UUID;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.org.Organisations;
import yikao.quiz.Quizzes;

/** Sessions as rows, over quizzes that were made by hand. */
public final class SittingRows {
  private SittingRows() {}

  /** A session of a branch over a quiz for its members, open for an hour. */
  public static UUID insert(ApplicationContext context, String quiz, String branch) {
    var id = UUID.randomUUID();
    var now = context.getBean(NodeClock.class).instant();
    var organisations = context.getBean(Organisations.class);
    organisations.refresh();
    var organisation = organisations.tree().byCode(branch).orElseThrow().id();
    var quizId = context.getBean(Quizzes.class).get(quiz).id();
    context
        .getBean(Transactions.class)
        .write(dsl ->
            dsl.insertInto(SITTING)
                .set(SITTING.ID, id)
                .set(SITTING.ORGANISATION_ID, organisation)
                .set(SITTING.QUIZ_ID, quizId)
                .set(SITTING.HOST, "张书记")
                .set(SITTING.PLACE, "")
                .set(SITTING.STATE, "open")
                .set(SITTING.OPENED_AT, now)
                .set(SITTING.CLOSES_AT, now.plus(Duration.ofHours(1)))
                .set(SITTING.VERSION, 1)
                .set(SITTING.ACTOR, "test")
                .execute());
    return id;
  }

  /** Confirms the account of a session. */
  public static void confirm(ApplicationContext context, UUID id) {
    var now = context.getBean(NodeClock.class).instant();
    context
        .getBean(Transactions.class)
        .write(dsl ->
            dsl.update(SITTING)
                .set(SITTING.ENDED_AT, now)
                .set(SITTING.CONFIRMED_AT, now)
                .set(SITTING.CONFIRMED_BY, "test")
                .where(SITTING.ID.eq(id))
                .execute());
  }
}
