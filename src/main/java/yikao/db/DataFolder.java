package yikao.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.OwnerOnly.Found;

/**
 * The folder of data, before a database in it is opened: that it can be used, that nothing was left
 * half done in it, and that other users of the machine cannot read it.
 */
final class DataFolder {
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  /** Where a restored database is until it takes its place. */
  static final String RESTORED = "database.new";

  static final String DATABASE = "database";

  private final Path data;

  DataFolder(Path data) {
    this.data = data.toAbsolutePath().normalize();
  }

  /**
   * Makes the folders that a database in a file needs.
   *
   * @throws DatabaseRefusedException where they cannot be made or written, or a restore was
   *     interrupted
   */
  void prepare(EmbeddedFile database) {
    requireNoHalfRestore();
    make(data);
    make(database.base().getParent());
    requireFolder(Backups.folder(data));
    if (Files.exists(database.file())) {
      requireWritable(database.file());
    }
  }

  /** A database that is not there is made anew, which is not what somebody who restores wants. */
  private void requireNoHalfRestore() {
    if (Files.exists(data.resolve(RESTORED)) && !Files.exists(data.resolve(DATABASE))) {
      throw new DatabaseRefusedException(
          """
          恢复备份时中断了，%1$s 不在原处。请再执行一次恢复：bin/yikao restore 备份文件。
          A restore was interrupted, %1$s is not in its place. Restore once more: bin/yikao restore \
          FILE.zip.\
          """
              .formatted(data.resolve(DATABASE)));
    }
  }

  private static void make(Path folder) {
    requireFolder(folder);
    try {
      OwnerOnly.createFolders(folder);
    } catch (IOException e) {
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

  /** Takes the folder, its databases and its backups from other users, those of before too. */
  void close() {
    if (!Files.isDirectory(data)) {
      return;
    }
    try {
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
    if (OwnerOnly.isForAll(data)) {
      LOG.warn("everybody can write into {}: the data should have a folder of their own", data);
    } else {
      own.add(data);
    }
    for (var folder : list(data)) {
      var name = folder.getFileName().toString();
      if ((name.startsWith(DATABASE) || folder.equals(Backups.folder(data)))
          && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
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
      return files.toList();
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
