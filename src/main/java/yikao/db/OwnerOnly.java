package yikao.db;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and folders for their owner alone (0600 in 0700), where the file system knows owners
 * (POSIX); elsewhere its own rules hold.
 */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** How a file was found. */
  public enum Found {
    /** Its owner alone could use it. */
    CLOSED,
    /** Others could; now its owner alone can. */
    MENDED,
    /** Others can, and this process may not change that. */
    OPEN
  }

  /**
   * Takes from others what they may do with a file or folder; what its owner may do stays.
   *
   * @throws IOException where it is not there, or cannot be looked at
   */
  public static Found mend(Path path) throws IOException {
    if (!knowsOwners(path)) {
      return Found.CLOSED;
    }
    var mode = Files.getPosixFilePermissions(path);
    if (OWNERS.containsAll(mode)) {
      return Found.CLOSED;
    }
    var owners = EnumSet.copyOf(OWNERS);
    owners.retainAll(mode);
    try {
      Files.setPosixFilePermissions(path, owners);
      return Found.MENDED;
    } catch (IOException _) {
      return Found.OPEN; // another's file, or a file system that is read-only
    }
  }

  /** Whether everybody may write into a folder, as into one for the files of all. */
  static boolean isForAll(Path folder) throws IOException {
    return knowsOwners(folder)
        && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Makes an empty file that is not there yet. */
  public static void createFile(Path path) throws IOException {
    Files.createFile(path, attributes(path, "rw-------"));
  }

  /** Makes an empty file where there is none. */
  static void createFileIfAbsent(Path path) throws IOException {
    try {
      createFile(path);
    } catch (FileAlreadyExistsException _) {
      // as it should be
    }
  }

  /** Makes a folder, and those above it, where they are not there yet; a power cut leaves them. */
  public static void createFolders(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    var above = path.toAbsolutePath().getParent();
    if (above != null) {
      createFolders(above);
    }
    Files.createDirectories(path, attributes(path, "rwx------"));
    if (above != null && Files.isReadable(above)) {
      Disk.sync(above);
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String mode) {
    return knowsOwners(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
