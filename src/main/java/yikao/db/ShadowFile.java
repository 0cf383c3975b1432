package yikao.db;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * The file of an embedded H2, which is on the disk always as it was at one moment: at a checkpoint.
 * What H2 writes meanwhile goes to {@link Layers} beside it. At a checkpoint those are cut off
 * ({@link #cut}), sealed ({@link #seal}) and copied into the file ({@link #settle}) while H2 goes
 * on to write to the next. Whatever happens, a kill or a power cut at any moment, the next start
 * finds the last checkpoint, whole; H2's own recovery, which can lose commits and does not notice
 * torn pages, is never asked.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // has locks of its own
final class ShadowFile extends FileBaseDefault {
  private static final ConcurrentMap<Path, ShadowFile> OPEN = new ConcurrentHashMap<>();

  private final Path file;
  private final Disk disk;
  private final FileChannel base;
  private final Layers layers;
  private final Object writing = new Object();

  private @Nullable ChunkHeader lastChunk;
  private boolean clean;
  private volatile boolean finished;

  ShadowFile(Path file, Disk disk) throws IOException {
    this.file = file;
    this.disk = disk;
    this.base = disk.openForReaders(file);
    this.layers = new Layers(base, disk, folder(file));
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
    layers.synchronise(wanted);
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
      layers.open();
      // what holds the file and its folder: without them in it a power cut could take both away
      disk.sync(file.resolveSibling(""));
      return lock;
    } catch (IOException | RuntimeException e) {
      OPEN.remove(file, this);
      throw e;
    }
  }

  @Override
  public long size() throws IOException {
    return layers.size();
  }

  /** How many bytes all files together have. */
  long bytesOnDisk() throws IOException {
    return layers.bytesOnDisk();
  }

  @Override
  public int read(ByteBuffer to, long position) throws IOException {
    return layers.read(to, position);
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
      layers.write(from.duplicate(), position);
      from.position(from.limit());
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

  @Override
  protected void implTruncate(long length) throws IOException {
    synchronized (writing) {
      clean = false;
      layers.truncate(length);
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
      if (lastChunk != null && !clean && !layers.isUnwritten()) {
        var header = ByteBuffer.allocate(2 * Pages.SIZE);
        Channels.readFully(this, header, 0);
        layers.write(lastChunk.asLastIn(header.flip()), 0);
      }
      layers.freeze();
    }
  }

  /** Makes what was cut off so far certain; from here on it is what a start finds. */
  void seal() throws IOException {
    layers.seal();
  }

  /** Copies what was sealed into the file. */
  void settle() throws IOException {
    layers.settle();
  }

  /** Copies the file, as it is with all that was sealed before the call. */
  void copy(OutputStream to) throws IOException {
    layers.copy(to);
  }

  /**
   * Where H2 has closed its file in good order, that is the last checkpoint; where it broke off,
   * what was written since the last is forgotten.
   */
  @Override
  protected void implCloseChannel() throws IOException {
    try {
      synchronized (writing) {
        layers.close(clean);
        finished = clean;
      }
    } finally {
      OPEN.remove(file, this);
    }
  }

  /** Whether it was closed in good order, and holds everything. */
  boolean isFinished() {
    return finished;
  }
}
