package yikao.bank;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** What the bank's files hold, as one number: the same files, the same number. */
final class Fingerprint {
  /** Raised whenever this release makes something else of the same files than the one before. */
  private static final int READER = 1;

  private Fingerprint() {}

  /**
   * SHA-256 over the names and the bytes of all YAML files, in the order of their names; empty
   * where a file cannot be read.
   */
  static Optional<String> of(Path folder) {
    try (var walk = Files.walk(folder, 2)) {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) READER);
      for (var file : walk.filter(BankReader::isYaml).sorted().toList()) {
        part(digest, folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        part(digest, Files.readAllBytes(file));
      }
      return Optional.of(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void part(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
