package yikao.db;

import static yikao.db.jooq.Tables.JOURNAL_POSITION;

import java.util.UUID;
import org.jooq.DSLContext;

/**
 * The one row of {@code journal_position}: which journal belongs to a database, and how much of it
 * the database holds.
 */
final class JournalPosition {
  private static final int ROW = 1;

  private JournalPosition() {}

  /** The journal of a database, which is named when it is first asked for. */
  static UUID journal(DSLContext dsl) {
    return dsl.selectFrom(JOURNAL_POSITION)
        .fetchOptional(JOURNAL_POSITION.JOURNAL)
        .orElseGet(() -> {
          var id = UUID.randomUUID();
          dsl.insertInto(JOURNAL_POSITION)
              .set(JOURNAL_POSITION.ID, ROW)
              .set(JOURNAL_POSITION.JOURNAL, id)
              .set(JOURNAL_POSITION.SEQUENCE, 0L)
              .execute();
          return id;
        });
  }

  /** The sequence of the last group that the database holds. */
  static long get(DSLContext dsl) {
    return dsl.selectFrom(JOURNAL_POSITION).fetchSingle().getSequence();
  }

  static void set(DSLContext dsl, long sequence) {
    dsl.update(JOURNAL_POSITION).set(JOURNAL_POSITION.SEQUENCE, sequence).execute();
  }
}
