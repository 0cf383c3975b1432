package yikao.db;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.PARTICIPANT;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.RESULT;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * What the database of a backup holds, in rows. Databases of the first releases keep their results
 * with their attempts.
 */
record BackupContents(int quizzes, int participants, int attempts, int results) {
  private static final String NO_SUCH_TABLE = "42S";
  private static final String AUTHORIZATION = "28";
  private static final int NONE = -1;

  /**
   * Opens a database as the service does, and counts; it is closed again.
   *
   * @throws DatabaseRefusedException where it cannot be opened, or is none of the service's
   */
  static BackupContents of(EmbeddedFile file, RestoreBackup.Login login) {
    var url = EmbeddedDatabase.url(file.base());
    try (var connection = DriverManager.getConnection(url, login.user(), login.password());
        var statement = connection.createStatement()) {
      try {
        return count(DSL.using(connection, SQLDialect.H2));
      } finally {
        shutDown(statement);
      }
    } catch (SQLException | DataAccessException e) {
      if (e instanceof SQLException refused && isOtherUser(refused)) {
        throw new DatabaseRefusedException(
            "备份里的数据库要用它自己的用户名和密码，请设置 the database in the backup has a user and password of its own, set"
                + " yikao.database.user, yikao.database.password: "
                + DamagedDatabase.firstLine(e));
      }
      throw new DatabaseRefusedException(
          "备份里的数据库打不开，请用另一份 the database in the backup cannot be opened, use another one: "
              + DamagedDatabase.firstLine(e));
    }
  }

  private static boolean isOtherUser(SQLException refused) {
    return String.valueOf(refused.getSQLState()).startsWith(AUTHORIZATION);
  }

  /** Also where it has shut down by itself. */
  static void shutDown(Statement statement) throws SQLException {
    try {
      statement.execute("shutdown");
    } catch (SQLException e) {
      if (!EmbeddedDatabase.CLOSED.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private static BackupContents count(DSLContext dsl) {
    var counted =
        new BackupContents(
            count(dsl, QUIZ), count(dsl, PARTICIPANT), count(dsl, ATTEMPT), count(dsl, RESULT));
    if (counted.quizzes == NONE || counted.participants == NONE || counted.attempts == NONE) {
      throw new DatabaseRefusedException(
          "备份里不是以考的数据库 the backup holds no database of Yikao: it has no quizzes or attempts");
    }
    return counted;
  }

  private static int count(DSLContext dsl, Table<?> table) {
    try {
      return dsl.fetchCount(table);
    } catch (DataAccessException e) {
      if (e.sqlState().startsWith(NO_SUCH_TABLE)) {
        return NONE;
      }
      throw e;
    }
  }

  /** In a line for the operator. */
  String said() {
    return "里面有 it holds: 测验 quizzes %d, 参加者 participants %d, 作答 attempts %d, 成绩 results %s"
        .formatted(quizzes, participants, attempts, results == NONE ? "-" : results);
  }
}
