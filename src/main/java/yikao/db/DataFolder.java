package yikao.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.OwnerOnly.Found;

/**
 * The folder of data, before a database in it is opened: that it can be used, that nothing that was
 * in it is missing, and that other users of the machine cannot read it.
 */
final class DataFolder {
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  /** Where a restored database is until it takes its place. */
  static final String RESTORED = "database.new";

  static final String DATABASE = "database";

  /** Locked by a restore, and by a start until it has opened the database. */
  static final String LOCK = "restore.lock";

  private final Path data;

  DataFolder(Path data) {
    this.data = data.toAbsolutePath().normalize();
  }

  /**
   * Keeps others away, until it is closed, that would restore here or start over what is here; the
   * folder is made where it is not there.
   *
   * @throws DatabaseRefusedException where another is at it, or the folder cannot be used
   */
  FileHold hold() {
    make(data);
    var lock = data.resolve(LOCK);
    try {
      OwnerOnly.createFileIfAbsent(lock);
      return FileHold.of(
          lock,
          "正在恢复备份，或服务正在启动，请稍后再试 a restore or a start is under way in %s, try again later"
              .formatted(data));
    } catch (IOException e) {
      throw unusable(lock, "不能锁定 it cannot be locked (%s)".formatted(e));
    }
  }

  /**
   * Makes the folders that a database in a file needs.
   *
   * @throws DatabaseRefusedException where they cannot be made or written, or a database is missing
   */
  void prepare(EmbeddedFile database) {
    var backups = Backups.folder(data);
    requireFolder(backups);
    if (Files.exists(backups)) {
      requireWritable(backups);
    }
    if (Files.exists(database.file())) {
      requireWritable(database.file());
    } else {
      requireNothingBefore(database);
    }
    make(Objects.requireNonNull(database.base().getParent()));
  }

  /** A database that is not there is made anew, which nobody wants where there was one. */
  private void requireNothingBefore(EmbeddedFile database) {
    var before = before();
    if (!before.isEmpty()) {
      throw new DatabaseRefusedException(
          """
          数据库文件不在了：%1$s，而这里还有以前的：%2$s。请恢复：bin/yikao restore 备份文件；要从头开始，先把以前的都移到别处。
          The database file %1$s is missing, and there is what was before: %2$s. Restore it: \
          bin/yikao restore FILE.zip; or, to begin anew, first move all that was before elsewhere.\
          """
              .formatted(
                  database.file(),
                  before.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
  }

  /** The newest backup, and the databases that restores have left. */
  private List<Path> before() {
    try {
      var before = new ArrayList<Path>();
      Backups.newestFirst(Backups.folder(data)).stream().findFirst().ifPresent(before::add);
      for (var path : Files.isDirectory(data) ? list(data) : List.<Path>of()) {
        if (path.getFileName().toString().startsWith(DATABASE + ".") && Files.isDirectory(path)) {
          before.add(path);
        }
      }
      return before;
    } catch (IOException _) {
      throw unusable(data, "不能读 it cannot be read");
    }
  }

  private static void make(Path folder) {
    requireFolder(folder);
    try {
      OwnerOnly.createFolders(folder);
    } catch (IOException _) {
      throw unusable(folder, "不能新建 it cannot be made");
    }
    requireWritable(folder);
  }

  private static void requireFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw unusable(folder, "不是文件夹 it is no folder");
    }
  }

  private static void requireWritable(Path path) {
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      throw unusable(path, "不能读写 it cannot be read and written");
    }
  }

  private static DatabaseRefusedException unusable(Path path, String why) {
    return new DatabaseRefusedException(
        """
        数据文件夹不能用 the folder of data cannot be used: %s: %s. 请让运行服务的用户 %s 能读写它，或改设置 yikao.data \
        Let the service's user read and write it, or change the setting yikao.data.\
        """
            .formatted(path, why, System.getProperty("user.name")));
  }

  /**
   * Takes databases and backups from other users, those of before too. The folder itself is closed
   * only when it is made: it may hold what is for others.
   */
  void close() {
    if (!Files.isDirectory(data)) {
      return;
    }
    try {
      if (OwnerOnly.isForAll(data)) {
        LOG.warn("everybody can write into {}: the data should have a folder of their own", data);
      }
      var mended = new ArrayList<Path>();
      for (var path : own()) {
        switch (OwnerOnly.mend(path)) {
          case MENDED -> mended.add(path);
          case OPEN -> LOG.warn("others can use {}, and its mode cannot be changed", path);
          case CLOSED -> {}
        }
      }
      if (!mended.isEmpty()) {
        LOG.warn("others could use {}; now its owner alone can", mended);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("not known whether others can read the folder of data: {}", e.toString());
    }
  }

  private List<Path> own() throws IOException {
    var own = new ArrayList<Path>();
    for (var folder : list(data)) {
      var name = folder.getFileName().toString();
      var isOwn =
          name.equals(DATABASE)
              || name.startsWith(DATABASE + ".")
              || folder.equals(Backups.folder(data));
      if (isOwn && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        own.add(folder);
        list(folder).stream()
            .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
            .forEach(own::add);
      }
    }
    return own;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Closes a file that the database has made, without a word. */
  static void closeQuietly(Path file) {
    try {
      if (Files.exists(file) && OwnerOnly.mend(file) == Found.OPEN) {
        LOG.debug("others can use {}", file);
      }
    } catch (IOException e) {
      LOG.warn("not known whether others can read {}: {}", file, e.toString());
    }
  }
}
