package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.access.Actor;
import yikao.api.Client.Reply;
import yikao.attempt.Attempts;
import yikao.db.Job;
import yikao.db.Jobs;
import yikao.db.Transactions;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.quiz.Entrant;
import yikao.quiz.QuizEdit.WindowMoves;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/** When a quiz is open: one rule for all, and no way back once keys were shown. */
abstract class WindowContract extends SmallBankContract {
  private static final String AFTER_WINDOW = ",\"reveal\":{\"when\":\"after-window\"}";

  private static String closing(String at, String more) {
    return three("\"closes\":\"%s\"%s".formatted(at, more));
  }

  private Reply edit(String quiz, String spec) {
    return staff("PUT", "/api/quizzes/" + quiz, spec);
  }

  private Instant closes(String quiz) {
    return Instant.parse(api.get("/api/quizzes/" + quiz).text("closes"));
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  // keys out while others answer

  @Test
  void finishingAfterTheClose_needsALimitOfTime() {
    var spec = closing(inMinutes(10), ",\"atClose\":\"finish\"");
    assertRefused(staff("POST", "/api/quizzes", spec), "atClose");
    var quiz = api.quiz(closing(inMinutes(10), ",\"atClose\":\"finish\",\"timeLimitMinutes\":5"));
    assertRefused(edit(quiz, spec), "atClose");
  }

  @Test
  void finishingAfterTheClose_keysWaitForTheLast() {
    for (var reveal : new String[] {AFTER_WINDOW, ",\"tries\":2"}) {
      var quiz =
          api.quiz(
              closing(inMinutes(10), ",\"atClose\":\"finish\",\"timeLimitMinutes\":30" + reveal));
      var done = started(quiz);
      handIn(done, "{}");
      forwardMinutes(9);
      var last = started(quiz);
      forwardMinutes(29);
      assertThat(api.save(last, 1, chosen(last, 1, 1, SmallBank.RIGHT)).status()).isEqualTo(204);
      assertThat(shown(done)).as(reveal).isNotEqualTo("review");
      forwardMinutes(3);
      assertThat(shown(done)).as(reveal).isEqualTo("review");
      expired(last);
    }
  }

  @Test
  void keysShown_windowNeitherOpensAgainNorIsExtended() {
    for (var reveal : new String[] {AFTER_WINDOW, ",\"tries\":2"}) {
      var quiz = api.quiz(closing(inMinutes(10), reveal));
      var done = started(quiz);
      handIn(done, "{}");
      forwardMinutes(11);
      assertThat(shown(done)).isEqualTo("review");
      assertClosedForGood(quiz, reveal);
    }
  }

  /** In two steps neither: first to hide the keys, then to open again. */
  @Test
  void keysShown_thenHidden_windowStaysClosed() {
    var quiz = api.quiz(closing(inMinutes(10), AFTER_WINDOW));
    handIn(started(quiz), "{}");
    var closes = closes(quiz).toString();
    forwardMinutes(11);
    var hidden = ",\"reveal\":{\"what\":\"score\",\"when\":\"after-window\"}";
    assertThat(edit(quiz, closing(closes, hidden)).status()).isEqualTo(200);
    assertClosedForGood(quiz, hidden);
  }

  private void assertClosedForGood(String quiz, String reveal) {
    assertRefused(edit(quiz, closing(inMinutes(30), reveal)), "closes");
    var longer = closing(closes(quiz).toString(), ",\"graceSeconds\":600" + reveal);
    assertRefused(edit(quiz, longer), "graceSeconds");
    assertProblem(extend(quiz, 30, now().minus(minutes(20)), 0, ""), 409, "extension.keys-shown");
    assertProblem(api.start(quiz), 409, "quiz-closed");
  }

  /** Before anybody started, a window that was written wrongly is put right, and counts. */
  @Test
  void neverStarted_windowOpensAgain_andIsExtendedAsAnyOther() {
    var quiz = api.quiz(closing(inMinutes(10), AFTER_WINDOW));
    forwardMinutes(11);
    var edited = edit(quiz, closing(inMinutes(10), AFTER_WINDOW));
    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    var running = started(quiz);
    assertMoved(extend(quiz, 30, now(), 0, ""), 1, 0, 0, 0);
    assertThat(deadline(running)).isEqualTo(closes(quiz));
  }

  // the window moves

  @Test
  void closesLater_forThoseWhoHaveStarted_andForAllOthers() {
    var quiz = api.quiz(closing(inMinutes(10), ""));
    var running = started(quiz);
    var later = now().plus(minutes(25));
    var edited = edit(quiz, closing(later.toString(), ""));
    assertThat(edited.has("moves")).as(edited.body()).isTrue();
    assertThat(deadline(running)).isEqualTo(later);
    var moved = staff("/api/jobs/%s/result".formatted(edited.text("moves")));
    assertMoved(moved, 1, 0, 0, 0);
    forwardMinutes(20);
    assertThat(api.save(running, 1, chosen(running, 1, 1, SmallBank.RIGHT)).status())
        .isEqualTo(204);
    assertThat(deadline(started(quiz))).isEqualTo(later);
  }

  @Test
  void closesLater_theLimitStillBinds() {
    var quiz = api.quiz(closing(inMinutes(10), ",\"timeLimitMinutes\":15"));
    var running = started(quiz);
    var start = Instant.parse(running.text("startedAt"));
    assertThat(deadline(running)).isEqualTo(closes(quiz));
    edit(quiz, closing(inMinutes(60), ",\"timeLimitMinutes\":15"));
    assertThat(deadline(running)).isEqualTo(start.plus(minutes(15)));
  }

  @Test
  void noCloseAnyMore_endsNobody() {
    var quiz = api.quiz(closing(inMinutes(10), ""));
    var running = started(quiz);
    var edited = edit(quiz, three(""));
    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    assertThat(current(running).has("deadline")).isFalse();
    forwardMinutes(30);
    assertThat(handIn(running, "{}").text("state")).isEqualTo("submitted");
  }

  @Test
  void extensionBeforeTheClose_helpsWhoStartsInItsLastSecondsAndWhoCouldNotStart() {
    var quiz = api.quiz(closing(inMinutes(10), ",\"timeLimitMinutes\":60"));
    var closes = closes(quiz);
    var early = started(quiz);
    forwardMinutes(5);
    assertMoved(extend(quiz, 20, now(), 0, ""), 1, 0, 0, 0);
    var later = closes.plus(minutes(20));
    assertThat(closes(quiz)).isEqualTo(later);
    assertThat(deadline(early)).isEqualTo(later);
    forward(Duration.between(now(), closes).minusSeconds(2));
    assertThat(deadline(started(quiz))).as("in the last seconds").isEqualTo(later);
    forwardMinutes(5);
    assertThat(deadline(started(quiz))).as("after the old close").isEqualTo(later);
  }

  @Test
  void extensionAfterTheClose_letsThemStartWhoCouldNot() {
    var quiz = api.quiz(closing(inMinutes(10), ",\"tries\":1,\"reveal\":{\"what\":\"score\"}"));
    var since = now();
    var cut = started(quiz);
    forwardMinutes(15);
    expired(cut);
    assertProblem(api.start(quiz), 409, "quiz-closed");
    assertMoved(extend(quiz, 20, since, 0, ""), 0, 0, 1, 0);
    assertThat(deadline(started(quiz))).isEqualTo(deadline(cut)).isEqualTo(closes(quiz));
  }

  /** Time that was given counts for those who had started by then, once. */
  @Test
  void extensions_addUpForWhoHadStarted() {
    var quiz = api.quiz(three("\"timeLimitMinutes\":10"));
    var before = started(quiz);
    assertMoved(extend(quiz, 5, now(), 0, ""), 1, 0, 0, 0);
    forward(Duration.ofSeconds(1));
    var between = started(quiz);
    forward(Duration.ofSeconds(1));
    assertMoved(extend(quiz, 7, now(), 1, ""), 2, 0, 0, 0);
    assertThat(deadline(before))
        .isEqualTo(Instant.parse(before.text("startedAt")).plus(minutes(22)));
    assertThat(deadline(between))
        .isEqualTo(Instant.parse(between.text("startedAt")).plus(minutes(17)));
  }

  /** What moved before the keys were out took nobody's way back. */
  @Test
  void extendedTwice_whoStartedFirstIsReopenedToo() {
    var quiz = api.quiz(closing(inMinutes(10), ",\"timeLimitMinutes\":5" + AFTER_WINDOW));
    var since = now();
    var started = started(quiz);
    assertMoved(extend(quiz, 30, now(), 0, ""), 1, 0, 0, 0);
    forwardMinutes(36);
    expired(started);
    assertThat(shown(started)).isEqualTo("nothing");
    assertMoved(extend(quiz, 30, since, 1, ""), 0, 0, 1, 0);
  }

  /** Those who could not start are helped as those who could. */
  @Test
  void extension_movesUntilWhenAttemptsStart() {
    var until = now().plus(minutes(5));
    var quiz = api.quiz(closing(inMinutes(30), ",\"startsUntil\":\"%s\"".formatted(until)));
    forwardMinutes(6);
    assertProblem(api.start(quiz), 409, "no-new-starts");
    assertMoved(extend(quiz, 10, now(), 0, ""), 0, 0, 0, 0);
    assertThat(api.get("/api/quizzes/" + quiz).text("startsUntil"))
        .isEqualTo(until.plus(minutes(10)).toString());
    started(quiz);
    forwardMinutes(10);
    assertProblem(api.start(quiz), 409, "no-new-starts");
    var open = api.quiz(three("\"startsUntil\":\"%s\"".formatted(now())));
    assertMoved(extend(open, 10, now(), 0, ""), 0, 0, 0, 0);
    assertThat(api.get("/api/quizzes/" + open).has("closes")).isFalse();
    started(open);
  }

  @Test
  void freshPapers_areRefusedWhereNobodyMayStartThem() {
    for (var end : List.of("closes", "startsUntil")) {
      var until = "\"%s\":\"%s\"".formatted(end, inMinutes(5));
      var quiz = api.quiz(three(until + ",\"timeLimitMinutes\":1,\"tries\":1"));
      var since = now();
      var key = secret();
      var started = started(quiz, key, "王小明", "第一支部");
      forwardMinutes(20);
      expired(started);
      assertRefused(extend(quiz, 10, since, 0, ",\"freshPapers\":true"), "freshPapers");
      assertThat(revision(quiz)).as("nothing has changed").isEqualTo(1);
      assertMoved(extend(quiz, 30, since, 0, ",\"freshPapers\":true"), 0, 0, 0, 1);
      started(quiz, key, "王小明", "第一支部");
    }
  }

  /** A start that was under way when time was given does not miss it. */
  @Test
  void startUnderWay_thatKnowsOfNoExtension_isNotStored() {
    var quiz = api.quiz(three("\"timeLimitMinutes\":10"));
    var before = bean(Quizzes.class).get(quiz);
    assertMoved(extend(quiz, 5, now(), 0, ""), 0, 0, 0, 0);
    var participant = new Participant(UUID.randomUUID(), "王小明", new Branch.Named("第一支部"));
    assertThatThrownBy(() -> bean(Attempts.class).start(before, Entrant.of(participant)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("quiz-changed"));
    assertThat(revision(quiz)).isEqualTo(2);
    started(quiz);
  }

  /** Who expired so early that even the minutes given do not reach is counted, not passed over. */
  @Test
  void extension_thatDoesNotReach_saysHowManyStayExpired() {
    var quiz = api.quiz(three("\"timeLimitMinutes\":1,\"reveal\":{\"what\":\"score\"}"));
    var since = now();
    var early = started(quiz);
    forwardMinutes(20);
    expired(early);
    var late = started(quiz);
    forwardMinutes(2);
    expired(late);
    var moved = extend(quiz, 10, since, 0, "");
    assertMoved(moved, 0, 0, 1, 0);
    assertThat(moved.number("tooLate")).isEqualByComparingTo("1");
    assertThat(current(early).text("state")).isEqualTo("expired");
    assertThat(current(late).text("state")).isEqualTo("running");
  }

  /** A step that follows a window does so after whoever moves it just then. */
  @Test
  void deadlinesFollow_theNewestWindow_whileItMoves() throws Exception {
    var quiz = api.quiz(closing(inMinutes(60), ""));
    var started = started(quiz);
    var at = now().plus(minutes(10));
    var closing = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var moving = threads.submit(() -> closeSlowly(quiz, at, closing, goOn));
      assertThat(closing.await(20, TimeUnit.SECONDS)).isTrue();
      var job =
          bean(Transactions.class)
              .write(dsl -> bean(WindowMoves.class).order(dsl, Actor.SYSTEM, quiz));
      var following = threads.submit(() -> bean(Jobs.class).run(job, minutes(1)).state());
      try {
        assertThatThrownBy(() -> following.get(1, TimeUnit.SECONDS))
            .as("waits for the window")
            .isInstanceOf(TimeoutException.class);
      } finally {
        goOn.countDown();
      }
      assertThat(moving.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(following.get(20, TimeUnit.SECONDS)).isEqualTo(Job.State.DONE);
    }
    assertThat(deadline(started)).isEqualTo(at);
  }

  /** Once the keys may be out nothing is taken, though the job that cuts attempts is late. */
  @Test
  void quizOver_takesNoAnswers_beforeItsAttemptsAreCut() {
    for (var more : List.of("", ",\"atClose\":\"finish\",\"timeLimitMinutes\":30")) {
      var quiz = api.quiz(closing(inMinutes(60), more));
      var started = started(quiz);
      var own = deadline(started);
      var beyond = more.isEmpty() ? Duration.ZERO : minutes(30);
      var close = more.isEmpty() ? now().plus(minutes(10)) : now().minusSeconds(60);
      assertThat(closeSlowly(quiz, close, new CountDownLatch(1), new CountDownLatch(0))).isTrue();
      var end = close.plus(beyond);
      forward(Duration.between(now(), end).plusSeconds(2));
      var saved = api.save(started, 1, chosen(started, 1, 1, SmallBank.RIGHT));
      assertThat(saved.status()).as("within the grace").isEqualTo(204);
      assertThat(deadline(started)).isEqualTo(own);
      forward(Duration.ofSeconds(4));
      assertProblem(api.save(started, 2, chosen(started, 2, 1, SmallBank.RIGHT)), 409, "too-late");
      assertThat(handIn(started, allRight(started)).text("state")).isEqualTo("expired");
      assertThat(api.review(started).number("score")).isEqualByComparingTo("10");
      assertThat(current(started).text("endedAt")).isEqualTo(end.toString());
    }
  }

  /** Closes without what makes deadlines follow, and takes its time. */
  private boolean closeSlowly(
      String quiz, Instant at, CountDownLatch closing, CountDownLatch goOn) {
    var quizzes = bean(Quizzes.class);
    return quizzes.close(
        Actor.SYSTEM,
        quizzes.get(quiz),
        1,
        "清场",
        (dsl, held) -> at,
        dsl -> {
          closing.countDown();
          try {
            return goOn.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  // closing

  @Test
  void quizWithoutAnEnd_isClosedWithNoticeToWhoIsAnswering() {
    var quiz = api.quiz(three(""));
    var running = started(quiz);
    api.save(running, 1, chosen(running, 1, 1, SmallBank.RIGHT));
    var asked = now();
    assertMoved(close(quiz, 1, ""), 0, 1, 0, 0);
    var end = closes(quiz);
    assertThat(Duration.between(asked, end)).isBetween(minutes(1), Duration.ofSeconds(90));
    var saved = api.save(running, 2, chosen(running, 2, 1, SmallBank.RIGHT));
    assertThat(saved.status()).isEqualTo(204);
    assertThat(saved.headers().get("yikao-deadline")).containsExactly(end.toString());
    forwardMinutes(3);
    assertProblem(api.start(quiz), 409, "quiz-closed");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> rows(board(quiz, "")).equals(List.of("1 王*明 20")));
    expired(running);
  }

  @Test
  void closing_whereNobodyAnswers_isAtOnce() {
    var quiz = api.quiz(three(""));
    handIn(started(quiz), "{}");
    assertMoved(close(quiz, 1, ""), 0, 0, 0, 0);
    assertProblem(api.start(quiz), 409, "quiz-closed");
  }

  @Test
  void closing_cutsOnlyWhoWouldAnswerLonger() {
    var quiz = api.quiz(closing(inMinutes(120), ",\"timeLimitMinutes\":30"));
    var first = started(quiz);
    var own = deadline(first);
    forwardMinutes(20);
    var second = started(quiz);
    var at = now().plus(minutes(15));
    assertMoved(close(quiz, 1, ",\"at\":\"%s\"".formatted(at)), 0, 1, 0, 0);
    assertThat(deadline(first)).isEqualTo(own);
    assertThat(deadline(second)).isEqualTo(at);
  }

  @Test
  void closing_isRefusedWithoutNotice_laterThanTheEnd_orUnseen() {
    var quiz = api.quiz(closing(inMinutes(60), ""));
    var running = started(quiz);
    var end = deadline(running);
    assertRefused(close(quiz, 1, ",\"at\":\"%s\"".formatted(now().plusSeconds(30))), "at");
    assertRefused(close(quiz, 1, ",\"at\":\"%s\"".formatted(inMinutes(90))), "at");
    assertThat(close(quiz, 2, "").status()).isEqualTo(412);
    var path = "/api/quizzes/%s/closing".formatted(quiz);
    assertRefused(staff("POST", path, "{\"revision\":1}"), "reason");
    assertRefused(staff("POST", path, "{\"reason\":\"清场\"}"), "revision");
    assertThat(api.post(path, "{\"revision\":1,\"reason\":\"x\"}", running.text("token")).status())
        .isEqualTo(403);
    assertThat(deadline(running)).isEqualTo(end);
    assertThat(revision(quiz)).isEqualTo(1);
  }

  /** Keys that were shown by an early close are as seen as by any other. */
  @Test
  void closedEarly_keysShown_nothingIsReopened() {
    var quiz = api.quiz(closing(inMinutes(120), ",\"tries\":2"));
    var since = now();
    var running = started(quiz);
    close(quiz, 1, "");
    forwardMinutes(5);
    expired(running);
    assertThat(shown(running)).isEqualTo("review");
    assertProblem(extend(quiz, 60, since, 0, ""), 409, "extension.keys-shown");
    assertRefused(edit(quiz, closing(inMinutes(120), ",\"tries\":2")), "closes");
    assertProblem(
        api.save(running, 1, chosen(running, 1, 1, SmallBank.RIGHT)), 409, "attempt-ended");
  }

  @Test
  void noNewStarts_whileThoseWhoRunGoOn() {
    var quiz = api.quiz(three(""));
    var key = secret();
    var running = started(quiz, key, "王小明", "第一支部");
    var edited = edit(quiz, three("\"startsUntil\":\"%s\"".formatted(now())));
    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    assertThat(edited.json().get("open").getBooleanValue()).isFalse();
    assertProblem(api.start(quiz), 409, "no-new-starts");
    var resumed = api.start(quiz, key, "王小明", "第一支部");
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(resumed.text("id")).isEqualTo(running.text("id"));
    forwardMinutes(60);
    assertThat(handIn(resumed, allRight(resumed)).number("score")).isEqualByComparingTo("30");
    edit(quiz, three(""));
    assertThat(api.start(quiz).status()).isEqualTo(201);
  }

  @Test
  void editAndClose_namesTheRevisionThatWasSeen() {
    var quiz = api.quiz(three(""));
    var path = "/api/quizzes/" + quiz;
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("If-Match", "\"1\"");
    assertThat(api.send("PUT", path, three("\"tries\":3"), headers).status()).isEqualTo(200);
    assertProblem(api.send("PUT", path, three("\"tries\":4"), headers), 412, "quiz.stale");
    assertThat(api.get(path).number("tries")).isEqualByComparingTo("3");
  }
}
