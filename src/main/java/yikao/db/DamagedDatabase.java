package yikao.db;

import java.sql.SQLException;

/** An embedded database whose file is damaged, or whose disk fails. */
public final class DamagedDatabase {
  private static final String CORRUPT = "90030";
  private static final String STORE = "org.h2.mvstore.MVStoreException";

  private DamagedDatabase() {}

  /** Whether this is what H2 says of a damaged file; causes are not looked at. */
  public static boolean is(Throwable failure) {
    return (failure instanceof SQLException sql && CORRUPT.equals(sql.getSQLState()))
        || failure.getClass().getName().equals(STORE);
  }

  /**
   * What an operator is told.
   *
   * @param where the file, or the address of the database
   */
  public static String said(String where, Throwable failure) {
    return """
    数据库文件打不开，可能已损坏：%1$s（%2$s）。
    请先把这个文件另存一份，再恢复最新的备份：bin/yikao restore 备份文件（在数据文件夹的 backups 里）。
    The database file cannot be opened, it may be damaged: %1$s (%2$s). Keep a copy of it, then \
    restore the newest backup: bin/yikao restore FILE.zip (they are in backups, in the data folder).\
    """
        .formatted(where, firstLine(failure));
  }

  static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
