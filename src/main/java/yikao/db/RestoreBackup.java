package yikao.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Puts a backup of the embedded database in place while the service is stopped. The backup is
 * checked as a whole, opened as a database and asked what it holds before anything is replaced;
 * what was there is moved aside.
 */
public final class RestoreBackup {
  /** The name of the database in a backup. */
  static final String FILE = "yikao.mv.db";

  private final Path data;
  private final Path database;
  private final Path fresh;

  private RestoreBackup(Path data) {
    this.data = data.toAbsolutePath().normalize();
    this.database = this.data.resolve(DataFolder.DATABASE);
    this.fresh = this.data.resolve(DataFolder.RESTORED);
  }

  /** Arguments: the folder of data, the backup. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      System.err.println("usage: yikao restore BACKUP.zip");
      System.exit(2);
    }
    var login =
        new Login(setting("yikao.database.user", "sa"), setting("yikao.database.password", ""));
    try {
      System.out.println(restore(Path.of(arguments[0]), Path.of(arguments[1]), login));
    } catch (DatabaseRefusedException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      System.err.println("恢复不了，原来的数据没有改 not restored, the data are as they were: " + e);
      System.exit(1);
    }
  }

  /** As the service reads it. */
  private static String setting(String name, String otherwise) {
    var environment =
        System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    return System.getProperty(name, environment == null ? otherwise : environment);
  }

  /** Who opens the database; H2 keeps users and passwords in its file. */
  record Login(String user, String password) {}

  /**
   * Restores.
   *
   * @return what was done, in lines for the operator
   * @throws DatabaseRefusedException where the service runs, or the backup is none, or damaged;
   *     nothing is changed
   * @throws IOException where files cannot be read or written; nothing is changed
   */
  static String restore(Path data, Path backup, Login login) throws IOException {
    return new RestoreBackup(data).restore(backup, login);
  }

  private String restore(Path backup, Login login) throws IOException {
    requireStopped();
    try {
      delete(fresh);
      OwnerOnly.createFolders(fresh);
      var file = fresh.resolve(FILE);
      OwnerOnly.createFile(file);
      var isSealed = new BackupArchive(backup).unpack(FILE, file);
      var holds = BackupContents.of(EmbeddedFile.at(file), login);
      BackupArchive.sync(file);
      giveToOwnerOfData(file);
      requireStopped();
      var aside = swap();
      return said(backup, isSealed, holds, aside);
    } finally {
      delete(fresh);
    }
  }

  /** H2 holds a lock of its file while it is open. */
  private void requireStopped() throws IOException {
    var file = database.resolve(FILE);
    if (!Files.exists(file)) {
      return;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock == null) {
        throw new DatabaseRefusedException(
            "服务正在运行，请先停止 the service runs over %s; stop it first".formatted(file));
      }
    }
  }

  /** Who restores is often root, who would leave files that the service cannot open. */
  private void giveToOwnerOfData(Path file) throws IOException {
    var owner = Files.getOwner(data);
    for (var path : new Path[] {fresh, file}) {
      if (!Files.getOwner(path).equals(owner)) {
        give(path, owner);
      }
    }
  }

  private static void give(Path path, UserPrincipal owner) throws IOException {
    try {
      Files.setOwner(path, owner);
    } catch (FileSystemException e) {
      throw new DatabaseRefusedException(
          "请用 %1$s 或 root 执行恢复 restore as the user %1$s, or as root".formatted(owner.getName()));
    }
  }

  /** Returns where what was there is now; the same path where nothing was. */
  private Path swap() throws IOException {
    if (!Files.exists(database)) {
      Files.move(fresh, database);
      syncFolder();
      return database;
    }
    var aside = aside();
    Files.move(database, aside);
    try {
      Files.move(fresh, database);
    } catch (IOException e) {
      Files.move(aside, database);
      throw e;
    }
    syncFolder();
    return aside;
  }

  private Path aside() {
    var name = DataFolder.DATABASE + ".before-" + Backups.STAMP.format(Instant.now());
    var aside = data.resolve(name);
    for (var n = 2; Files.exists(aside); n++) {
      aside = data.resolve(name + "-" + n);
    }
    return aside;
  }

  private void syncFolder() throws IOException {
    try (var folder = FileChannel.open(data, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private String said(Path backup, boolean isSealed, BackupContents holds, Path aside) {
    var said = new StringBuilder();
    if (!isSealed) {
      said.append(
          "注意：这份备份来自以前的版本，没有校验和，不能全面检查 note: a backup of an earlier release, without checksums,"
              + " it cannot be checked in full\n");
    }
    said.append("已恢复 restored: %s -> %s\n".formatted(backup, database));
    said.append(holds.said());
    if (!aside.equals(database)) {
      said.append("\n原来的数据在 what was there is in " + aside);
    }
    return said.toString();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
