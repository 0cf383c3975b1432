package yikao.db;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads and writes the whole of a buffer. */
final class Channels {
  private Channels() {}

  static void readFully(FileChannel channel, ByteBuffer to, long position) throws IOException {
    var at = position;
    while (to.hasRemaining()) {
      var read = channel.read(to, at);
      if (read < 0) {
        throw new EOFException("the file ends before " + (at + to.remaining()));
      }
      at += read;
    }
  }

  static void writeFully(FileChannel channel, ByteBuffer from, long position) throws IOException {
    var at = position;
    while (from.hasRemaining()) {
      at += channel.write(from, at);
    }
  }
}
