package yikao.access;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import yikao.audit.AuditSeal;

/**
 * What the database holds and a thief of it must not read: sealed with AES-256 in Galois counter
 * mode (NIST SP 800-38D), a fresh random nonce of 96 bits each time. For each purpose there is a
 * key of its own, derived from the one in the file of secrets (HMAC-SHA-256 of the purpose, as one
 * step of HKDF, RFC 5869); what is sealed for one purpose is not opened for another.
 */
@Singleton
public final class Vault implements AuditSeal {
  private static final String HMAC = "HmacSHA256";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Secrets secrets;
  private final byte[] key;

  Vault(Secrets secrets) {
    this.secrets = secrets;
    this.key = secrets.dataKey();
  }

  /** Seals a text: the nonce, then what is encrypted, then the tag. */
  public byte[] seal(String purpose, String text) {
    var nonce = new byte[NONCE_BYTES];
    secrets.random(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, purpose, nonce);
      var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
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
    if (sealed.length < NONCE_BYTES) {
      throw new IllegalStateException("not sealed: " + purpose);
    }
    try {
      var cipher = cipher(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(sealed, NONCE_BYTES));
      return new String(
          cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot be opened: " + purpose, e);
    }
  }

  private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        mode,
        new SecretKeySpec(derived("seal " + purpose), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  /** A keyed digest, 32 bytes, by which the same text is found again (HMAC-SHA-256). */
  @Override
  public byte[] digest(String purpose, String text) {
    return hmac(derived("digest " + purpose), text);
  }

  private byte[] derived(String purpose) {
    return hmac(key, purpose);
  }

  /** The same digests from a key alone, without the service. */
  static AuditSeal sealOf(byte[] key) {
    return (purpose, text) -> hmac(hmac(key, "digest " + purpose), text);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
