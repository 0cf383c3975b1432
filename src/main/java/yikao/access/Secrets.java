package yikao.access;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import yikao.db.Leases;

/**
 * The service's secrets, in a file of their own beside the database, readable by its owner alone.
 * What is missing is generated at the first start; later the database knows by a fingerprint which
 * keys it is used with, and others stop the start. Several nodes over one database share the file.
 */
@Context
@Order(Secrets.FIRST)
public final class Secrets {
  /** After the settings, and before a bank is loaded into a database that other secrets are for. */
  static final int FIRST = Ordered.HIGHEST_PRECEDENCE + 1;

  private static final String LOCK = "secrets";
  private static final String HMAC = "HmacSHA256";
  private static final int TOKEN_BYTES = 24;

  private final SecureRandom random = new SecureRandom();
  private final FirstToken firstToken;
  private final Optional<byte[]> editorHash;
  private final SecretKeySpec participantKey;
  private final byte[] dataKey;

  Secrets(
      @Value("${yikao.secrets}") String path,
      @Value("${yikao.accept-new-secrets:}") String givenUp,
      @Value("${yikao.first-access}") FirstAccess firstAccess,
      BeanProvider<Leases> leases) {
    var file = new SecretsFile(Path.of(path));
    var _ = file.read(); // a damaged one stops the start before a database is touched
    this.firstToken = new FirstToken(Path.of(path));
    var settled = new SettledKeys(file, firstToken, firstAccess, givenUp.strip(), random);
    var keys = leases.get().exclusively(LOCK, settled::settle);
    this.editorHash = Optional.ofNullable(keys.get(SecretsFile.EDITOR));
    this.participantKey =
        new SecretKeySpec(Objects.requireNonNull(keys.get(SecretsFile.PARTICIPANT)), HMAC);
    this.dataKey = Objects.requireNonNull(keys.get(SecretsFile.DATA));
    editorHash.ifPresent(firstToken::say);
  }

  /** A fresh token that cannot be guessed. */
  public String newToken() {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return SecretsFile.encode(bytes);
  }

  /** Bytes as a token writes them. */
  public static String encoded(byte[] bytes) {
    return SecretsFile.encode(bytes);
  }

  /** A seed for a draw. */
  public long newSeed() {
    return random.nextLong();
  }

  /** Fills with random bytes. */
  public void random(byte[] bytes) {
    random.nextBytes(bytes);
  }

  /** Whether this is the operator's token, where there is one. */
  boolean isEditor(String token) {
    return editorHash.filter(hash -> MessageDigest.isEqual(sha256(token), hash)).isPresent();
  }

  /** A call with the operator's token has succeeded: whoever has it has kept it. */
  void editorTokenUsed() {
    editorHash.ifPresent(firstToken::used);
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
      var mac = Mac.getInstance(HMAC);
      mac.init(participantKey);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key from which those of the {@link Vault} are derived. */
  byte[] dataKey() {
    return dataKey.clone();
  }
}
