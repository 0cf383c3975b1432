package yikao.db;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A backup: a zip with the file of the database, after it a list of checksums (as {@code sha256sum}
 * writes and reads it), and as the zip's comment a seal, the checksum of every byte before it. So
 * one flipped bit is noticed wherever it is. Backups of earlier releases have neither list nor
 * seal, only the zip's own check of the file.
 */
final class BackupArchive {
  static final String LIST = "SHA256SUMS";
  private static final String SEAL = "sha256:";
  private static final int SEAL_LENGTH = SEAL.length() + 64;

  /** The record at a zip's end, without a comment, and what it begins with. */
  private static final int END_LENGTH = 22;

  private static final int END_SIGNATURE = 0x06054b50;

  private final Path path;

  BackupArchive(Path path) {
    this.path = path;
  }

  /** Adds list and seal to a zip that has neither; it is not synced. */
  void seal() throws IOException {
    try (var zip = FileSystems.newFileSystem(path);
        var entries = Files.list(zip.getPath("/"))) {
      var list = new StringBuilder();
      for (var entry : entries.sorted().toList()) {
        try (var in = Files.newInputStream(entry)) {
          list.append(line(digest(in), String.valueOf(entry.getFileName())));
        }
      }
      Files.writeString(zip.getPath("/", LIST), list);
    }
    addSeal();
  }

  private void addSeal() throws IOException {
    try (var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var end = ByteBuffer.allocate(END_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
      var size = file.size();
      file.read(end, size - END_LENGTH);
      if (end.getInt(0) != END_SIGNATURE || end.getShort(END_LENGTH - 2) != 0) {
        throw new IOException("not the end of a zip without a comment: " + path);
      }
      end.putShort(END_LENGTH - 2, (short) SEAL_LENGTH).rewind();
      file.write(end, size - END_LENGTH);
      var seal = SEAL + digest(size);
      file.write(ByteBuffer.wrap(seal.getBytes(StandardCharsets.US_ASCII)), size);
    }
  }

  /**
   * Takes the file of a database out of the archive, checks all of the archive, and syncs the file.
   *
   * @param name of the file in the archive
   * @param to where to put it; what is there is replaced
   * @return whether the archive has checksums
   * @throws DatabaseRefusedException where it is no backup, or damaged; something may be at {@code
   *     to}
   * @throws IOException where something cannot be read or written
   */
  boolean unpack(String name, Path to) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new DatabaseRefusedException("没有这个备份 no such backup: " + path);
    }
    try (var zip = new ZipFile(path.toFile())) {
      var entry = zip.getEntry(name);
      if (entry == null) {
        throw new DatabaseRefusedException(
            "不是以考的备份，里面没有 not a backup of Yikao, it does not hold %s: %s".formatted(name, path));
      }
      var isSealed = requireSeal(zip);
      var sums = sums(zip, entry, to);
      var list = zip.getEntry(LIST);
      if (isSealed && (list == null || !sums.equals(text(zip, list)))) {
        throw damaged("the checksums in it differ");
      }
      return isSealed;
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw damaged(DamagedDatabase.firstLine(e));
    }
  }

  /** Whether there has to be a seal; it is then the right one. */
  private boolean requireSeal(ZipFile zip) throws IOException {
    var comment = Optional.ofNullable(zip.getComment()).orElse("");
    if (comment.isEmpty() && zip.getEntry(LIST) == null) {
      return false;
    }
    if (!comment.equals(SEAL + digest(Files.size(path) - SEAL_LENGTH))) {
      throw damaged("its seal is broken");
    }
    return true;
  }

  /** The list of checksums as it has to be, from what is in the archive. */
  private String sums(ZipFile zip, ZipEntry database, Path to) throws IOException {
    var sums = new StringBuilder();
    var others = zip.stream().filter(e -> !e.getName().equals(LIST)).sorted(BackupArchive::order);
    for (var entry : others.toList()) {
      if (entry.getName().equals(database.getName())) {
        try (var file = Files.newOutputStream(to)) {
          sums.append(copied(zip, entry, file));
        }
        sync(to);
      } else {
        sums.append(copied(zip, entry, OutputStream.nullOutputStream()));
      }
    }
    return sums.toString();
  }

  private static int order(ZipEntry one, ZipEntry other) {
    return one.getName().compareTo(other.getName());
  }

  private String copied(ZipFile zip, ZipEntry entry, OutputStream to) throws IOException {
    var crc = new CRC32();
    try (var in =
        new DigestInputStream(new CheckedInputStream(zip.getInputStream(entry), crc), sha256())) {
      var bytes = in.transferTo(to);
      if (bytes != entry.getSize() || crc.getValue() != entry.getCrc()) {
        throw damaged(entry.getName() + " in it differs from its checksum");
      }
      return line(hex(in.getMessageDigest()), entry.getName());
    }
  }

  private static String text(ZipFile zip, ZipEntry entry) throws IOException {
    try (var in = zip.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static void sync(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private DatabaseRefusedException damaged(String why) {
    return new DatabaseRefusedException(
        "备份已损坏，请用另一份 the backup is damaged, use another one: %s (%s)".formatted(path, why));
  }

  private static String line(String digest, String name) {
    return digest + "  " + name + "\n";
  }

  /** Of the archive's first bytes. */
  private String digest(long bytes) throws IOException {
    var digest = sha256();
    var left = bytes;
    var buffer = new byte[1 << 16];
    try (var in = Files.newInputStream(path)) {
      while (left > 0) {
        var read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException();
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
    }
    return hex(digest);
  }

  private static String digest(InputStream in) throws IOException {
    var digested = new DigestInputStream(in, sha256());
    digested.transferTo(OutputStream.nullOutputStream());
    return hex(digested.getMessageDigest());
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
