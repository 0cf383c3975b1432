package yikao.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Files of H2 on an {@link UnsteadyDisk}. */
public final class UnsteadyPath extends FilePathWrapper {
  static final String SCHEME = "unsteady";
  private static final Map<Path, UnsteadyDisk> MOUNTED = new ConcurrentHashMap<>();

  /** For H2. */
  public UnsteadyPath() {}

  static void mount(Path folder, UnsteadyDisk disk) {
    FilePath.register(new UnsteadyPath());
    MOUNTED.put(folder, disk);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  private Path file() {
    return Path.of(name.substring(SCHEME.length() + 1));
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    var disk = MOUNTED.get(file().getParent());
    return disk != null && mode.equals("rw") ? disk.open(file()) : super.open(mode);
  }

  @Override
  public void delete() {
    var disk = MOUNTED.get(file().getParent());
    if (disk == null) {
      super.delete();
    } else {
      disk.delete(file());
    }
  }

  @Override
  public void moveTo(FilePath to, boolean atomicReplace) {
    var disk = MOUNTED.get(file().getParent());
    if (disk == null) {
      super.moveTo(to, atomicReplace);
    } else {
      disk.move(file(), ((UnsteadyPath) to).file());
    }
  }
}
