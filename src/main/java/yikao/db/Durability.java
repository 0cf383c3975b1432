package yikao.db;

import java.sql.SQLException;

/** Makes what is committed survive a power cut, where a commit alone does not. */
interface Durability {
  /**
   * A commit is durable by itself: PostgreSQL with its defaults, or a database that is not kept.
   */
  Durability BY_COMMIT =
      new Durability() {
        @Override
        public boolean takesSync() {
          return false;
        }

        @Override
        public void committed() {}

        @Override
        public void sync() {}
      };

  /** Whether a commit is durable only after {@link #sync}. */
  boolean takesSync();

  /** Notes that a transaction was committed. */
  void committed();

  /**
   * Makes every transaction durable that was committed before the call.
   *
   * @throws SQLException where it cannot be said whether they are
   */
  void sync() throws SQLException;
}
