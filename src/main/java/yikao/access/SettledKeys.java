package yikao.access;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles at the start with which keys the service runs: those of its file, which must be the ones
 * that the database is used with. Only a database that knows no key, or whose keys an operator
 * gives up, gets new ones.
 */
final class SettledKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SettledKeys.class);
  private static final int TOKEN_BYTES = 24;

  private final SecretsFile file;
  private final String givenUp;
  private final SecureRandom random;

  /**
   * Not yet settled.
   *
   * @param givenUp the code of the keys that an operator gives up, or empty
   */
  SettledKeys(SecretsFile file, String givenUp, SecureRandom random) {
    this.file = file;
    this.givenUp = givenUp;
    this.random = random;
  }

  /**
   * Compares, makes what may be made, and stores the fingerprints; no other node may do so
   * meanwhile.
   *
   * @return all keys, by their names
   * @throws SecretsRefusedException where a key is missing or another one
   */
  Map<String, byte[]> settle(DSLContext transaction) {
    var stored = KeyFingerprints.stored(transaction);
    var keys = new TreeMap<>(file.read()); // again: another node may have written it
    var wrong = wrong(stored, keys);
    if (!wrong.isEmpty()) {
      if (!givenUp.equals(KeyFingerprints.code(stored))) {
        throw refused(wrong, KeyFingerprints.code(stored), keys);
      }
      LOG.atWarn().addKeyValue("keys", wrong).log("keys given up, new ones accepted");
    }
    var made = made(keys);
    if (!made.isEmpty()) {
      file.add(made);
      keys.putAll(made);
      LOG.info("secrets generated in {}", file.path());
    }
    if (!stored.equals(KeyFingerprints.of(keys))) {
      KeyFingerprints.store(transaction, keys);
    }
    return keys;
  }

  /** The names of keys that the database is used with and the file has not. */
  private static List<String> wrong(
      SortedMap<String, Optional<String>> stored, Map<String, byte[]> keys) {
    var wrong = new ArrayList<String>();
    for (var name : SecretsFile.KEYS) {
      var key = keys.get(name);
      if (stored.containsKey(name) && (key == null || isOther(stored.get(name), name, key))) {
        wrong.add(name);
      }
    }
    return wrong;
  }

  private static boolean isOther(Optional<String> stored, String name, byte[] key) {
    return stored.filter(s -> !s.equals(KeyFingerprints.of(name, key))).isPresent();
  }

  private SecretsRefusedException refused(
      List<String> wrong, String code, Map<String, byte[]> keys) {
    var isMissing = wrong.stream().noneMatch(keys::containsKey);
    return new SecretsRefusedException(
        """
        密钥文件与数据库不符：%1$s 里%2$s %3$s。请从您另存的副本恢复这个文件，再启动；多个节点要用同一份。
        副本也没有了，才用设置 yikao.accept-new-secrets=%4$s 启动一次：缺少的密钥会新生成，%5$s。
        The file of secrets does not fit the database: %6$s %3$s in %1$s. Restore the file from \
        your copy of it, then start; all nodes use the same one. Only where there is no copy, start \
        once with the setting yikao.accept-new-secrets=%4$s: what is missing is made anew, and %7$s.\
        """
            .formatted(
                file.path(),
                isMissing ? "缺少" : "不是同一个",
                String.join(", ", wrong),
                code,
                wrong.contains(SecretsFile.PARTICIPANT) ? "原来的参加者会认不出来，回执也会不同" : "原来的编辑口令作废",
                isMissing ? "missing is" : "not the same is",
                wrong.contains(SecretsFile.PARTICIPANT)
                    ? "participants are not known again and receipts differ"
                    : "the editor's token before is void"));
  }

  private Map<String, byte[]> made(Map<String, byte[]> keys) {
    var made = new HashMap<String, byte[]>();
    if (!keys.containsKey(SecretsFile.EDITOR)) {
      var token = SecretsFile.encode(random(TOKEN_BYTES));
      made.put(SecretsFile.EDITOR, Secrets.sha256(token));
      announce(token);
    }
    if (!keys.containsKey(SecretsFile.PARTICIPANT)) {
      made.put(SecretsFile.PARTICIPANT, random(SecretsFile.SECRET_BYTES));
    }
    return made;
  }

  private byte[] random(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The token goes to the terminal once, and never to a log. */
  @SuppressWarnings("SystemOut")
  private void announce(String token) {
    System.out.printf(
        "%n  编辑口令 editor token: %s%n  只显示这一次，请保存好（忘记时删去 %s 中的 %s 一行再启动，按提示做）%n%n",
        token, file.path(), SecretsFile.EDITOR);
  }
}
