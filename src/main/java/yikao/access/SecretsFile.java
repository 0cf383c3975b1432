package yikao.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.Disk;
import yikao.db.OwnerOnly;

/** The file of the service's secrets: a line for each key, 32 bytes in Base64. */
final class SecretsFile {
  static final String EDITOR = "editor-token-sha256";
  static final String PARTICIPANT = "participant-key";

  /** For what is sealed in the database, and for the chain of the audit log. */
  static final String DATA = "data-key";

  static final List<String> KEYS = List.of(EDITOR, PARTICIPANT, DATA);

  /** Of the token's digest, and of keys. */
  static final int SECRET_BYTES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(SecretsFile.class);

  private final Path path;

  SecretsFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /**
   * The keys that are there, by their names.
   *
   * @throws SecretsRefusedException where the file cannot be read, or a key is no key
   */
  Map<String, byte[]> read() {
    var lines = lines();
    var keys = new TreeMap<String, byte[]>();
    for (var name : KEYS) {
      if (lines.containsKey(name)) {
        keys.put(name, decode(lines.getProperty(name).strip(), name));
      }
    }
    return keys;
  }

  private Properties lines() {
    var lines = new Properties();
    if (Files.exists(path)) {
      try (var reader = Files.newBufferedReader(path)) {
        lines.load(reader);
        closeToOthers();
      } catch (IOException | IllegalArgumentException e) {
        throw new SecretsRefusedException(
            "密钥文件不能读 the file of secrets cannot be read: yikao.secrets=%s (%s)".formatted(path, e));
      }
    }
    return lines;
  }

  private void closeToOthers() throws IOException {
    switch (OwnerOnly.mend(path)) {
      case MENDED ->
          LOG.warn(
              "others could read the secrets in {}; now their owner alone can. Who may have read"
                  + " them?",
              path);
      case OPEN ->
          LOG.warn("others can read the secrets in {}: chmod 600, as the file's owner", path);
      case CLOSED -> {}
    }
  }

  private byte[] decode(String encoded, String name) {
    var bytes = bytes(encoded);
    if (bytes.length != SECRET_BYTES) {
      throw new SecretsRefusedException(
          """
          密钥文件有错，请从副本恢复 the file of secrets is damaged, restore it from a copy: yikao.secrets=%s, \
          %s: 应为 %d 字节的 Base64，读到 %d 字节 must be %d bytes in Base64, %d were read\
          """
              .formatted(path, name, SECRET_BYTES, bytes.length, SECRET_BYTES, bytes.length));
    }
    return bytes;
  }

  /** Empty where it is no Base64. */
  private static byte[] bytes(String encoded) {
    try {
      return Base64.getUrlDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Adds keys, and syncs them, since the database will want these; what is there stays. */
  void add(Map<String, byte[]> keys) {
    var lines = lines();
    keys.forEach((name, key) -> lines.setProperty(name, encode(key)));
    try {
      var folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
      OwnerOnly.createFolders(folder);
      var fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      OwnerOnly.createFile(fresh);
      try (var writer = Files.newBufferedWriter(fresh, StandardOpenOption.WRITE)) {
        lines.store(writer, "Yikao's secrets. Keep apart from the database and its backups.");
      }
      Disk.sync(fresh);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      Disk.sync(folder);
    } catch (IOException e) {
      throw new SecretsRefusedException(
          "密钥文件不能写 the file of secrets cannot be written: yikao.secrets=%s (%s)"
              .formatted(path, e));
    }
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
