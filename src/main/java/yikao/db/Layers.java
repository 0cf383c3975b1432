package yikao.db;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A file and, over it, {@link Pages} that are not yet in it: what is being written, and beneath it
 * what was {@linkplain #freeze frozen} before. A page is read from the uppermost that has it. The
 * frozen are {@linkplain #seal sealed} and then {@linkplain #settle copied} into the file.
 *
 * <p>Anybody may read, seal and settle; those who write, truncate, freeze and close do so one at a
 * time. Lock order: settling, sealing, lock.
 */
final class Layers {
  private static final String PREFIX = "pages-";

  /** In bytes. */
  private static final int COPIED_AT_ONCE = 1 << 20;

  private final FileChannel base;
  private final Disk disk;
  private final Path folder;

  private final ReentrantLock settling = new ReentrantLock();
  private final ReentrantLock sealing = new ReentrantLock();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** The oldest first. */
  private final List<Frozen> frozen = new ArrayList<>();

  private @Nullable Pages current;
  private boolean closed;
  private long number;
  private volatile long size;
  private volatile boolean synchronise = true;

  /** Pages that were cut off, and the length of the file at that moment. */
  private record Frozen(Pages pages, long size) {}

  /**
   * @param base the file
   * @param folder where pages are kept
   */
  Layers(FileChannel base, Disk disk, Path folder) {
    this.base = base;
    this.disk = disk;
    this.folder = folder;
  }

  /** Whether a power cut is to be survived, not only the end of the process. */
  void synchronise(boolean wanted) {
    synchronise = wanted;
  }

  /**
   * Copies what was sealed, forgets what was not and what came after that, and begins. Before it
   * the file alone is read.
   */
  void open() throws IOException {
    disk.makeFolder(folder);
    var whole = true;
    for (var name : disk.list(folder)) {
      if (name.getFileName().toString().startsWith(PREFIX)) {
        whole = whole && restore(name);
        disk.delete(name);
        disk.sync(folder);
      }
    }
    size = base.size();
    current = next();
  }

  private boolean restore(Path name) throws IOException {
    var pages = Pages.open(disk, name);
    if (pages.isPresent()) {
      try (var found = pages.get()) {
        found.copyTo(base, true);
      }
    }
    return pages.isPresent();
  }

  private Pages next() throws IOException {
    return Pages.begin(disk, folder.resolve("%s%012d".formatted(PREFIX, ++number)));
  }

  private Pages current() throws ClosedChannelException {
    if (current == null) {
      throw new ClosedChannelException();
    }
    return current;
  }

  /** The file beneath, once closed, would open again for whoever asks. */
  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  /** The length of the file, in bytes. */
  long size() throws IOException {
    lock.readLock().lock();
    try {
      checkOpen();
      return current == null ? base.size() : size;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** How many bytes all files together have. */
  long bytesOnDisk() throws IOException {
    lock.readLock().lock();
    try {
      checkOpen();
      var bytes = base.size() + (current == null ? 0 : current.bytes());
      for (var layer : frozen) {
        bytes += layer.pages.bytes();
      }
      return bytes;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** As a file channel reads. */
  int read(ByteBuffer to, long position) throws IOException {
    lock.readLock().lock();
    try {
      checkOpen();
      if (current == null) {
        return base.read(to, position);
      }
      var available = (int) Math.min(to.remaining(), size - position);
      if (available <= 0) {
        return to.hasRemaining() ? -1 : 0;
      }
      var limit = to.limit();
      to.limit(to.position() + available);
      for (var at = position; to.hasRemaining(); ) {
        at += readRun(to, at);
      }
      to.limit(limit);
      return available;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Reads pages that are one after the other in the same file. */
  private int readRun(ByteBuffer to, long position) throws IOException {
    var page = position / Pages.SIZE;
    var offset = (int) (position % Pages.SIZE);
    var layer = layer(page);
    var length = Pages.SIZE - offset;
    var next = page + 1;
    while (length < to.remaining() && follows(layer, page, next)) {
      length += Pages.SIZE;
      next++;
    }
    var limit = to.limit();
    var begin = to.position();
    to.limit(Math.min(limit, begin + length));
    var read = layer == null ? base.read(to, position) : layer.read(to, layer.slot(page), offset);
    if (read <= 0) {
      to.put((byte) 0); // a hole that nobody has written: zeros, as in any file
    }
    to.limit(limit);
    return to.position() - begin;
  }

  private boolean follows(@Nullable Pages layer, long page, long next) {
    var found = layer(next);
    return found == layer
        && (layer == null || layer.slot(next) == layer.slot(page) + (next - page));
  }

  /** Where a page was last written; null where that is the file itself. */
  private @Nullable Pages layer(long page) {
    if (current != null && current.slot(page) >= 0) {
      return current;
    }
    for (var i = frozen.size() - 1; i >= 0; i--) {
      if (frozen.get(i).pages.slot(page) >= 0) {
        return frozen.get(i).pages;
      }
    }
    return null;
  }

  /** Writes whole pages; moves the buffer's position and limit. */
  void write(ByteBuffer from, long position) throws IOException {
    var end = position + from.remaining();
    var pages = current();
    var limit = from.limit();
    for (var page = position / Pages.SIZE; from.position() < limit; ) {
      var slot = pages.slot(page);
      var count = 1;
      if (slot >= 0) {
        pages.overwrite(slot, from.limit(from.position() + Pages.SIZE));
      } else {
        while (from.position() + count * Pages.SIZE < limit && pages.slot(page + count) < 0) {
          count++;
        }
        pages.append(from.limit(from.position() + count * Pages.SIZE));
        publish(pages, page, count);
      }
      from.limit(limit);
      page += count;
    }
    size = Math.max(size, end);
  }

  private void publish(Pages pages, long page, int count) {
    lock.writeLock().lock();
    try {
      pages.publish(page, count);
    } finally {
      lock.writeLock().unlock();
    }
  }

  void truncate(long length) throws IOException {
    current();
    size = Math.min(size, length);
  }

  /** Whether nothing was written since the last time that it was frozen. */
  boolean isUnwritten() throws IOException {
    return current().bytes() == 0;
  }

  /** Begins a new layer over what was written so far. */
  void freeze() throws IOException {
    if (isUnwritten()) {
      return;
    }
    var pages = current();
    var next = next();
    lock.writeLock().lock();
    try {
      frozen.add(new Frozen(pages, size));
      current = next;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Makes what was frozen so far certain; from here on it is what {@link #open} finds. */
  void seal() throws IOException {
    sealing.lock();
    try {
      for (var layer : frozen()) {
        if (!layer.pages.isSealed()) {
          layer.pages.seal(layer.size, synchronise);
          syncFolder();
        }
      }
    } finally {
      sealing.unlock();
    }
  }

  private List<Frozen> frozen() {
    lock.readLock().lock();
    try {
      return List.copyOf(frozen);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void syncFolder() throws IOException {
    if (synchronise) {
      disk.sync(folder);
    }
  }

  /** Copies what was sealed into the file. */
  void settle() throws IOException {
    settling.lock();
    try {
      for (var layer : frozen()) {
        if (!layer.pages.isSealed() || !base.isOpen()) {
          return;
        }
        layer.pages.copyTo(base, synchronise);
        lock.writeLock().lock();
        try {
          frozen.remove(layer);
          layer.pages.close();
        } finally {
          lock.writeLock().unlock();
        }
        disk.delete(layer.pages.file());
        syncFolder();
      }
    } finally {
      settling.unlock();
    }
  }

  /** Copies the file, as it is with all that was sealed before the call. */
  void copy(OutputStream to) throws IOException {
    settling.lock();
    try {
      settle();
      var buffer = ByteBuffer.allocate(COPIED_AT_ONCE);
      for (var at = 0L; base.read(buffer, at) > 0; at += buffer.position(), buffer.clear()) {
        to.write(buffer.array(), 0, buffer.position());
      }
    } finally {
      settling.unlock();
    }
  }

  /**
   * Closes the file, which no call opens again.
   *
   * @param whole whether what was written last belongs to it; otherwise that is forgotten
   */
  void close(boolean whole) throws IOException {
    settling.lock();
    sealing.lock();
    try {
      if (current != null) {
        if (whole) {
          freeze();
          seal();
          settle();
        }
        forget();
      }
    } finally {
      try {
        closeBase();
      } finally {
        sealing.unlock();
        settling.unlock();
      }
    }
  }

  private void forget() throws IOException {
    lock.writeLock().lock();
    try {
      var last = current();
      current = null;
      closed = true;
      last.close();
      disk.delete(last.file());
      for (var layer : frozen) {
        layer.pages.close();
        if (!layer.pages.isSealed()) {
          disk.delete(layer.pages.file());
        }
      }
      frozen.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void closeBase() throws IOException {
    lock.writeLock().lock();
    try (base) {
      current = null;
      closed = true;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
