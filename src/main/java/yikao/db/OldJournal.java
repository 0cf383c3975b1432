package yikao.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The journal that releases before V9 kept beside an H2 file. One that is not empty holds answers
 * that the file lacks, so that the file alone must not be opened.
 */
final class OldJournal {
  private OldJournal() {}

  /**
   * Lets a database pass whose journal is empty, or that never had one.
   *
   * @throws DatabaseRefusedException where something would have to be replayed
   */
  static void requireReplayed(EmbeddedFile database) {
    if (holdsGroups(Path.of(database.base() + ".journal"))) {
      throw new DatabaseRefusedException(
          """
          上一版程序没有正常停止，数据目录里还有没有并入数据库的作答（%1$s.journal）。
          请先用上一版程序启动一次并正常停止（SIGTERM），再用这一版启动。
          The release before this one was not stopped regularly: %1$s.journal holds answers that \
          the database file lacks. Start that release once, stop it regularly (SIGTERM), then start \
          this one.\
          """
              .formatted(database.base()));
    }
  }

  private static boolean holdsGroups(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.anyMatch(f -> f.getFileName().toString().startsWith("groups-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
