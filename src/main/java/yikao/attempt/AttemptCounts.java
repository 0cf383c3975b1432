package yikao.attempt;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import org.jooq.impl.DSL;
import yikao.db.Transactions;

/** How many have taken a quiz. */
@Singleton
public final class AttemptCounts {
  private final Transactions transactions;

  AttemptCounts(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Attempts at a quiz, those that were annulled among them.
   *
   * @param participants who have started it, each counted once
   * @param started attempts
   * @param ended attempts that were handed in or ran out of time
   */
  public record Counts(int participants, int started, int ended) {
    /** Attempts that have not ended. */
    public int running() {
      return Math.max(0, started - ended); // one may have ended between the two counts
    }
  }

  /** The counts of a quiz; reads as many rows as it has attempts, by its key. */
  public Counts of(long quizId) {
    var dsl = transactions.read();
    var ended = dsl.fetchCount(RESULT, RESULT.QUIZ_ID.eq(quizId));
    return dsl.select(DSL.countDistinct(ATTEMPT.PARTICIPANT_ID), DSL.count())
        .from(ATTEMPT)
        .where(ATTEMPT.QUIZ_ID.eq(quizId))
        .fetchSingle(row -> new Counts(row.value1(), row.value2(), ended));
  }
}
