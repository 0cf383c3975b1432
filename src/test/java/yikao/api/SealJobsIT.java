package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.AMENDMENT;
import static yikao.db.jooq.Tables.FORMER_MARKING;
import static yikao.db.jooq.Tables.JOB;
import static yikao.db.jooq.Tables.PERSON_MARK;
import static yikao.db.jooq.Tables.QUESTION;
import static yikao.db.jooq.Tables.RESULT;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.access.Vault;
import yikao.db.FileBytes;
import yikao.db.Postgres;
import yikao.db.Transactions;

/** What an earlier release has stored plainly is sealed by jobs, whose rows a migration makes. */
final class SealJobsIT {
  private static final String ANSWERED = "回答里的秘密";
  private static final String REASON = "理由里的秘密";
  private static final String COMMENT = "评语里的秘密";
  private static final String RESPONSES = "[[1,1,99,[\"%s\"]]]".formatted(ANSWERED);
  private static final String MARKS = "2.000/2.000 0.000/5.000?";

  /** Of each of two quizzes, more than one step seals. */
  private static final int RESULTS = 612;

  private static final Map<Field<String>, Table<?>> TELLING =
      Map.of(
          RESULT.RESPONSES, RESULT,
          RESULT.MARKS, RESULT,
          FORMER_MARKING.MARKS, FORMER_MARKING,
          AMENDMENT.CONTENT, AMENDMENT,
          AMENDMENT.REASON, AMENDMENT,
          AMENDMENT.WITHDRAWN_REASON, AMENDMENT,
          PERSON_MARK.COMMENT, PERSON_MARK);

  @TempDir private Path folder;

  private static TestService start(Map<String, Object> database) throws Exception {
    var settings = new HashMap<>(database);
    settings.put("yikao.bank", new SmallBank().root().toString());
    settings.put("yikao.backups.every", "0s");
    return TestService.start(settings);
  }

  private static DSLContext dsl(TestService service) {
    return service.context().getBean(Transactions.class).read();
  }

  private static void storePlainly(DSLContext dsl, long quizId) {
    var now = Instant.now();
    for (var n = 0; n < RESULTS; n++) {
      dsl.insertInto(RESULT)
          .set(RESULT.QUIZ_ID, quizId + n % 2)
          .set(RESULT.ATTEMPT_ID, UUID.randomUUID())
          .set(RESULT.STATE, "submitted")
          .set(RESULT.ENDED_AT, now)
          .set(RESULT.ELAPSED_MILLIS, 1L)
          .set(RESULT.RESPONSES, n == 7 ? "[]" : RESPONSES)
          .set(RESULT.MARKS, MARKS)
          .set(RESULT.SCORE, BigDecimal.TWO)
          .set(RESULT.MAX_SCORE, BigDecimal.TEN)
          .set(RESULT.PENDING, 0)
          .set(RESULT.MARKING, 1)
          .set(RESULT.AMENDMENTS, 0)
          .execute();
      dsl.insertInto(FORMER_MARKING)
          .set(FORMER_MARKING.ATTEMPT_ID, UUID.randomUUID())
          .set(FORMER_MARKING.NUMBER, 1)
          .set(FORMER_MARKING.AMENDMENTS, 0)
          .set(FORMER_MARKING.MARKS, MARKS)
          .set(FORMER_MARKING.SCORE, BigDecimal.TWO)
          .set(FORMER_MARKING.MAX_SCORE, BigDecimal.TEN)
          .set(FORMER_MARKING.REPLACED_AT, now)
          .execute();
      dsl.insertInto(PERSON_MARK)
          .set(PERSON_MARK.ATTEMPT_ID, UUID.randomUUID())
          .set(PERSON_MARK.NUMBER, 1)
          .set(PERSON_MARK.POINTS, BigDecimal.TWO)
          .set(PERSON_MARK.COMMENT, n % 3 == 0 ? null : COMMENT)
          .set(PERSON_MARK.MARKED_AT, now)
          .execute();
    }
    var question = dsl.select(QUESTION.ID).from(QUESTION).limit(1).fetchSingle().value1();
    for (var n = 1; n < 4; n++) {
      dsl.insertInto(AMENDMENT)
          .set(AMENDMENT.QUIZ_ID, quizId)
          .set(AMENDMENT.NUMBER, n)
          .set(AMENDMENT.QUESTION_ID, question)
          .set(AMENDMENT.CONTENT, "{\"fullPoints\":true}")
          .set(AMENDMENT.REASON, REASON)
          .set(AMENDMENT.WITHDRAWN_REASON, n == 1 ? REASON : null)
          .set(AMENDMENT.CREATED_AT, now)
          .execute();
    }
  }

