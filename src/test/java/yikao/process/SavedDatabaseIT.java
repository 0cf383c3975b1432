package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.AMENDMENT;
import static yikao.db.jooq.Tables.JOB;
import static yikao.db.jooq.Tables.PERSON_MARK;
import static yikao.db.jooq.Tables.QUESTION_VERSION;
import static yikao.db.jooq.Tables.RESULT;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.TestService;
import yikao.access.Vault;
import yikao.api.Client;

/**
 * The service starts over data that an earlier release has left, and goes on with them. Each file
 * in {@code saved/} holds one attempt that was submitted and one that was running.
 */
final class SavedDatabaseIT {

  @TempDir private Path folder;
  private ApplicationContext context;

  @Test
  void firstRelease_goesOn() throws IOException {
    unpack("first-release.mv.db.gz");
    goesOn();
  }

  /** Stopped regularly, so that nothing is left in the journal that it still had. */
  @Test
  void thirdRelease_goesOn_andIsBackedUpBeforeItsUpgrade() throws IOException {
    unpack("third-release.mv.db.gz");
    Files.createDirectory(folder.resolve("yikao.journal"));
    goesOn();
    try (var backups = Files.list(folder.resolve("backups"))) {
      assertThat(backups).hasSize(1);
    }
  }

  /**
   * It also holds an attempt whose essay a person has marked, and of which a choice was accepted by
   * its identifier: both stay as they were.
   */
  @Test
  void fourthRelease_goesOn_withItsMarksAndAmendments() throws IOException {
    unpack("fourth-release.mv.db.gz");
    goesOn(api -> {
      var attempts = api.get("/api/quizzes/634vp4a7ax/attempts", TestService.editorToken()).json();
      assertThat(attempts.size()).isEqualTo(1);
      var attempt = attempts.get(0);
      assertThat(attempt.get("name").getStringValue()).isEqualTo("王小明");
      assertThat(attempt.get("branch").getStringValue()).isEqualTo("第一支部");
      assertThat(attempt.get("score").coerceStringValue()).isEqualTo("18.5");
      var path = "/api/attempts/%s/marks/2".formatted(attempt.get("id").getStringValue());
      var marked = "{\"points\":9,\"version\":1}";
      assertThat(api.put(path, marked, TestService.editorToken()).number("score"))
          .as("marked again, with the accepted choice")
          .isEqualByComparingTo("19");
      var amendments =
          api.get("/api/quizzes/634vp4a7ax/amendments", TestService.editorToken()).json();
      assertThat(amendments.get("entries").get(0).get("choices").get(0).getStringValue())
          .isEqualTo("1pd2lxv");
      var board = api.get("/api/quizzes/634vp4a7ax/leaderboard").json().get("entries");
      assertThat(board.get(0).get("score").coerceStringValue()).isEqualTo("19");
    });
  }

