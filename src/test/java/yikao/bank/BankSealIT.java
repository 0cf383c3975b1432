package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.bank.Folders.question;
import static yikao.db.jooq.Tables.BANK_REVISION;
import static yikao.db.jooq.Tables.QUESTION_VERSION;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.access.Vault;
import yikao.db.Postgres;
import yikao.db.Transactions;

/** A bank that an earlier release has stored plainly is sealed at the start, and stays the same. */
class BankSealIT {
  /** More than are sealed in one transaction. */
  private static final int QUESTIONS = 1_203;

  @TempDir Path root;

  private TestService start(Map<String, Object> database) {
    var settings = new HashMap<>(database);
    settings.put("yikao.bank", root.toString());
    return TestService.start(settings);
  }

  private static DSLContext dsl(TestService service) {
    return service.context().getBean(Transactions.class).read();
  }

  private static Map<Integer, String> digests(TestService service) {
    return dsl(service)
        .selectFrom(QUESTION_VERSION)
        .fetchMap(QUESTION_VERSION.ID, QUESTION_VERSION.DIGEST);
  }

  private static long plain(TestService service) {
    return dsl(service).fetchCount(QUESTION_VERSION, Vault.isPlain(QUESTION_VERSION.CONTENT));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As an earlier release has left it; or, of the first, as a kill while it was sealed has. */
  private void open(TestService service, int from) {
    var vault = service.context().getBean(Vault.class);
    for (var row :
        dsl(service).selectFrom(QUESTION_VERSION).where(QUESTION_VERSION.ID.gt(from)).fetch()) {
      var content = vault.openText("question", row.getContent());
      assertThat(content).startsWith("{").endsWith("}");
      dsl(service)
          .update(QUESTION_VERSION)
          .set(QUESTION_VERSION.CONTENT, content)
          .set(QUESTION_VERSION.DIGEST, sha256(content))
          .where(QUESTION_VERSION.ID.eq(row.getId()))
          .execute();
    }
    dsl(service)
        .update(BANK_REVISION)
        .set(BANK_REVISION.FINGERPRINT, Fingerprint.of(root).orElseThrow())
        .execute();
  }

  private void sealsWhatIsPlain(Map<String, Object> database) {
    new Folders(root)
        .questions(
            IntStream.range(0, QUESTIONS)
                .mapToObj(n -> question(n, "判断", "如此这般第%d说。".formatted(n), "答案: 对"))
                .toArray(String[]::new));
    Map<Integer, String> before;
    try (var service = start(database)) {
      before = digests(service);
      assertThat(before).hasSize(QUESTIONS);
      assertThat(plain(service)).as("a new database never holds one").isZero();
    }
    for (var from : new int[] {0, 100}) {
      try (var service = start(database)) {
        open(service, from);
        assertThat(plain(service)).isGreaterThan(QUESTIONS - 101L);
        assertThat(service.context().getBean(QuestionStore.class).published(dsl(service)))
            .as("read as it is")
            .hasSize(QUESTIONS);
      }
      try (var service = start(database)) {
        assertThat(plain(service)).isZero();
        assertThat(digests(service)).isEqualTo(before);
        var bank = service.context().getBean(Bank.class);
        assertThat(bank.pool().size()).isEqualTo(QUESTIONS);
        assertThat(bank.pool().revision()).as("no question has changed").isOne();
        assertThat(dsl(service).fetchValue(BANK_REVISION.FINGERPRINT))
            .isNotNull()
            .isNotEqualTo(Fingerprint.of(root).orElseThrow());
      }
    }
  }

  @Test
  void onH2_plainOnesAreSealed() {
    sealsWhatIsPlain(Map.of("yikao.database.url", TestService.memory()));
  }

  @Test
  void onPostgres_plainOnesAreSealed() throws Exception {
    sealsWhatIsPlain(Postgres.database());
  }
}
