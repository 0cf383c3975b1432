package yikao.db;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an embedded H2 has its file.
 *
 * @param base the path without the file's ending
 */
record EmbeddedFile(Path base) {
  private static final Pattern URL =
      Pattern.compile("jdbc:h2:(?!mem:|tcp:|ssl:|zip:)(?:(?:file|async|split|nio):)*([^;]+).*");

  private static final String ENDING = ".mv.db";
  private static final String IN_USE = "90020";

  /** What an operator has said wrongly, and is told by the start: the address, or who connects. */
  private static final Pattern SETTINGS = Pattern.compile("28...|90011|90013|90046|90113|90146");

  /** The file of an address; absent where it is of no embedded database, or of one in memory. */
  static Optional<EmbeddedFile> of(String url) {
    var parts = URL.matcher(url);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var path = parts.group(1).replaceFirst("^~(?=/)", System.getProperty("user.home"));
    return Optional.of(new EmbeddedFile(Path.of(path).toAbsolutePath().normalize()));
  }

  /** Of a file with its ending. */
  static EmbeddedFile at(Path file) {
    var name = String.valueOf(file.getFileName());
    return new EmbeddedFile(
        file.resolveSibling(name.substring(0, name.length() - ENDING.length())));
  }

  /** The file itself. */
  Path file() {
    return base.resolveSibling(base.getFileName() + ENDING);
  }

  /**
   * Opens the database once, before a pool does, which would say at length that it cannot. It stays
   * open.
   *
   * @throws DatabaseRefusedException where it cannot be opened
   */
  void requireOpens(String url, String user, String password) {
    try {
      DriverManager.getConnection(url, user, password).close();
    } catch (SQLException e) {
      var state = String.valueOf(e.getSQLState());
      if (SETTINGS.matcher(state).matches()) {
        throw new IllegalStateException(e);
      }
      throw new DatabaseRefusedException(
          state.equals(IN_USE)
              ? "数据库文件正被另一个进程使用 the database is in use by another process: " + file()
              : DamagedDatabase.said(file().toString(), e));
    }
  }
}
