package yikao.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * The file of an embedded H2, which is on the disk always as it was at one moment: at a checkpoint.
 * What H2 writes meanwhile goes to {@link Pages} beside it. At a checkpoint those are cut off
 * ({@link #cut}), sealed ({@link #seal}) and copied into the file ({@link #settle}) while H2 goes
 * on to write to the next. Whatever happens, a kill or a power cut at any moment, the next start
 * finds the last checkpoint, whole; H2's own recovery, which can lose commits and does not notice
 * torn pages, is never asked.
 *
 * <p>Lock order: settling, sealing, writing, layers.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // has locks of its own
final class ShadowFile extends FileBaseDefault {
  private static final ConcurrentMap<Path, ShadowFile> OPEN = new ConcurrentHashMap<>();
  private static final String PREFIX = "pages-";

  private final Path file;
  private final Disk disk;
  private final FileChannel base;
  private final Path folder;

  private final ReentrantLock settling = new ReentrantLock();
  private final ReentrantLock sealing = new ReentrantLock();
  private final Object writing = new Object();
  private final ReentrantReadWriteLock layers = new ReentrantReadWriteLock();

  /** Cut off, and not yet all in the file; the oldest first. */
  private final List<Frozen> frozen = new ArrayList<>();

  private @Nullable Pages current;
  private long number;
  private volatile long size;
  private @Nullable ChunkHeader lastChunk;
  private boolean clean;
  private volatile boolean finished;
  private volatile boolean synchronise = true;

  /** Pages that were cut off, and the length of the file at that moment. */
  private record Frozen(Pages pages, long size) {}

  ShadowFile(Path file, Disk disk) throws IOException {
    this.file = file;
    this.disk = disk;
    this.folder = folder(file);
    this.base = disk.openForReaders(file);
  }

  /** Where what belongs to a database's file is kept beside it. */
  static Path folder(Path file) {
    var name = file.getFileName().toString().replace(".mv.db", "");
    return file.resolveSibling(name + ".journal");
  }

  /** The open one of a database's file. */
  static Optional<ShadowFile> of(Path file) {
    return Optional.ofNullable(OPEN.get(file));
  }

  Path file() {
    return file;
  }

  Disk disk() {
    return disk;
  }

  /** Whether a power cut is to be survived, not only the end of the process. */
  void synchronise(boolean wanted) {
    synchronise = wanted;
  }

  @Override
  public @Nullable FileLock tryLock(long position, long length, boolean shared) throws IOException {
    if (OPEN.putIfAbsent(file, this) != null) {
      throw new OverlappingFileLockException();
    }
    try {
      var lock = base.tryLock(position, length, shared);
      if (lock == null) {
        OPEN.remove(file, this);
        return null;
      }
      restoreAll();
      return lock;
    } catch (IOException | RuntimeException e) {
      OPEN.remove(file, this);
      throw e;
    }
  }

  /** Copies what was sealed and forgets what was not. */
  private void restoreAll() throws IOException {
    disk.makeFolder(folder);
    var whole = true;
    for (var name : disk.list(folder)) {
      if (name.getFileName().toString().startsWith(PREFIX)) {
        whole = whole && restore(name);
        disk.delete(name);
        disk.sync(folder);
      }
    }
    // what holds the file and its folder: without them in it a power cut could take both away
    disk.sync(file.resolveSibling(""));
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

  @Override
  public long size() throws IOException {
    layers.readLock().lock();
    try {
      checkOpen();
      return current == null ? base.size() : size;
    } finally {
      layers.readLock().unlock();
    }
  }

  /** The file beneath, once closed, would open again for whoever asks. */
  private void checkOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  /** How many bytes all files together have. */
  long bytesOnDisk() throws IOException {
    layers.readLock().lock();
    try {
      checkOpen();
      var bytes = base.size() + (current == null ? 0 : current.bytes());
      for (var layer : frozen) {
        bytes += layer.pages.bytes();
      }
      return bytes;
    } finally {
      layers.readLock().unlock();
    }
  }

  @Override
  public int read(ByteBuffer to, long position) throws IOException {
    layers.readLock().lock();
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
      layers.readLock().unlock();
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

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    synchronized (writing) {
      var length = from.remaining();
      if (position % Pages.SIZE != 0 || length % Pages.SIZE != 0) {
        throw new IOException("not whole pages: %d at %d".formatted(length, position));
      }
      observe(from, position);
      // H2 reads from this buffer while it is written: its limit must not move, not for a moment
      writePages(current(), from.duplicate(), position / Pages.SIZE);
      from.position(from.limit());
      size = Math.max(size, position + length);
      return length;
    }
  }

  private void observe(ByteBuffer from, long position) {
    clean = position == 0 && ChunkHeader.isClean(from);
    if (position > 0) {
      ChunkHeader.of(from, position / Pages.SIZE)
          .filter(chunk -> lastChunk == null || chunk.version() >= lastChunk.version())
          .ifPresent(chunk -> lastChunk = chunk);
    }
  }

  private void writePages(Pages pages, ByteBuffer from, long firstPage) throws IOException {
    var limit = from.limit();
    for (var page = firstPage; from.position() < limit; ) {
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
  }

  private void publish(Pages pages, long page, int count) {
    layers.writeLock().lock();
    try {
      pages.publish(page, count);
    } finally {
      layers.writeLock().unlock();
    }
  }

  @Override
  protected void implTruncate(long length) throws IOException {
    synchronized (writing) {
      current();
      clean = false;
      size = Math.min(size, length);
    }
  }

  /** H2's own synchronising matters to nobody: only a checkpoint counts. */
  @Override
  public void force(boolean metaData) {}

  /**
   * Cuts off what was written so far: the state of the next checkpoint. To be called while H2
   * writes nothing.
   */
  void cut() throws IOException {
    synchronized (writing) {
      var pages = current();
      if (pages.bytes() == 0) {
        return;
      }
      if (lastChunk != null && !clean) {
        var header = ByteBuffer.allocate(2 * Pages.SIZE);
        Channels.readFully(this, header, 0);
        writePages(pages, lastChunk.asLastIn(header.flip()), 0);
      }
      var next = next();
      layers.writeLock().lock();
      try {
        frozen.add(new Frozen(pages, size));
        current = next;
      } finally {
        layers.writeLock().unlock();
      }
    }
  }

  /** Makes what was cut off so far certain; from here on it is what a start finds. */
  void seal() throws IOException {
    sealing.lock();
    try {
      for (var layer : layers()) {
        if (!layer.pages.isSealed()) {
          layer.pages.seal(layer.size, synchronise);
          if (synchronise) {
            disk.sync(folder);
          }
        }
      }
    } finally {
      sealing.unlock();
    }
  }

  private List<Frozen> layers() {
    layers.readLock().lock();
    try {
      return List.copyOf(frozen);
    } finally {
      layers.readLock().unlock();
    }
  }

  /** Copies what was sealed into the file. */
  void settle() throws IOException {
    settling.lock();
    try {
      for (var layer : layers()) {
        if (!layer.pages.isSealed() || !base.isOpen()) {
          return;
        }
        layer.pages.copyTo(base, synchronise);
        layers.writeLock().lock();
        try {
          frozen.remove(layer);
          layer.pages.close();
        } finally {
          layers.writeLock().unlock();
        }
        disk.delete(layer.pages.file());
        if (synchronise) {
          disk.sync(folder);
        }
      }
    } finally {
      settling.unlock();
    }
  }

  /**
   * Where H2 has closed its file in good order, that is the last checkpoint; where it broke off,
   * what was written since the last is forgotten.
   */
  @Override
  protected void implCloseChannel() throws IOException {
    settling.lock();
    sealing.lock();
    try {
      if (current != null) {
        if (clean) {
          finish();
        } else {
          forget();
        }
      }
    } finally {
      try {
        closeBase();
      } finally {
        sealing.unlock();
        settling.unlock();
        OPEN.remove(file, this);
      }
    }
  }

  private void closeBase() throws IOException {
    layers.writeLock().lock();
    try (base) {
      current = null;
    } finally {
      layers.writeLock().unlock();
    }
  }

  private void finish() throws IOException {
    cut();
    seal();
    settle();
    forget();
    finished = true;
  }

  /** Whether it was closed in good order, and holds everything. */
  boolean isFinished() {
    return finished;
  }

  private void forget() throws IOException {
    synchronized (writing) {
      layers.writeLock().lock();
      try {
        var last = current();
        current = null;
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
        layers.writeLock().unlock();
      }
    }
  }
}
