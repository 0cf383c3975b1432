package yikao.db;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is locked: one process has it at a time, until it lets go or ends. */
final class FileHold implements Closeable {
  private final FileChannel channel;

  private FileHold(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a file that is there, or does not wait for it.
   *
   * @param otherwise what the operator is told where it is locked
   * @throws DatabaseRefusedException where it is locked, here or by another process
   */
  static FileHold of(Path file, String otherwise) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.WRITE);
    if (isLocked(channel)) {
      return new FileHold(channel);
    }
    channel.close();
    throw new DatabaseRefusedException(otherwise);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // this process has it
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // it is let go at the latest when the process ends
    }
  }
}
