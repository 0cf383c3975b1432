package yikao.db;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups of the embedded database while it is in use: one a day and before each upgrade by itself,
 * and on request. The newest are kept. PostgreSQL has tools of its own for that ({@code pg_dump});
 * it could not be dumped as fast or as exactly from here.
 */
@Singleton
public final class Backups implements PeriodicTask {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final String PREFIX = "yikao-";
  private static final String SUFFIX = ".zip";
  private static final String UNFINISHED = ".zip.new";

  static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final EmbeddedDatabases.Embedded embedded;
  private final NodeClock clock;
  private final Path folder;
  private final Duration every;
  private final int kept;

  Backups(
      EmbeddedDatabases.Embedded embedded,
      NodeClock clock,
      @Value("${yikao.data}") String data,
      @Value("${yikao.backups.every}") Duration every,
      @Value("${yikao.backups.kept}") int kept) {
    this.embedded = embedded;
    this.clock = clock;
    this.folder = folder(Path.of(data));
    this.every = every;
    this.kept = kept;
    if (embedded.database().isPresent()) {
      deleteUnfinished(folder);
    }
  }

  static Path folder(Path data) {
    return data.toAbsolutePath().normalize().resolve("backups");
  }

  /**
   * A backup that is complete and on the disk.
   *
   * @param path of a zip with the file of the database, and a checksum over all of it
   * @param bytes its size
   */
  public record Made(Path path, long bytes, Instant at) {}

  /**
   * Writes a copy of the database as it is at one moment, with everything acknowledged before the
   * call, and syncs it; it has its name only when it is complete.
   *
   * @param actor who wants it
   * @return absent where the database is not an embedded file
   * @throws IOException where it cannot be written; no part of it is left
   */
  public synchronized Optional<Made> make(String actor) throws IOException {
    if (embedded.database().isEmpty()) {
      return Optional.empty();
    }
    var at = clock.instant();
    var file = write(folder, at, embedded.database().get()::copyTo);
    deleteOld();
    LOG.atInfo().addKeyValue("actor", actor).addKeyValue("path", file).log("backup made");
    return Optional.of(new Made(file, Files.size(file), at));
  }

  /** Writes a zip to a path. */
  interface Copy {
    void to(Path zip) throws SQLException;
  }

  static Path write(Path folder, Instant at, Copy copy) throws IOException {
    OwnerOnly.createFolders(folder);
    deleteUnfinished(folder);
    var file = folder.resolve(PREFIX + STAMP.format(at) + SUFFIX);
    var fresh = file.resolveSibling(PREFIX + STAMP.format(at) + UNFINISHED);
    try {
      OwnerOnly.createFile(fresh);
      copy.to(fresh);
      new BackupArchive(fresh).seal();
      DataFolder.closeQuietly(fresh);
      Disk.sync(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      Disk.sync(folder);
      return file;
    } catch (SQLException e) {
      throw new IOException("the database could not be copied", e);
    } finally {
      deleteUnfinished(folder);
    }
  }

  /** What a kill in the middle of a backup has left; only one process makes backups here. */
  private static void deleteUnfinished(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (var file : files.filter(Backups::isUnfinished).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("an unfinished backup stays in {}: {}", folder, e.toString());
    }
  }

  private static boolean isUnfinished(Path file) {
    var name = file.getFileName().toString();
    return name.startsWith(PREFIX) && name.endsWith(UNFINISHED);
  }

  private void deleteOld() throws IOException {
    for (var old : newestFirst(folder).stream().skip(kept).toList()) {
      Files.delete(old);
    }
  }

  static List<Path> newestFirst(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(PREFIX))
          .filter(f -> f.getFileName().toString().endsWith(SUFFIX))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  @Override
  public String name() {
    return "backups";
  }

  @Override
  public Duration interval() {
    return Duration.ofMinutes(1).compareTo(every) < 0 ? Duration.ofMinutes(1) : every;
  }

  @Override
  public boolean isWanted() {
    return embedded.database().isPresent() && every.isPositive();
  }

  /** Makes one where the newest is old enough. */
  @Override
  public void run(BooleanSupplier mayGoOn) {
    try {
      var due = clock.instant().minus(every);
      if (newestFirst(folder).stream().findFirst().filter(f -> isAfter(f, due)).isEmpty()) {
        var _ = make("system");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAfter(Path backup, Instant moment) {
    return backup.getFileName().toString().compareTo(PREFIX + STAMP.format(moment)) > 0;
  }
}
