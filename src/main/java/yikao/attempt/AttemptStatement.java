package yikao.attempt;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.PROGRESS;
import static yikao.db.jooq.Tables.RESULT;

import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import yikao.db.Bulk;
import yikao.db.StatementBatch;

/**
 * The statements by which attempts are written, each for many rows. Their order here is the order
 * in which a group runs them.
 */
@SuppressWarnings("ImmutableEnumChecker") // tables and fields of jOOQ do not change
enum AttemptStatement {
  STARTS(
      ATTEMPT,
      List.of(
          ATTEMPT.ID,
          ATTEMPT.QUIZ_ID,
          ATTEMPT.PARTICIPANT_ID,
          ATTEMPT.NUMBER,
          ATTEMPT.QUIZ_REVISION,
          ATTEMPT.BANK_REVISION,
          ATTEMPT.USAGE_VERSION,
          ATTEMPT.SEED,
          ATTEMPT.PAPER,
          ATTEMPT.TOKEN_HASH,
          ATTEMPT.STARTED_AT,
          ATTEMPT.DEADLINE,
          ATTEMPT.NAME,
          ATTEMPT.ORGANISATION_ID,
          ATTEMPT.BRANCH,
          ATTEMPT.ENTERED_BY),
      List.of()),
  ENTERED(ATTEMPT, List.of(ATTEMPT.ENTERED_BY), List.of(ATTEMPT.ID)),
  NAMES(
      ATTEMPT, List.of(ATTEMPT.NAME, ATTEMPT.ORGANISATION_ID, ATTEMPT.BRANCH), List.of(ATTEMPT.ID)),
  ANNULMENTS(ATTEMPT, List.of(ATTEMPT.ANNULLED), List.of(ATTEMPT.ID)),
  TOKENS(ATTEMPT, List.of(ATTEMPT.TOKEN_HASH), List.of(ATTEMPT.ID)),
  DEADLINES(ATTEMPT, List.of(ATTEMPT.DEADLINE), List.of(ATTEMPT.ID)),
  NEW_PROGRESS(
      PROGRESS,
      List.of(PROGRESS.ATTEMPT_ID, PROGRESS.EXPIRES_AT, PROGRESS.VERSION, PROGRESS.RESPONSES),
      List.of()),
  /** A save; by the version that was read. */
  SAVES(
      PROGRESS,
      List.of(PROGRESS.VERSION, PROGRESS.RESPONSES),
      List.of(PROGRESS.ATTEMPT_ID, PROGRESS.VERSION)),
  EXPIRIES(
      PROGRESS,
      List.of(PROGRESS.VERSION, PROGRESS.EXPIRES_AT),
      List.of(PROGRESS.ATTEMPT_ID, PROGRESS.VERSION)),
  /** An end; by the version that was read. */
  ENDS(PROGRESS, List.of(), List.of(PROGRESS.ATTEMPT_ID, PROGRESS.VERSION)),
  REOPENED(RESULT, List.of(), List.of(RESULT.QUIZ_ID, RESULT.ATTEMPT_ID)),
  RESULTS(
      RESULT,
      List.of(
          RESULT.QUIZ_ID,
          RESULT.ATTEMPT_ID,
          RESULT.STATE,
          RESULT.ENDED_AT,
          RESULT.ELAPSED_MILLIS,
          RESULT.RESPONSES,
          RESULT.MARKS,
          RESULT.SCORE,
          RESULT.MAX_SCORE,
          RESULT.PENDING,
          RESULT.PASSED,
          RESULT.MARKING,
          RESULT.AMENDMENTS),
      List.of()),
  MARKINGS(
      RESULT,
      List.of(
          RESULT.MARKS,
          RESULT.SCORE,
          RESULT.MAX_SCORE,
          RESULT.PENDING,
          RESULT.PASSED,
          RESULT.MARKING,
          RESULT.AMENDMENTS),
      List.of(RESULT.QUIZ_ID, RESULT.ATTEMPT_ID));

  private final Bulk bulk;

  AttemptStatement(Table<?> table, List<? extends Field<?>> values, List<? extends Field<?>> keys) {
    if (keys.isEmpty()) {
      bulk = Bulk.insert(table, values);
    } else if (values.isEmpty()) {
      bulk = Bulk.delete(table, keys);
    } else {
      bulk = Bulk.update(table, values, keys);
    }
  }

  /** Adds the statement for rows: the values, then the keys. */
  void addTo(StatementBatch changes, List<Object[]> rows) {
    bulk.addExact(changes, rows);
  }
}
