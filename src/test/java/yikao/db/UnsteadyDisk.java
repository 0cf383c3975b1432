package yikao.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.h2.store.fs.FileBaseDefault;

/**
 * A disk that remembers what of its files is certain and what a power cut may take: of the blocks
 * written since a file was last synchronised any may be lost, of a block a half; of the files made,
 * renamed or deleted since their folder was synchronised likewise, the latest first. It can also be
 * full.
 */
final class UnsteadyDisk {
  private static final int BLOCK = 4096;
  private final Map<Path, Written> files = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  volatile boolean full;
  volatile boolean recording = true;

  /** Whether a power cut may leave a half of a block. */
  volatile boolean tearing = true;

  /** A disk under the files of H2 in a folder; what is there already is certain. */
  static UnsteadyDisk mount(Path folder) throws IOException {
    var disk = new UnsteadyDisk();
    disk.load(folder);
    UnsteadyPath.mount(folder, disk);
    return disk;
  }

  /** A file since it was last synchronised: its content then, and what was done to it. */
  private static final class Written {
    byte[] synced = new byte[0];
    int size;
    final List<Write> writes = new ArrayList<>();

    void set(byte[] bytes) {
      synced = bytes;
      size = bytes.length;
    }

    void resize(int wanted) {
      if (wanted > synced.length) {
        synced = Arrays.copyOf(synced, Math.max(wanted, 2 * synced.length));
      } else if (wanted < size) {
        Arrays.fill(synced, wanted, size, (byte) 0);
      }
      size = wanted;
    }
  }

  private record Write(long position, byte[] bytes) {}

  /** A name that came, went or both; certain when the folder is synchronised. */
  private record Change(Path deleted, Path made, Written file) {}

  private synchronized Written file(Path path) {
    return files.computeIfAbsent(
        path,
        p -> {
          var made = new Written();
          changes.add(new Change(null, p, made));
          return made;
        });
  }

  /** Everything that is there is certain. */
  synchronized void load(Path folder) throws IOException {
    for (var path : allFiles(folder)) {
      file(path).set(Files.readAllBytes(path));
    }
    changes.clear();
  }

  private static List<Path> allFiles(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  FileChannel open(Path path) throws IOException {
    var channel =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    return new Channel(channel, file(path));
  }

  /** Which files there are is certain. */
  synchronized void syncFolder() {
    changes.clear();
  }

  synchronized void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var gone = files.remove(path);
    if (gone != null) {
      changes.add(new Change(path, null, gone));
    }
  }

  synchronized void move(Path path, Path to) {
    try {
      Files.move(path, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var moved = files.remove(path);
    files.put(to, moved);
    changes.add(new Change(path, to, moved));
  }

  /** Writes to a folder what a power cut now might leave. */
  synchronized void cutPower(Path from, Path to, Random random) throws IOException {
    var names = new TreeMap<>(files);
    var kept = random.nextInt(changes.size() + 1);
    for (var i = changes.size() - 1; i >= kept; i--) {
      var change = changes.get(i);
      if (change.made != null) {
        names.remove(change.made);
      }
      if (change.deleted != null) {
        names.put(change.deleted, change.file);
      }
    }
    for (var name : names.entrySet()) {
      var path = to.resolve(from.relativize(name.getKey()));
      Files.createDirectories(path.getParent());
      Files.write(path, leftOf(name.getValue(), random));
    }
  }

  private byte[] leftOf(Written file, Random random) {
    var bytes = Arrays.copyOf(file.synced, file.size);
    var rate = random.nextInt(3) * 0.5;
    for (var write : file.writes) {
      if (write.bytes == null) {
        if (random.nextDouble() < rate && write.position < bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) write.position);
        }
        continue;
      }
      for (var at = 0; at < write.bytes.length; ) {
        var position = write.position + at;
        var length = (int) Math.min(BLOCK - position % BLOCK, write.bytes.length - at);
        if (random.nextDouble() < rate) {
          var torn = tearing && random.nextInt(10) == 0 ? length / 2 : length;
          var end = (int) position + torn;
          if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, end);
          }
          System.arraycopy(write.bytes, at, bytes, (int) position, torn);
        }
        at += length;
      }
    }
    return bytes;
  }

  private final class Channel extends FileBaseDefault {
    private final FileChannel channel;
    private final Written file;

    Channel(FileChannel channel, Written file) {
      this.channel = channel;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      return channel.read(to, position);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      var bytes = new byte[from.remaining()];
      from.get(from.position(), bytes);
      synchronized (UnsteadyDisk.this) {
        if (recording) {
          file.writes.add(new Write(position, bytes));
        }
        return channel.write(from, position);
      }
    }

    @Override
    protected void implTruncate(long length) throws IOException {
      synchronized (UnsteadyDisk.this) {
        if (recording) {
          file.writes.add(new Write(length, null));
        }
        channel.truncate(length);
      }
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      synchronized (UnsteadyDisk.this) {
        if (recording) {
          apply();
        }
      }
    }

    private void apply() {
      for (var write : file.writes) {
        if (write.bytes == null) {
          file.resize((int) Math.min(file.size, write.position));
        } else {
          var end = (int) write.position + write.bytes.length;
          file.resize(Math.max(file.size, end));
          System.arraycopy(write.bytes, 0, file.synced, (int) write.position, write.bytes.length);
        }
      }
      file.writes.clear();
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }
  }
}
