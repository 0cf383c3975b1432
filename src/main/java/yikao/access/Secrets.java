package yikao.access;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's secrets, in a file of their own beside the database, readable by its owner alone.
 * What is missing is generated at the first start. Several nodes over one database share the file.
 */
@Context
public final class Secrets {
  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
  private static final String EDITOR = "editor-token-sha256";
  private static final String PARTICIPANT = "participant-key";
  private static final int TOKEN_BYTES = 24;

  /** Of the token's digest, and of the key. */
  private static final int SECRET_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final byte[] editorHash;
  private final SecretKeySpec participantKey;

  Secrets(@Value("${yikao.secrets}") String file) {
    var path = Path.of(file);
    var secrets = read(path);
    var complete = secrets.containsKey(EDITOR) && secrets.containsKey(PARTICIPANT);
    if (!complete) {
      generate(secrets, path);
      write(path, secrets);
    }
    this.editorHash = decode(secrets, EDITOR, path);
    this.participantKey = new SecretKeySpec(decode(secrets, PARTICIPANT, path), "HmacSHA256");
  }

  private static byte[] decode(Properties secrets, String name, Path path) {
    var bytes = bytes(secrets.getProperty(name).strip());
    if (bytes.length != SECRET_BYTES) {
      throw new SecretsRefusedException(
          "密钥文件有错，请从备份恢复 the file of secrets is damaged, restore it from a copy:"
              + " yikao.secrets=%s, %s".formatted(path, name));
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

  private void generate(Properties secrets, Path path) {
    if (!secrets.containsKey(EDITOR)) {
      var token = newToken();
      secrets.setProperty(EDITOR, encode(sha256(token)));
      announce(token, path);
    }
    if (!secrets.containsKey(PARTICIPANT)) {
      var key = new byte[SECRET_BYTES];
      random.nextBytes(key);
      secrets.setProperty(PARTICIPANT, encode(key));
    }
  }

  /** The token goes to the terminal once, and never to a log. */
  @SuppressWarnings("SystemOut")
  private static void announce(String token, Path path) {
    System.out.printf(
        "%n  编辑口令 editor token: %s%n  只显示这一次，请保存好（忘记时删去 %s 中的 %s 一行再启动）%n%n", token, path, EDITOR);
    LOG.info("secrets generated in {}", path);
  }

  private static Properties read(Path path) {
    var secrets = new Properties();
    if (Files.exists(path)) {
      try (var reader = Files.newBufferedReader(path)) {
        secrets.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new SecretsRefusedException(
            "密钥文件不能读 the file of secrets cannot be read: yikao.secrets=%s (%s)".formatted(path, e));
      }
    }
    return secrets;
  }

  private static void write(Path path, Properties secrets) {
    try {
      var folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, ownerOnly);
      try (var writer = Files.newBufferedWriter(fresh, StandardOpenOption.WRITE)) {
        secrets.store(writer, "Yikao's secrets. Keep apart from the database and its backups.");
      }
      Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SecretsRefusedException(
          "密钥文件不能写 the file of secrets cannot be written: yikao.secrets=%s (%s)"
              .formatted(path, e));
    }
  }

  /** A fresh token that cannot be guessed. */
  public String newToken() {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return encode(bytes);
  }

  /** A seed for a draw. */
  public long newSeed() {
    return random.nextLong();
  }

  /** Fills with random bytes. */
  public void random(byte[] bytes) {
    random.nextBytes(bytes);
  }

  /** Whether this is the editor's token. */
  boolean isEditor(String token) {
    return MessageDigest.isEqual(sha256(token), editorHash);
  }

  /** What a token is stored as. */
  public static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A keyed digest (HMAC-SHA-256), for identifiers that must not be computable by others. */
  public byte[] keyed(String purpose, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(participantKey);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
