package yikao.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What was written to a database's file since one checkpoint, in a file of its own: the pages one
 * after the other as they first came and, once it is sealed, which page each is. Sealed and
 * synchronised it may be copied into the database's file, as often as it takes; unsealed it is as
 * if it had never been.
 */
final class Pages implements AutoCloseable {
  static final int SIZE = 4096;
  private static final long MAGIC = 0x59494b414f504731L;
  private static final int TRAILER = 8 + 8 + 4 + 4;
  private static final int COPIED_AT_ONCE = 256;

  private final Path file;
  private final FileChannel channel;

  /** By page of the database's file: 1 + where it is in this file; 0 where it is not. */
  private int[] slots = new int[1024];

  private int used;
  private boolean sealed;

  /** The length of the database's file that these pages make. */
  private long length;

  private Pages(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Begins an empty one; its file is made, or emptied. */
  static Pages begin(Disk disk, Path file) throws IOException {
    var channel = disk.openForReaders(file);
    channel.truncate(0);
    return new Pages(file, channel);
  }

  /** Opens a sealed one; empty where it was not sealed. */
  static Optional<Pages> open(Disk disk, Path file) throws IOException {
    var channel = disk.openForReaders(file);
    var pages = new Pages(file, channel);
    if (pages.readIndex()) {
      return Optional.of(pages);
    }
    channel.close();
    return Optional.empty();
  }

  Path file() {
    return file;
  }

  boolean isSealed() {
    return sealed;
  }

  long bytes() {
    return (long) used * SIZE;
  }

  /** Where a page is in this file, in pages; -1 where it is not. */
  int slot(long page) {
    return page < slots.length ? slots[(int) page] - 1 : -1;
  }

  /** Reads from a slot on. */
  int read(ByteBuffer to, int slot, int offset) throws IOException {
    return channel.read(to, (long) slot * SIZE + offset);
  }

  /** Writes a page that is here already over itself. */
  void overwrite(int slot, ByteBuffer page) throws IOException {
    Channels.writeFully(channel, page, (long) slot * SIZE);
  }

  /** Writes pages behind the last; they are found after {@link #publish}. */
  void append(ByteBuffer pages) throws IOException {
    Channels.writeFully(channel, pages, (long) used * SIZE);
  }

  /** Makes pages found that were appended. */
  void publish(long firstPage, int count) {
    var end = Math.toIntExact(firstPage + count);
    if (end > slots.length) {
      slots = Arrays.copyOf(slots, Math.max(end, slots.length * 2));
    }
    for (var page = (int) firstPage; page < end; page++) {
      slots[page] = ++used;
    }
  }

  /** Makes it whole: from here on it counts, whatever happens. */
  void seal(long length, boolean synchronise) throws IOException {
    this.length = length;
    var index = index();
    var crc = new CRC32C();
    crc.update(index.duplicate());
    var at = bytes();
    var size = index.remaining();
    Channels.writeFully(channel, index, at);
    force(synchronise);
    var trailer = ByteBuffer.allocate(TRAILER).putLong(MAGIC).putLong(length).putInt(used);
    crc.update(trailer.array(), 0, TRAILER - 4);
    trailer.putInt((int) crc.getValue()).flip();
    Channels.writeFully(channel, trailer, at + size);
    force(synchronise);
    sealed = true;
  }

  private void force(boolean synchronise) throws IOException {
    if (synchronise) {
      channel.force(false);
    }
  }

  private ByteBuffer index() {
    var bySlot = bySlot();
    var index = ByteBuffer.allocate(used * 4);
    for (var page : bySlot) {
      index.putInt(page);
    }
    return index.flip();
  }

  private int[] bySlot() {
    var bySlot = new int[used];
    for (var page = 0; page < slots.length; page++) {
      if (slots[page] > 0) {
        bySlot[slots[page] - 1] = page;
      }
    }
    return bySlot;
  }

  private boolean readIndex() throws IOException {
    var size = channel.size();
    if (size < TRAILER) {
      return false;
    }
    var trailer = ByteBuffer.allocate(TRAILER);
    Channels.readFully(channel, trailer, size - TRAILER);
    trailer.flip();
    var magic = trailer.getLong();
    var wanted = trailer.getLong();
    var count = trailer.getInt();
    if (magic != MAGIC || count < 0 || size != (long) count * (SIZE + 4) + TRAILER) {
      return false;
    }
    var index = ByteBuffer.allocate(count * 4);
    Channels.readFully(channel, index, (long) count * SIZE);
    var crc = new CRC32C();
    crc.update(index.flip().duplicate());
    crc.update(trailer.array(), 0, TRAILER - 4);
    if ((int) crc.getValue() != trailer.getInt()) {
      return false;
    }
    for (var i = 0; i < count; i++) {
      publish(index.getInt(), 1);
    }
    length = wanted;
    sealed = true;
    return true;
  }

  /** Copies every page to where it belongs, and gives the database's file its length. */
  void copyTo(FileChannel base, boolean synchronise) throws IOException {
    var buffer = ByteBuffer.allocateDirect(COPIED_AT_ONCE * SIZE);
    for (var page = 0; page < slots.length; ) {
      var run = run(page);
      if (run > 0) {
        buffer.clear().limit(run * SIZE);
        Channels.readFully(channel, buffer, (long) (slots[page] - 1) * SIZE);
        Channels.writeFully(base, buffer.flip(), (long) page * SIZE);
      }
      page += Math.max(1, run);
    }
    if (base.size() > length) {
      base.truncate(length);
    }
    if (synchronise) {
      base.force(true);
    }
  }

  /** How many pages from here on are one after the other in both files. */
  private int run(int page) {
    var run = 0;
    while (run < COPIED_AT_ONCE
        && page + run < slots.length
        && slots[page + run] > 0
        && slots[page + run] == slots[page] + run) {
      run++;
    }
    return run;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
