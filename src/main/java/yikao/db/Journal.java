package yikao.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What groups have written, one record each, in segments: a file of zeros made beforehand, so that
 * one flush of data makes an appended record certain. A record is its length, a CRC32C, the group's
 * number, and the bytes; it is read back only where all of it is right, and a segment ends where
 * one is not: a torn last record was never acknowledged.
 *
 * <p>One thread at a time appends; making the next segment and deleting may go on meanwhile.
 */
final class Journal implements AutoCloseable {
  private static final String PREFIX = "groups-";
  private static final String SPARE = "spare";
  private static final long MAGIC = 0x59494b414f4a3031L;
  private static final int HEADER = 64;
  private static final int RECORD = 4 + 4 + 8;

  private final Disk disk;
  private final Path folder;
  private final UUID id;
  private final int segmentSize;
  private final List<Segment> segments = new ArrayList<>();
  private boolean synchronise = true;
  private @Nullable FileChannel channel;
  private @Nullable FileChannel spare;
  private long position;
  private long end;
  private boolean fresh = true;
  private final AtomicLong appended = new AtomicLong();

  /**
   * What a group wrote.
   *
   * @param sequence the group's number, without gaps
   * @param bytes what it wrote
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(long sequence, byte[] bytes) {}

  private record Segment(Path file, long first) {}

  /** The records are those that follow, but some in between are missing or belong elsewhere. */
  static final class BrokenException extends IOException {
    BrokenException(String message) {
      super(message);
    }
  }

  /**
   * A journal in a folder, which is made where it is missing.
   *
   * @param id of the database that it belongs to
   * @param segmentSize in bytes; a larger record gets a larger segment
   */
  Journal(Disk disk, Path folder, UUID id, int segmentSize) throws IOException {
    this.disk = disk;
    this.folder = folder;
    this.id = id;
    this.segmentSize = segmentSize;
    disk.makeFolder(folder);
    for (var file : disk.list(folder)) {
      var name = file.getFileName().toString();
      if (name.startsWith(PREFIX)) {
        segments.add(new Segment(file, Long.parseLong(name.substring(PREFIX.length()))));
      }
    }
  }

  /** Whether a power cut is to be survived, not only the end of the process. */
  void synchronise(boolean wanted) {
    synchronise = wanted;
  }

  /** Takes records. */
  interface Reader {
    void read(Entry entry) throws IOException, SQLException;
  }

  /**
   * Reads the records after one, in order.
   *
   * @throws BrokenException where one is missing between it and later ones
   */
  void after(long sequence, Reader reader) throws IOException, SQLException {
    var next = sequence + 1;
    for (var segment : segments()) {
      if (segment.first > next && holdsAny(segment)) {
        throw new BrokenException(
            "the journal in %s goes on at %d, the database is at %d"
                .formatted(folder, segment.first, next - 1));
      }
      for (var entry : read(segment)) {
        if (entry.sequence == next) {
          reader.read(entry);
          next++;
        }
      }
    }
  }

  private synchronized List<Segment> segments() {
    return List.copyOf(segments);
  }

  private boolean holdsAny(Segment segment) throws IOException {
    return !read(segment).isEmpty();
  }

  private List<Entry> read(Segment segment) throws IOException {
    try (var file = disk.open(segment.file)) {
      var entries = new ArrayList<Entry>();
      var size = file.size();
      if (size < HEADER || !headerFits(file, segment)) {
        return entries;
      }
      long at = HEADER;
      for (var next = segment.first; ; next++) {
        var bytes = record(file, at, size, next);
        if (bytes == null) {
          return entries;
        }
        entries.add(new Entry(next, bytes));
        at += RECORD + bytes.length;
      }
    }
  }

  private boolean headerFits(FileChannel file, Segment segment) throws IOException {
    var header = ByteBuffer.allocate(HEADER);
    Channels.readFully(file, header, 0);
    var wanted = header(segment.first);
    if (header.flip().equals(wanted)) {
      return true;
    }
    if (header.getLong(0) == MAGIC && !header.slice(8, 16).equals(wanted.slice(8, 16))) {
      throw new BrokenException("%s belongs to another database".formatted(segment.file));
    }
    return false;
  }

  private ByteBuffer header(long first) {
    var header =
        ByteBuffer.allocate(HEADER)
            .putLong(MAGIC)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .putLong(first);
    var crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return header.putInt((int) crc.getValue()).clear();
  }

