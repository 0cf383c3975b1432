package yikao.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * H2's way to its file, which makes one of these by its name: {@code jdbc:h2:shadow:/folder/name}.
 */
public final class ShadowPath extends FilePathWrapper {
  static final String SCHEME = "shadow";
  private static final String DATABASE = ".mv.db";
  private static final ConcurrentMap<Path, Disk> MOUNTED = new ConcurrentHashMap<>();

  /** For H2. */
  public ShadowPath() {}

  /** Makes the scheme known to H2. */
  static void register() {
    FilePath.register(new ShadowPath());
  }

  /** Puts a folder on another disk than this machine's. */
  static void mount(Path folder, Disk disk) {
    MOUNTED.put(folder, disk);
  }

  /** The file behind a name that H2 uses. */
  static Path file(String name) {
    return Path.of(name.substring(name.indexOf(':') + 1));
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    var path = file(name);
    return mode.equals("rw") && path.toString().endsWith(DATABASE)
        ? new ShadowFile(path, MOUNTED.getOrDefault(path.getParent(), Disk.LOCAL))
        : getBase().open(mode);
  }
}
