package yikao.access;

import static yikao.db.jooq.Tables.KEY_FINGERPRINT;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.DSLContext;

/**
 * The keys with which a database is used, by their fingerprints: a fixed label, digested with the
 * key. Who has the database can tell with one whether he has the key, and no more.
 */
final class KeyFingerprints {
  private static final String LABEL = "yikao key ";
  private static final int CODE_LENGTH = 12;

  private KeyFingerprints() {}

  static String of(String name, byte[] key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal((LABEL + name).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those in the database, by the names of keys; absent where a key is in use that is unknown. */
  static SortedMap<String, Optional<String>> stored(DSLContext dsl) {
    var stored = new TreeMap<String, Optional<String>>();
    dsl.selectFrom(KEY_FINGERPRINT)
        .forEach(row -> stored.put(row.getName(), Optional.ofNullable(row.getFingerprint())));
    return stored;
  }

  /** Those that a database has where it is used with keys. */
  static SortedMap<String, Optional<String>> of(Map<String, byte[]> keys) {
    var fingerprints = new TreeMap<String, Optional<String>>();
    keys.forEach((name, key) -> fingerprints.put(name, Optional.of(of(name, key))));
    return fingerprints;
  }

  static void store(DSLContext dsl, Map<String, byte[]> keys) {
    keys.forEach((name, key) -> {
      var fingerprint = of(name, key);
      dsl.insertInto(KEY_FINGERPRINT)
          .set(KEY_FINGERPRINT.NAME, name)
          .set(KEY_FINGERPRINT.FINGERPRINT, fingerprint)
          .onConflict(KEY_FINGERPRINT.NAME)
          .doUpdate()
          .set(KEY_FINGERPRINT.FINGERPRINT, fingerprint)
          .execute();
    });
  }

  /** What an operator says to give up these keys and no others; once given up it says nothing. */
  static String code(SortedMap<String, Optional<String>> fingerprints) {
    var all = new StringBuilder();
    fingerprints.forEach(
        (name, f) -> all.append(name).append('=').append(f.orElse("")).append('\n'));
    return HexFormat.of().formatHex(Secrets.sha256(all.toString())).substring(0, CODE_LENGTH);
  }
}
