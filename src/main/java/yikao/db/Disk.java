package yikao.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a power cut must not take back. */
public final class Disk {
  private Disk() {}

  /**
   * Waits until a file is on the disk, or which names a folder has. Windows syncs no folders.
   *
   * @throws IOException where it is not there, or the disk fails
   */
  public static void sync(Path path) throws IOException {
    var isFolder = Files.isDirectory(path);
    if (isFolder && !OwnerOnly.knowsOwners(path)) {
      return;
    }
    try (var channel =
        FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
