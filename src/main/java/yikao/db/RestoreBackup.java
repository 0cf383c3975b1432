package yikao.db;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

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
  private final Sync sync;

  /** How files and folders come onto the disk. */
  interface Sync {
    void of(Path path) throws IOException;
  }

  RestoreBackup(Path data, Sync sync) {
    this.data = data.toAbsolutePath().normalize();
    this.database = this.data.resolve(DataFolder.DATABASE);
    this.fresh = this.data.resolve(DataFolder.RESTORED);
    this.sync = sync;
  }

  /** Argument: the backup. Where to, and who opens it, are settings, as of the service. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: yikao restore BACKUP.zip");
      System.exit(2);
    }
    var restore = new RestoreBackup(Path.of(setting("yikao.data", ".yikao")), Disk::sync);
    var login =
        new Login(setting("yikao.database.user", "sa"), setting("yikao.database.password", ""));
    try {
      restore.requireInUse(setting("yikao.database.url", ""));
      System.out.println(restore.restore(Path.of(arguments[0]), login, Instant.now()));
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
   * Lets an address pass of the database that is restored here; none is that one, too.
   *
   * @throws DatabaseRefusedException where the service uses another database
   */
  void requireInUse(String url) {
    var file = database.resolve(FILE);
    if (!url.isBlank() && EmbeddedFile.of(url).filter(f -> f.file().equals(file)).isEmpty()) {
      throw new DatabaseRefusedException(
          """
          设置 yikao.database.url=%1$s 不是 %2$s，恢复到那里服务也不会用；PostgreSQL 请用 pg_restore。
          The setting yikao.database.url=%1$s is not %2$s, where the service would not look for \
          what is restored; for PostgreSQL use pg_restore.\
          """
              .formatted(url.replaceFirst("[?;].*", ""), file)); // what follows may be a password
    }
  }

  /**
   * Restores.
   *
   * @param at when, as it is in the name of what is moved aside
   * @return what was done, in lines for the operator
   * @throws DatabaseRefusedException where the service runs, or the backup is none, or damaged;
   *     nothing is changed, or it says what
   * @throws IOException where files cannot be read or written; nothing is changed
   */
  String restore(Path backup, Login login, Instant at) throws IOException {
    try (var _ = new DataFolder(data).hold();
        var _ = requireStopped()) {
      giveToOwnerOfData(data.resolve(DataFolder.LOCK));
      delete(fresh);
      try {
        OwnerOnly.createFolders(fresh);
        var file = fresh.resolve(FILE);
        OwnerOnly.createFile(file);
        var isSealed = new BackupArchive(backup).unpack(FILE, file);
        var holds = BackupContents.of(EmbeddedFile.at(file), login);
        giveToOwnerOfData(fresh);
        giveToOwnerOfData(file);
        sync.of(file);
        sync.of(fresh);
        var aside = swap(at);
        return said(backup, isSealed, holds, aside, unsynced());
      } finally {
        delete(fresh);
      }
    }
  }

  /** H2 locks its file while it is open; so nobody opens it before it has been moved aside. */
  private Closeable requireStopped() throws IOException {
    var file = database.resolve(FILE);
    return Files.exists(file)
        ? FileHold.of(file, "服务正在运行，请先停止 the service runs over %s; stop it first".formatted(file))
        : () -> {};
  }

  /** Who restores is often root, who would leave files that the service cannot open. */
  private void giveToOwnerOfData(Path path) throws IOException {
    var owner = Files.getOwner(data);
    if (!Files.getOwner(path).equals(owner)) {
      give(path, owner);
    }
  }

  private static void give(Path path, UserPrincipal owner) throws IOException {
    try {
      Files.setOwner(path, owner);
    } catch (FileSystemException _) {
      throw new DatabaseRefusedException(
          "请用 %1$s 或 root 执行恢复 restore as the user %1$s, or as root".formatted(owner.getName()));
    }
  }

  /** Returns where what was there is now. */
  private Optional<Path> swap(Instant at) throws IOException {
    if (!Files.exists(database)) {
      Files.move(fresh, database);
      return Optional.empty();
    }
    var aside = aside(at);
    Files.move(database, aside);
    try {
      Files.move(fresh, database);
    } catch (IOException e) {
      putBack(aside, e);
      throw e;
    }
    return Optional.of(aside);
  }

  private void putBack(Path aside, IOException why) {
    try {
      Files.move(aside, database);
    } catch (IOException _) {
      throw new DatabaseRefusedException(
          """
          恢复不了（%1$s），原来的数据在 %2$s，请改名为 %3$s。
          Not restored (%1$s); the data before are in %2$s, rename that to %3$s.\
          """
              .formatted(why, aside, database));
    }
  }

  private Path aside(Instant at) {
    var name = DataFolder.DATABASE + ".before-" + Backups.STAMP.format(at);
    var aside = data.resolve(name);
    for (var n = 2; Files.exists(aside); n++) {
      aside = data.resolve(name + "-" + n);
    }
    return aside;
  }

  /** It is restored, but a power cut could undo that: why. */
  private Optional<IOException> unsynced() {
    try {
      sync.of(data);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private String said(
      Path backup,
      boolean isSealed,
      BackupContents holds,
      Optional<Path> aside,
      Optional<IOException> unsynced) {
    var said = new StringBuilder();
    if (!isSealed) {
      said.append(
          "注意：这份备份来自以前的版本，没有校验和，不能全面检查 note: a backup of an earlier release, without a checksum,"
              + " it cannot be checked in full\n");
    }
    said.append("已恢复 restored: %s -> %s\n".formatted(backup, database));
    said.append(holds.said());
    aside.ifPresent(path -> said.append("\n原来的数据在 what was there is in " + path));
    unsynced.ifPresent(e ->
        said.append(
            "\n注意：断电可能使恢复失效，请检查磁盘 note: a power cut may undo this, look after the disk: " + e));
    return said.toString();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