  private static void order(DSLContext dsl) {
    for (var kind : List.of("seal-results", "seal-former-markings", "seal-remarks")) {
      dsl.insertInto(JOB)
          .set(JOB.ID, UUID.randomUUID())
          .set(JOB.KIND, kind)
          .set(JOB.SUBJECT, "")
          .set(JOB.ACTOR, "system")
          .set(JOB.ARGUMENTS, "")
          .set(JOB.PROGRESS, "")
          .set(JOB.DONE, 0)
          .set(JOB.TOTAL, 0)
          .set(JOB.STATE, "running")
          .set(JOB.CREATED_AT, Instant.now())
          .set(JOB.UPDATED_AT, Instant.now())
          .execute();
    }
  }

  private static void store(TestService service) {
    var dsl = dsl(service);
    new Client(service.uri()).quiz(SmallBankContract.three(""));
    storePlainly(dsl, dsl.fetchSingle("select max(id) from quiz").get(0, Long.class));
  }

  private static void seals(TestService service) {
    var dsl = dsl(service);
    order(dsl);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> dsl.fetchCount(JOB, JOB.STATE.eq("running")) == 0);
    assertThat(dsl.fetch(JOB).getValues(JOB.STATE)).hasSize(3).containsOnly("done");
    TELLING.forEach((field, table) -> {
      var values = dsl.select(field).from(table).where(field.isNotNull()).fetch(field);
      assertThat(values).as(field.getName()).isNotEmpty();
      assertThat(values).as(field.getName()).allMatch(v -> Vault.isSealed(v) || v.equals("[]"));
    });
    readAsBefore(service, dsl);
  }

  private static void readAsBefore(TestService service, DSLContext dsl) {
    var vault = service.context().getBean(Vault.class);
    assertThat(dsl.fetch(RESULT))
        .hasSize(RESULTS)
        .allMatch(r -> vault.openText("marks", r.getMarks()).equals(MARKS));
    assertThat(dsl.fetch(RESULT).stream().map(r -> vault.openText("responses", r.getResponses())))
        .containsOnlyOnce("[]")
        .contains(RESPONSES);
    assertThat(dsl.fetch(AMENDMENT))
        .hasSize(3)
        .allMatch(r -> vault.openText("note", r.getReason()).equals(REASON));
    assertThat(dsl.fetchCount(AMENDMENT, AMENDMENT.WITHDRAWN_REASON.isNull())).isEqualTo(2);
    assertThat(dsl.fetchCount(PERSON_MARK, PERSON_MARK.COMMENT.isNull())).isEqualTo(RESULTS / 3);
  }

  /** And nothing of it is left in the file. */
  @Test
  void onH2_plainOnesAreSealed_andTheFileForgetsThem() throws Exception {
    var file = folder.resolve("yikao.mv.db");
    try (var service = start(Map.of("yikao.database.url", TestService.file(folder)))) {
      store(service);
      var before = FileBytes.of(file);
      for (var text : List.of(ANSWERED, REASON, COMMENT)) {
        assertThat(before.hold(text)).as(text).isTrue();
      }
      seals(service);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            var now = FileBytes.of(file);
            return !now.hold(ANSWERED) && !now.hold(REASON) && !now.hold(COMMENT);
          });
    }
  }

  @Test
  void onPostgres_plainOnesAreSealed() throws Exception {
    try (var service = start(Postgres.database())) {
      store(service);
      seals(service);
    }
  }
}