  private static byte @Nullable [] record(FileChannel file, long at, long size, long sequence)
      throws IOException {
    if (at + RECORD > size) {
      return null;
    }
    var head = ByteBuffer.allocate(RECORD);
    Channels.readFully(file, head, at);
    var length = head.getInt(0);
    if (length < 0 || at + RECORD + length > size || head.getLong(8) != sequence) {
      return null;
    }
    var bytes = new byte[length];
    Channels.readFully(file, ByteBuffer.wrap(bytes), at + RECORD);
    return head.getInt(4) == checksum(sequence, bytes) ? bytes : null;
  }

  private static int checksum(long sequence, byte[] bytes) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(12).putLong(sequence).putInt(bytes.length).flip());
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Appends a record and makes it certain. After a failure only {@link #startAfresh} helps. */
  void append(long sequence, byte[] bytes) throws IOException {
    var length = RECORD + bytes.length;
    if (fresh || position + length > end) {
      begin(sequence, length);
    }
    var record =
        ByteBuffer.allocate(length)
            .putInt(bytes.length)
            .putInt(checksum(sequence, bytes))
            .putLong(sequence)
            .put(bytes)
            .flip();
    var to = open();
    Channels.writeFully(to, record, position);
    if (synchronise) {
      to.force(false);
    }
    position += length;
    appended.addAndGet(length);
  }

  private FileChannel open() throws IOException {
    if (channel == null) {
      throw new IOException("the journal is closed");
    }
    return channel;
  }

  /** The next record begins a segment: what the last one ends with is not known. */
  void startAfresh() {
    fresh = true;
  }

  private synchronized void begin(long sequence, int length) throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
    var file = folder.resolve("%s%019d".formatted(PREFIX, sequence));
    channel = make(file, Math.max(segmentSize, HEADER + length));
    end = channel.size();
    Channels.writeFully(channel, header(sequence), 0);
    segments.removeIf(s -> s.first == sequence);
    segments.add(new Segment(file, sequence));
    position = HEADER;
    fresh = false;
  }

  /** A file of zeros, certain with its name and length. */
  private FileChannel make(Path file, int size) throws IOException {
    disk.delete(file);
    if (spare != null && size == segmentSize) {
      spare.close();
      spare = null;
      disk.move(folder.resolve(SPARE), file);
      syncFolder();
      return disk.open(file);
    }
    var made = disk.open(file);
    try {
      fill(made, size);
      syncFolder();
      return made;
    } catch (IOException e) {
      made.close();
      disk.delete(file);
      throw e;
    }
  }

  private void fill(FileChannel file, int size) throws IOException {
    var zeros = ByteBuffer.allocateDirect(1 << 16);
    for (var at = 0; at < size; at += zeros.capacity()) {
      zeros.clear().limit(Math.min(zeros.capacity(), size - at));
      Channels.writeFully(file, zeros, at);
    }
    if (synchronise) {
      file.force(true);
    }
  }

  private void syncFolder() throws IOException {
    if (synchronise) {
      disk.sync(folder);
    }
  }

  /** Makes the next segment beforehand, so that no group has to wait for it. */
  synchronized void prepare() throws IOException {
    if (spare == null) {
      var file = folder.resolve(SPARE);
      disk.delete(file);
      var made = disk.open(file);
      try {
        fill(made, segmentSize);
        spare = made;
      } catch (IOException e) {
        made.close();
        disk.delete(file);
        throw e;
      }
    }
  }

  /** Bytes appended so far, by this object. */
  long appended() {
    return appended.get();
  }

  /** Bytes that its files have. */
  synchronized long bytesOnDisk() {
    return (long) segments.size() * segmentSize + (spare == null ? 0 : segmentSize);
  }

  /** Deletes segments that hold nothing after a record. */
  synchronized void deleteThrough(long sequence) throws IOException {
    var deleted = false;
    while (segments.size() > 1 && segments.get(1).first <= sequence + 1) {
      disk.delete(segments.removeFirst().file);
      deleted = true;
    }
    if (deleted) {
      syncFolder();
    }
  }

  /** Deletes everything: the database holds it all. */
  synchronized void deleteAll() throws IOException {
    close();
    disk.delete(folder.resolve(SPARE));
    for (var segment : segments) {
      disk.delete(segment.file);
    }
    segments.clear();
    syncFolder();
  }

  @Override
  public synchronized void close() throws IOException {
    startAfresh();
    if (channel != null) {
      channel.close();
      channel = null;
    }
    if (spare != null) {
      spare.close();
      spare = null;
    }
  }
}
