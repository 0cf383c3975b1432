package yikao.access;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
  private final FirstToken firstToken;
  private final FirstAccess firstAccess;
  private final String givenUp;
  private final SecureRandom random;

  /**
   * Not yet settled.
   *
   * @param firstToken where a token is written that is made
   * @param firstAccess whether a token is made where there is none and was none
   * @param givenUp the code of the keys that an operator gives up, or empty
   */
  SettledKeys(
      SecretsFile file,
      FirstToken firstToken,
      FirstAccess firstAccess,
      String givenUp,
      SecureRandom random) {
    this.file = file;
    this.firstToken = firstToken;
    this.firstAccess = firstAccess;
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
      var code = KeyFingerprints.code(wrong);
      if (!givenUp.equals(code)) {
        throw refused(wrong.keySet(), code, keys.keySet());
      }
      LOG.atWarn().addKeyValue("keys", wrong.keySet()).log("keys given up, new ones accepted");
    }
    var made = made(keys, stored.keySet());
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

  /** Of the stored fingerprints those whose keys the file has not. */
  private static SortedMap<String, Optional<String>> wrong(
      SortedMap<String, Optional<String>> stored, Map<String, byte[]> keys) {
    var has = KeyFingerprints.of(keys);
    var wrong = new TreeMap<>(stored);
    wrong.keySet().retainAll(SecretsFile.KEYS);
    wrong
        .entrySet()
        .removeIf(key ->
            has.containsKey(key.getKey())
                && (key.getValue().isEmpty() || key.getValue().equals(has.get(key.getKey()))));
    return wrong;
  }

  private SecretsRefusedException refused(Set<String> wrong, String code, Set<String> keys) {
    return new SecretsRefusedException(
        """
        密钥文件与数据库不符：%1$s 里 %2$s。请从您另存的副本恢复这个文件，再启动；多个节点要用同一份。
        副本也没有了，才用设置 yikao.accept-new-secrets=%3$s 启动一次：%4$s。
        The file of secrets does not fit the database: in %1$s %5$s. Restore the file from your copy \
        of it, then start; all nodes use the same one. Only where there is no copy, start once with \
        the setting yikao.accept-new-secrets=%3$s: %6$s.\
        """
            .formatted(
                file.path(),
                joined(wrong, "，", name -> name + (keys.contains(name) ? " 不是同一个" : " 缺少")),
                code,
                joined(
                    wrong,
                    "；",
                    name -> name + (keys.contains(name) ? " 改用文件里的，" : " 会新生成，") + lostZh(name)),
                joined(
                    wrong,
                    ", ",
                    name -> name + (keys.contains(name) ? " is not the same" : " is missing")),
                joined(
                    wrong,
                    "; ",
                    name ->
                        name
                            + (keys.contains(name)
                                ? " is taken from the file, "
                                : " is made anew, ")
                            + lost(name))));
  }

  private static String lostZh(String name) {
    return switch (name) {
      case SecretsFile.PARTICIPANT -> "原来的参加者会认不出来，回执也会不同";
      case SecretsFile.DATA -> "已加密的内容读不出来：手机号，已经出过的试题，作答内容和得分明细，更正；总分和名次还在，操作日志不能再核对";
      default -> "原来的编辑口令作废";
    };
  }

  private static String lost(String name) {
    return switch (name) {
      case SecretsFile.PARTICIPANT -> "participants are not known again and receipts differ";
      case SecretsFile.DATA ->
          "phones, the questions of papers that were drawn, responses, marks and amendments cannot be"
              + " read any more (scores and ranks stay), and the audit log cannot be verified";
      default -> "the editor's token before is void";
    };
  }

  private static String joined(Set<String> names, String between, UnaryOperator<String> said) {
    return names.stream().map(said).collect(Collectors.joining(between));
  }

  private Map<String, byte[]> made(Map<String, byte[]> keys, Set<String> known) {
    var made = new HashMap<String, byte[]>();
    var wantsToken = firstAccess == FirstAccess.TOKEN || known.contains(SecretsFile.EDITOR);
    if (wantsToken && !keys.containsKey(SecretsFile.EDITOR)) {
      var token = SecretsFile.encode(random(TOKEN_BYTES));
      made.put(SecretsFile.EDITOR, Secrets.sha256(token));
      firstToken.write(token);
    }
    for (var name : List.of(SecretsFile.PARTICIPANT, SecretsFile.DATA)) {
      if (!keys.containsKey(name)) {
        made.put(name, random(SecretsFile.SECRET_BYTES));
      }
    }
    return made;
  }

  private byte[] random(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
