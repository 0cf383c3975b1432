package yikao.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.AUDIT_ENTRY;
import static yikao.db.jooq.Tables.AUDIT_HEAD;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yikao.audit.AuditBreak.Kind;
import yikao.audit.AuditLog.Change;
import yikao.audit.AuditLog.Sought;
import yikao.db.BareDatabase;

/** The chain of the audit log, on every database: what is changed, removed or cut off is seen. */
abstract class AuditContract {
  private static final int ENTRIES = 12;

  private BareDatabase database;
  private AuditLog log;

  abstract BareDatabase open() throws Exception;

  @BeforeEach
  void start() throws Exception {
    database = open();
    log = new AuditLog(database.transactions(), AuditContract::digest, database.clock());
    IntStream.rangeClosed(1, ENTRIES).forEach(this::append);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  static byte[] digest(String purpose, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(purpose.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void append(int number) {
    database
        .transactions()
        .write(dsl -> {
          log.append(
              dsl,
              new Change(
                  "account:a" + number % 2,
                  "127.0.0.1",
                  "organisation.rename",
                  "organisation:" + number % 3,
                  "甲" + number,
                  "乙" + number));
          return true;
        });
  }

  private void change(Runnable spoiling) {
    assertThat(log.verify(List.of())).isEmpty();
    spoiling.run();
  }

  @Test
  void chain_thatNobodyTouched_isWhole() {
    assertThat(log.verify(List.of(log.head()))).isEmpty();
    assertThat(log.head().number()).isEqualTo(ENTRIES);
  }

  @Test
  void entry_ofWhichOneCharacterWasChanged_isNamed() {
    change(() ->
        database
            .transactions()
            .read()
            .update(AUDIT_ENTRY)
            .set(AUDIT_ENTRY.AFTER_TEXT, "乙8")
            .where(AUDIT_ENTRY.NUMBER.eq(7L))
            .execute());
    assertThat(log.verify(List.of())).contains(new AuditBreak(7, Kind.CHANGED));
  }

  /** What moves from one field into the next is another entry. */
  @Test
  void entry_whoseTextMovedToTheNextField_isNamed() {
    change(() ->
        database
            .transactions()
            .read()
            .update(AUDIT_ENTRY)
            .set(AUDIT_ENTRY.BEFORE_TEXT, "甲3乙")
            .set(AUDIT_ENTRY.AFTER_TEXT, "3")
            .where(AUDIT_ENTRY.NUMBER.eq(3L))
            .execute());
    assertThat(log.verify(List.of())).contains(new AuditBreak(3, Kind.CHANGED));
  }

  @Test
  void entry_thatWasRemoved_isNamed() {
    change(() ->
        database
            .transactions()
            .read()
            .deleteFrom(AUDIT_ENTRY)
            .where(AUDIT_ENTRY.NUMBER.eq(5L))
            .execute());
    assertThat(log.verify(List.of())).contains(new AuditBreak(5, Kind.MISSING));
  }

  /** Whoever cuts the end off may also mend the head in the database, but not the exported one. */
  @Test
  void end_thatWasCutOff_isSeen() {
    var exported = log.head();
    change(() -> cutOff(9));
    assertThat(log.verify(List.of())).contains(new AuditBreak(10, Kind.CUT_OFF));
    mendHead(9);
    assertThat(log.verify(List.of())).as("nothing else knows").isEmpty();
    assertThat(log.verify(List.of(exported))).contains(new AuditBreak(10, Kind.CUT_OFF));
  }

  /** A backup of yesterday that was written on is another chain from there. */
  @Test
  void end_thatWasWrittenAnew_isSeen() {
    var exported = log.head();
    cutOff(9);
    mendHead(9);
    IntStream.rangeClosed(20, 25).forEach(this::append);
    assertThat(log.verify(List.of())).isEmpty();
    assertThat(log.verify(List.of(exported))).contains(new AuditBreak(ENTRIES, Kind.REPLACED));
  }

  private void cutOff(long last) {
    database
        .transactions()
        .read()
        .deleteFrom(AUDIT_ENTRY)
        .where(AUDIT_ENTRY.NUMBER.gt(last))
        .execute();
  }

  private void mendHead(long last) {
    var dsl = database.transactions().read();
    var link =
        dsl.select(AUDIT_ENTRY.LINK)
            .from(AUDIT_ENTRY)
            .where(AUDIT_ENTRY.NUMBER.eq(last))
            .fetchSingle()
            .value1();
    dsl.update(AUDIT_HEAD).set(AUDIT_HEAD.NUMBER, last).set(AUDIT_HEAD.LINK, link).execute();
  }

  /** Many who append at once come one after the other, and none is lost. */
  @Test
  void appending_byManyAtOnce_leavesAWholeChain() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      var waiting =
          IntStream.range(0, 60).mapToObj(n -> threads.submit(() -> append(100 + n))).toList();
      for (var one : waiting) {
        one.get();
      }
    }
    assertThat(log.head().number()).isEqualTo(ENTRIES + 60L);
    assertThat(log.verify(List.of())).isEmpty();
  }

  /** An entry of a transaction that fails is not there. */
  @Test
  void appending_inATransactionThatFails_leavesNothing() {
    try {
      database
          .transactions()
          .write(dsl -> {
            log.append(dsl, new Change("system", "", "x", "y", "", ""));
            throw new IllegalArgumentException("as wanted");
          });
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessage("as wanted");
    }
    assertThat(log.head().number()).isEqualTo(ENTRIES);
    assertThat(log.verify(List.of())).isEmpty();
  }

  @Test
  void entries_areFoundBySubjectAndActor_theNewestFirst() {
    var any = new Sought(Optional.empty(), Optional.empty());
    assertThat(log.find(any, Optional.empty(), 5))
        .extracting(AuditEntry::number)
        .containsExactly(12L, 11L, 10L, 9L, 8L);
    assertThat(log.find(any, Optional.of(3L), 5))
        .extracting(AuditEntry::number)
        .containsExactly(2L, 1L);
    assertThat(
            log.find(
                new Sought(Optional.of("organisation:0"), Optional.of("account:a1")),
                Optional.empty(),
                50))
        .extracting(AuditEntry::number)
        .containsExactly(9L, 3L);
  }

  /** A text longer than its column is cut, between characters. */
  @Test
  void longText_isCut() {
    var text = "𠮷".repeat(AuditLog.MOST_TEXT);
    database
        .transactions()
        .write(dsl -> {
          log.append(dsl, new Change("system", "", "x", "y", text, "a" + text));
          return true;
        });
    var entry = log.find(new Sought(Optional.empty(), Optional.empty()), Optional.empty(), 1);
    assertThat(entry.getFirst().before()).isEqualTo("𠮷".repeat(AuditLog.MOST_TEXT / 2));
    assertThat(entry.getFirst().after()).isEqualTo("a" + "𠮷".repeat(AuditLog.MOST_TEXT / 2 - 1));
    assertThat(log.verify(List.of())).isEmpty();
  }
}
