package yikao.access;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.Condition;
import org.jooq.Field;
import yikao.audit.AuditSeal;

/**
 * What the database holds and a thief of it must not read: sealed with AES-256 in Galois counter
 * mode (NIST SP 800-38D), a fresh random nonce of 96 bits each time. For each purpose there is a
 * key of its own, derived from the one in the file of secrets (HMAC-SHA-256 of the purpose, as one
 * step of HKDF, RFC 5869); what is sealed for one purpose is not opened for another. With random
 * nonces a key may seal 2^32 texts: what is sealed most, the responses of people who answer, stays
 * below that for more than a hundred contests of 300,000 people who save a hundred times.
 */
@Singleton
public final class Vault implements AuditSeal {
  private static final String HMAC = "HmacSHA256";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** How what {@link #sealText} has sealed begins; nothing that is stored plainly does. */
  private static final String SEALED = "sealed:";

  /** Of a sealed text only the number of such blocks of bytes can be seen. */
  private static final int BLOCK = 64;

  private final Secrets secrets;
  private final byte[] key;
  private final Map<String, SecretKeySpec> derived = new ConcurrentHashMap<>();

  Vault(Secrets secrets) {
    this.secrets = secrets;
    this.key = secrets.dataKey();
  }

  /** Seals a text: the nonce, then what is encrypted, then the tag. */
  public byte[] seal(String purpose, String text) {
    return seal(purpose, text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] seal(String purpose, byte[] text) {
    var nonce = new byte[NONCE_BYTES];
    secrets.random(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, purpose, nonce);
      var sealed = cipher.doFinal(text);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens what was sealed.
   *
   * @throws IllegalStateException where it was sealed with another key or for another purpose, or
   *     was changed since
   */
  public String open(String purpose, byte[] sealed) {
    return new String(opened(purpose, sealed), StandardCharsets.UTF_8);
  }

  private byte[] opened(String purpose, byte[] sealed) {
    if (sealed.length < NONCE_BYTES) {
      throw new IllegalStateException("not sealed: " + purpose);
    }
    try {
      var cipher = cipher(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(sealed, NONCE_BYTES));
      return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot be opened: " + purpose, e);
    }
  }

  /**
   * Seals what a column of text holds: in Base64 after a mark by which {@link #openText} knows it.
   * Zeros fill it up to whole blocks, so that its length says little of what is in it.
   *
   * @param text without a zero at its end, which a database does not take either
   */
  public String sealText(String purpose, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var blocks = Math.ceilDiv(bytes.length, BLOCK);
    var sealed = seal(purpose, Arrays.copyOf(bytes, blocks * BLOCK));
    return SEALED + Base64.getEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * Opens what {@link #sealText} has sealed. What has no mark was stored by an earlier release, and
   * is returned as it is.
   *
   * @throws IllegalStateException as {@link #open} does
   */
  public String openText(String purpose, String stored) {
    if (!isSealed(stored)) {
      return stored;
    }
    var bytes = opened(purpose, Base64.getDecoder().decode(stored.substring(SEALED.length())));
    var end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** Whether a stored text is sealed. */
  public static boolean isSealed(String stored) {
    return stored.startsWith(SEALED);
  }

  /** That a column holds what an earlier release has stored plainly. */
  public static Condition isPlain(Field<String> column) {
    return column.notLike(SEALED + "%");
  }

  private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, derived("seal " + purpose, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  /** A keyed digest, 32 bytes, by which the same text is found again (HMAC-SHA-256). */
  @Override
  public byte[] digest(String purpose, String text) {
    return hmac(derived("digest " + purpose, HMAC), text);
  }

  /** Purposes are few, and each key is derived once. */
  private SecretKeySpec derived(String purpose, String algorithm) {
    return derived.computeIfAbsent(purpose, p -> new SecretKeySpec(hmac(key, p), algorithm));
  }

  /** The same digests from a key alone, without the service. */
  static AuditSeal sealOf(byte[] key) {
    return (purpose, text) -> hmac(hmac(key, "digest " + purpose), text);
  }

  private static byte[] hmac(byte[] key, String text) {
    return hmac(new SecretKeySpec(key, HMAC), text);
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