  /** What it has stored plainly, and what a person has written beside a mark. */
  @Test
  void fourthRelease_isSealed() throws IOException {
    unpack("fourth-release.mv.db.gz");
    goesOn(_ -> {
      var dsl = context.getBean(DSLContext.class);
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> dsl.fetchCount(JOB, JOB.KIND.like("seal-%").and(JOB.STATE.ne("done"))) == 0);
      assertThat(dsl.fetchCount(JOB, JOB.KIND.like("seal-%"))).isGreaterThan(1);
      assertThat(dsl.fetchCount(RESULT, Vault.isPlain(RESULT.MARKS))).isZero();
      assertThat(dsl.fetchCount(AMENDMENT)).isPositive();
      assertThat(dsl.fetchCount(AMENDMENT, Vault.isPlain(AMENDMENT.CONTENT))).isZero();
      assertThat(dsl.fetchCount(AMENDMENT, Vault.isPlain(AMENDMENT.REASON))).isZero();
      assertThat(dsl.fetchCount(PERSON_MARK, Vault.isPlain(PERSON_MARK.COMMENT))).isZero();
      assertThat(dsl.fetchCount(QUESTION_VERSION, Vault.isPlain(QUESTION_VERSION.CONTENT)))
          .isZero();
    });
  }

  /**
   * It holds an attempt whose name was corrected. What was saved by the bank's identifiers of
   * choices is shown by the letters of the paper.
   */
  @Test
  void fifthRelease_goesOn_withItsNamesAndWhatWasChosen() throws IOException {
    unpack("fifth-release.mv.db.gz");
    goesOn(api -> {
      var attempts = api.get("/api/quizzes/pwss734zhv/attempts", TestService.editorToken()).json();
      assertThat(attempts.size()).isEqualTo(1);
      assertThat(attempts.get(0).get("name").getStringValue()).isEqualTo("赵敏敏");
      var next = api.start("pwss734zhv", "saved-participant-0003", "赵敏敏", "第三支部");
      assertThat(next.json().get("number").getIntValue()).isEqualTo(2);
      var chosen = api.start(practice(api), "saved-participant-0002", "李华", "第二支部");
      assertThat(chosen.status()).as("its attempt has ended, and it may try again").isEqualTo(201);
    });
  }

  /**
   * It holds organisations, and an attempt of one of them: they are a tree with a history since.
   */
  @Test
  void sixthRelease_goesOn_withItsOrganisations() throws IOException {
    unpack("sixth-release.mv.db.gz");
    goesOn(
        "D1",
        "D2",
        api -> {
          var attempts =
              api.get("/api/quizzes/228zhee7x7/attempts", TestService.editorToken()).json();
          var last = attempts.get(attempts.size() - 1);
          assertThat(last.get("name").getStringValue()).isEqualTo("钱多多");
          assertThat(last.get("branchPath").getStringValue()).isEqualTo("城西街道党工委 / 第一党支部");
          var organisations = api.get("/api/organisations").json();
          assertThat(organisations.size()).isEqualTo(5);
          var key = "7f3d2c1b-9a8e-4d6f-8b7a-1c2d3e4f5a6b";
          assertThat(api.start("228zhee7x7", key, "钱多多", "X1").status()).isIn(201, 409);
        });
  }

  /** It holds members, of whom one has moved since the roster of their quiz was frozen. */
  @Test
  void seventhRelease_goesOn_withItsMembersAndTheirRoster() throws IOException {
    unpack("seventh-release.mv.db.gz");
    goesOn(
        "D11",
        "D12",
        api -> {
          var quiz = "ca73chy264";
          var running = "/api/attempts/01a22ddc-ed64-71e5-96e1-cb7892aabf9d";
          var token = "3EOKHr-q2SYnhI9XgDp5Mb0eSgZgiCRMM5xXfAAkqiE";
          assertThat(api.get(running, token).json().get("saved").size()).isEqualTo(1);
          var other = UUID.randomUUID().toString();
          assertThat(api.start(quiz, other, "阿依古丽•买买提", "D11").fields())
              .as("another phone")
              .containsExactly("participant.digits");
          assertThat(api.post(running + "/submission", "{}", token).status()).isEqualTo(200);
          var roster = api.get("/api/quizzes/%s/roster".formatted(quiz), TestService.editorToken());
          assertThat(roster.number("total")).isEqualByComparingTo("2");
          assertThat(roster.body()).contains("王小明", "阿依古丽·买买提", "D11").doesNotContain("D12");
          var moved =
              api.get(
                  "/api/members/01a22ddc-e66e-7b81-9183-5fe5e423903a", TestService.editorToken());
          assertThat(moved.text("organisation")).isEqualTo("D12");
          // also the one that had ended before there was a ledger, since then
          Awaitility.await()
              .atMost(30, TimeUnit.SECONDS)
              .untilAsserted(() -> assertThat(took(api, "D1", "quiz=" + quiz)).isEqualTo(2));
          var people =
              api.get("/api/ledger/D1/people?figure=took&quiz=" + quiz, TestService.editorToken());
          assertThat(people.body()).contains("\"since\":\"2026-11-30T19:");
        });
  }

  /** It holds a session that was open: it has ended since, and who was there has taken part. */
  @Test
  void eighthRelease_goesOn_andItsSessionHasEnded() throws IOException {
    unpack("eighth-release.mv.db.gz");
    goesOn(
        "D21",
        "D22",
        api -> {
          var sitting = "/api/sittings/01a22fca-788f-72dc-bd7e-9161b9c1002e";
          Awaitility.await()
              .atMost(30, TimeUnit.SECONDS)
              .until(() ->
                  api.get(sitting + "/state", TestService.editorToken())
                      .text("phase")
                      .equals("ended"));
          var attempt = "/api/attempts/01a22fca-7d96-7576-be4d-6e6e336c0c24";
          var token = "tGf6xtPbw11i5gOD7wVeLyV1ve09WlhQqAdPsE5OsTo";
          assertThat(api.get(attempt, token).text("state")).isEqualTo("expired");
          Awaitility.await()
              .atMost(30, TimeUnit.SECONDS)
              .untilAsserted(
                  () -> assertThat(took(api, "D20", "sittings=true&quiz=vtang74mv7")).isEqualTo(1));
        });
  }

  private static int took(Client api, String organisation, String query) {
    var ledger =
        api.get("/api/ledger/%s?%s".formatted(organisation, query), TestService.editorToken());
    assertThat(ledger.status()).as(ledger.body()).isEqualTo(200);
    return ledger.json().get("total").get("took").getIntValue();
  }

  /** Killed, so that attempts are in its journal and not in its database's file. */
  @Test
  void secondReleaseKilled_isRefusedWithWhatToDo() throws IOException {
    Files.createDirectory(folder.resolve("yikao.journal"));
    try (var saved = new ZipInputStream(saved("second-release-killed.zip"))) {
      for (var entry = saved.getNextEntry(); entry != null; entry = saved.getNextEntry()) {
        Files.copy(saved, folder.resolve(entry.getName()));
      }
    }
    var file = Files.readAllBytes(folder.resolve("yikao.mv.db"));
    var data = Files.createDirectories(folder.resolve("data"));
    var service =
        ServiceProcess.launch(data, Map.of("yikao.database.url", TestService.file(folder)));
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> !service.process().isAlive());
    assertThat(service.process().exitValue()).isEqualTo(1);
    assertThat(service.log())
        .contains("Start that release once", "SIGTERM")
        .doesNotContain("\tat ");
    assertThat(Files.readAllBytes(folder.resolve("yikao.mv.db"))).isEqualTo(file);
  }

  private void unpack(String name) throws IOException {
    try (var saved = saved(name);
        var unpacked = new GZIPInputStream(saved)) {
      Files.copy(unpacked, folder.resolve("yikao.mv.db"));
    }
  }

  private static InputStream saved(String name) {
    return Objects.requireNonNull(SavedDatabaseIT.class.getResourceAsStream("/saved/" + name));
  }

  private void goesOn() {
    goesOn(_ -> {});
  }

  private void goesOn(Consumer<Client> more) {
    goesOn("第一支部", "第二支部", more);
  }

  private void goesOn(String first, String second, Consumer<Client> more) {
    try (var service =
        TestService.start(
            Map.of(
                "yikao.database.url",
                TestService.file(folder),
                "yikao.data",
                folder.toString(),
                // so that no backup is there but the upgrade's
                "yikao.backups.every",
                "0s"))) {
      context = service.context();
      var api = new Client(service.uri());
      var quiz = practice(api);
      var running = api.start(quiz, "saved-participant-0002", "李华", second);
      assertThat(running.status()).as("it was running").isEqualTo(200);
      var saved = running.json().get("saved").get(0);
      assertThat(saved.get("sequence").getIntValue()).isEqualTo(3);
      assertThat(saved.get("choices").get(0).getStringValue()).matches("[A-H]");
      assertThat(api.submit(running, "{}").status()).isEqualTo(200);
      var board = api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json();
      assertThat(board.get("total").getIntValue()).isEqualTo(2);
      var again = api.start(quiz, "saved-participant-0001", "王小明", first);
      assertThat(again.json().get("number").getIntValue()).as("the second try").isEqualTo(2);
      more.accept(api);
    }
  }

  private static String practice(Client api) {
    var quizzes = api.get("/api/quizzes").json();
    for (var i = 0; i < quizzes.size(); i++) {
      if (quizzes.get(i).get("title").getStringValue().endsWith("练习")) {
        return quizzes.get(i).get("id").getStringValue();
      }
    }
    throw new AssertionError(quizzes);
  }
}
