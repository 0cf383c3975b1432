package yikao.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.ZipFile;

/**
 * Puts a backup of the embedded database in place while the service is stopped. What was there is
 * moved aside as a whole.
 */
public final class RestoreBackup {
  /** The name of the database in a backup. */
  static final String FILE = "yikao.mv.db";

  private RestoreBackup() {}

  /** Arguments: the folder of data, the backup. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: yikao restore BACKUP.zip");
      System.exit(2);
    }
    try {
      System.out.println(restore(Path.of(arguments[0]), Path.of(arguments[1])));
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Restores.
   *
   * @return what was done, in a line for the operator
   * @throws IllegalStateException where the service runs, or the backup is none; nothing is changed
   */
  static String restore(Path data, Path backup) throws IOException {
    var database = data.resolve("database");
    var fresh = data.resolve("database.new");
    requireStopped(database.resolve(FILE));
    unpack(backup, fresh.resolve(FILE), FILE);
    var said = "restored to " + database;
    if (Files.exists(database)) {
      var stamp = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
      var aside = data.resolve("database.before-" + stamp);
      Files.move(database, aside);
      said += "; what was there is in " + aside;
    }
    Files.move(fresh, database);
    return said;
  }

  /** H2 holds a lock of its file while it is open. */
  private static void requireStopped(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock == null) {
        throw new IllegalStateException("the service runs over " + file + "; stop it first");
      }
    }
  }

  /**
   * Takes the file of a database out of a backup, and syncs it.
   *
   * @param file where to put it
   * @param name of the file in the backup
   * @throws IllegalStateException where the backup is none
   */
  static void unpack(Path backup, Path file, String name) throws IOException {
    if (!Files.isRegularFile(backup)) {
      throw new IllegalStateException("no such backup: " + backup);
    }
    try (var zip = new ZipFile(backup.toFile())) {
      var entry = zip.getEntry(name);
      if (entry == null) {
        throw new IllegalStateException(
            "not a backup of Yikao, it holds no %s: %s".formatted(name, backup));
      }
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      try (var in = zip.getInputStream(entry)) {
        Files.copy(in, file);
      }
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }
}
