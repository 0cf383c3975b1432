package yikao.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.h2.store.fs.FilePath;

/** The files under the embedded database, as raw as the system gives them. */
interface Disk {
  /** This machine's. */
  Disk LOCAL = new Local();

  /** Opens a file for reading and writing, and makes it where it is missing. */
  FileChannel open(Path file) throws IOException;

  /** The same, for threads that may be interrupted: an interrupt does not close the file. */
  FileChannel openForReaders(Path file) throws IOException;

  /** Deletes a file if it is there; certain once the folder is synchronised. */
  void delete(Path file) throws IOException;

  /** Gives a file another name; certain once the folder is synchronised. */
  void move(Path file, Path to) throws IOException;

  /** The files of a folder by name; none where there is no such folder. */
  List<Path> list(Path folder) throws IOException;

  /** Makes which files a folder has survive a power cut. */
  void sync(Path folder) throws IOException;

  /** Makes a folder where it is missing. */
  void makeFolder(Path folder) throws IOException;

  /** The file system of this machine. */
  final class Local implements Disk {
    private Local() {}

    @Override
    public FileChannel open(Path file) throws IOException {
      return FileChannel.open(
          file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    @Override
    public FileChannel openForReaders(Path file) throws IOException {
      return FilePath.get("retry:" + file).open("rw");
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }

    @Override
    public void move(Path file, Path to) throws IOException {
      Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
      try (var files = Files.list(folder)) {
        return files.sorted().toList();
      } catch (NoSuchFileException e) {
        return List.of();
      }
    }

    @Override
    public void sync(Path folder) throws IOException {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
      Files.createDirectories(folder);
    }
  }
}
