package yikao.db;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Backups of the embedded database while it is in use. PostgreSQL has tools of its own for that
 * ({@code pg_dump}); it could not be dumped as fast or as exactly from here.
 */
@Singleton
public final class Backup {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Durability durability;
  private final NodeClock clock;
  private final Path folder;

  Backup(Durability durability, NodeClock clock, @Value("${yikao.data}") String data) {
    this.durability = durability;
    this.clock = clock;
    this.folder = Path.of(data).toAbsolutePath().normalize().resolve("backups");
  }

  /**
   * A backup that is complete and on the disk.
   *
   * @param path of a zip with the file of the database
   * @param bytes its size
   */
  public record Made(Path path, long bytes, Instant at) {}

  /**
   * Writes a copy of the database as it is at one moment, with everything acknowledged before the
   * call, and synchronises it; it has its name only when it is complete.
   *
   * @return absent where the database is not an embedded file
   * @throws IOException where it cannot be written; no part of it is left
   */
  public synchronized Optional<Made> make() throws IOException {
    return switch (durability) {
      case JournalDurability embedded -> Optional.of(make(embedded));
      case PlainDurability _ -> Optional.empty();
    };
  }

  private Made make(JournalDurability embedded) throws IOException {
    Files.createDirectories(folder);
    var at = clock.instant();
    var file = folder.resolve("yikao-" + STAMP.format(at) + ".zip");
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      write(embedded, fresh);
      synchronise(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return new Made(file, Files.size(file), at);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void write(JournalDurability embedded, Path zip) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(RestoreBackup.FILE));
      embedded.copy(out);
      out.closeEntry();
    }
  }

  private static void synchronise(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
