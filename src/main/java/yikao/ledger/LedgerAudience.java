package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;
import yikao.db.Transactions;
import yikao.ledger.FigureQueries.Within;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.quiz.Quiz;

/** Whom one may want to remind of a quiz: by its roster and its results as they are now. */
@Singleton
public class LedgerAudience {
  private final Transactions transactions;
  private final Organisations organisations;

  LedgerAudience(Transactions transactions, Organisations organisations) {
    this.transactions = transactions;
    this.organisations = organisations;
  }

  /** Whom of those who should take part. */
  public enum Which {
    /** Who has not. */
    NOT_YET(Figure.NOT_YET),
    /** Who has a result that does not pass. */
    FAILED(Figure.FAILED);

    private final Figure figure;

    Which(Figure figure) {
      this.figure = figure;
    }
  }

  /**
   * The next of them by identity, without those who were erased.
   *
   * @param unit those who count in it or below it
   * @param after the last that is known; absent at the beginning
   * @param most how many, at most; fewer are the last
   */
  public List<UUID> next(
      Quiz quiz, Organisation unit, Which which, Optional<UUID> after, int most) {
    var within =
        Within.of(organisations.tree().subtree(unit).stream().map(Organisation::id).toList());
    return transactions
        .read()
        .select(ROSTER_MEMBER.MEMBER_ID)
        .from(ROSTER_MEMBER)
        .join(MEMBER)
        .on(MEMBER.ID.eq(ROSTER_MEMBER.MEMBER_ID))
        .leftJoin(LEDGER_ENTRY)
        .on(FigureQueries.isEntryOf(EntryStore.OPEN.minusMillis(1)))
        .where(ROSTER_MEMBER.QUIZ_ID.eq(DSL.inline(quiz.id())))
        .and(ROSTER_MEMBER.REMOVED_AT.isNull())
        .and(within.on(ROSTER_MEMBER.ORGANISATION_ID))
        .and(MEMBER.ERASED_AT.isNull())
        .and(which.figure.condition())
        .and(after.map(ROSTER_MEMBER.MEMBER_ID::gt).orElseGet(DSL::noCondition))
        .orderBy(ROSTER_MEMBER.MEMBER_ID)
        // bound, H2 2.5 repeats a row when it runs again with another limit
        .limit(DSL.inline(most))
        .fetch(ROSTER_MEMBER.MEMBER_ID);
  }
}
