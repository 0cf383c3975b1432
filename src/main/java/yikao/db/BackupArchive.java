package yikao.db;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A backup: a zip with the file of the database, and as its comment a seal, the checksum of every
 * byte before it. So one flipped bit is noticed wherever it is. Backups of earlier releases have no
 * seal, only the zip's own check of the file.
 */
final class BackupArchive {
  private static final String SEAL = "sha256:";

  /** Bytes of a seal. */
  static final int SEAL_LENGTH = SEAL.length() + 64;

  /** The record at a zip's end, without a comment, and what it begins with. */
  private static final int END_LENGTH = 22;

  private static final int END_SIGNATURE = 0x06054b50;

  /** Where the end says how long its comment is. */
  private static final int COMMENT_LENGTH = END_LENGTH - 2;

  private final Path path;

  BackupArchive(Path path) {
    this.path = path;
  }

  /** Adds the seal to a zip that has no comment; it is not synced. */
  void seal() throws IOException {
    try (var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!isBare(file)) {
        throw new IOException("not the end of a zip without a comment: " + path);
      }
      var size = file.size();
      var length = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
      file.write(length.putShort(0, (short) SEAL_LENGTH), size - END_LENGTH + COMMENT_LENGTH);
      file.write(ByteBuffer.wrap(sealOf(size)), size);
    }
  }

  /**
   * Takes the file of a database out of the archive, and checks all of the archive; the file is not
   * synced.
   *
   * @param name of the file in the archive
   * @param to where to put it; what is there is replaced
   * @return whether the archive has a seal
   * @throws DatabaseRefusedException where it is no backup, or damaged; something may be at {@code
   *     to}
   * @throws IOException where something cannot be read or written
   */
  boolean unpack(String name, Path to) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new DatabaseRefusedException("没有这个备份 no such backup: " + path);
    }
    var isSealed = requireSeal();
    try (var zip = new ZipInputStream(Files.newInputStream(path));
        var file = Files.newOutputStream(to)) {
      var entry = next(zip);
      while (!entry.getName().equals(name)) {
        entry = next(zip);
      }
      zip.transferTo(file); // it compares size and checksum
      return isSealed;
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw damaged(DamagedDatabase.firstLine(e));
    }
  }

  private ZipEntry next(ZipInputStream zip) throws IOException {
    var entry = zip.getNextEntry();
    if (entry == null) {
      throw new DatabaseRefusedException(
          "不是以考的备份，里面没有数据库 not a backup of Yikao, it holds no database: " + path);
    }
    return entry;
  }

  /** Whether there has to be a seal; it is then the right one. */
  private boolean requireSeal() throws IOException {
    try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
      if (isBare(file)) {
        return false;
      }
      var size = file.size() - SEAL_LENGTH;
      if (size < 0 || !MessageDigest.isEqual(read(file, size, SEAL_LENGTH).array(), sealOf(size))) {
        throw damaged("its seal is broken");
      }
      return true;
    }
  }

  /** Whether the file ends as a zip that has no comment. */
  private static boolean isBare(FileChannel file) throws IOException {
    if (file.size() < END_LENGTH) {
      return false;
    }
    var end = read(file, file.size() - END_LENGTH, END_LENGTH);
    return end.getInt(0) == END_SIGNATURE && end.getShort(COMMENT_LENGTH) == 0;
  }

  private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes;
  }

  /** Of the archive's first bytes. */
  private byte[] sealOf(long bytes) throws IOException {
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
    return (SEAL + HexFormat.of().formatHex(digest.digest())).getBytes(StandardCharsets.US_ASCII);
  }

  private DatabaseRefusedException damaged(String why) {
    return new DatabaseRefusedException(
        "备份已损坏，请用另一份 the backup is damaged, use another one: %s (%s)".formatted(path, why));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
