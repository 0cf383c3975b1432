package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the paper does on a poor network and at the deadline. */
class SavingIT extends BrowserTest {
  private static final String SAVES = "**/api/attempts/*/responses/*";
  private static final String SCRIPTS = "**/assets/*/*.js";

  private Page started(String settings) {
    var page = phone();
    start(page, service.createQuiz(SMALL_QUIZ.formatted(settings)));
    return page;
  }

  /** Gives a quiz ten minutes more, while its pages know nothing of it. */
  private void extend(String quiz, Instant since) {
    var extended =
        service.edit(
            "POST",
            "/api/quizzes/%s/extensions".formatted(quiz),
            "{\"minutes\":10,\"since\":\"%s\",\"reason\":\"停电\",\"extensions\":0}"
                .formatted(since));
    assertThat(extended.statusCode()).as(extended.body()).isEqualTo(200);
  }

  private static String closing(Instant closes, int graceSeconds) {
    return SMALL_QUIZ.formatted(
        "\"closes\":\"%s\",\"graceSeconds\":%d,\"reveal\":{\"what\":\"score\"},"
            .formatted(closes, graceSeconds));
  }

  private static List<String> submissions(Page page) {
    var seen = new CopyOnWriteArrayList<String>();
    page.onRequest(request -> {
      if (request.url().endsWith("/submission")) {
        seen.add(request.url());
      }
    });
    return seen;
  }

  private void assertGoesOn(Page page) {
    assertThat(page.locator("[data-left]"))
        .hasText(
            Pattern.compile("剩余 (10:0|9:)\\d+"),
            new LocatorAssertions.HasTextOptions().setTimeout(30_000));
    assertThat(page.locator("[data-handing]")).isHidden();
    assertThat(page.locator("[data-finish]")).isVisible();
    assertThat(question(page, 1)).isEnabled();
  }

  /** The result says that the deadline came; after an extension the answer is there, and saved. */
  private void assertSavedOnceReopened(Page page, String quiz, Instant since) {
    page.waitForURL("**/result", new Page.WaitForURLOptions().setTimeout(30_000));
    assertThat(page.locator(".notice")).containsText("作答时间已到");
    assertThat(page.evaluate("localStorage.length")).isEqualTo(1);
    extend(quiz, since);
    page.unrouteAll();
    page.reload();
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    assertSaved(page, 1);
    assertGoesOn(page);
    page.reload();
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    assertSaved(page, 1);
  }

  private void assertSaved(Page page, int number) {
    assertThat(question(page, number).locator("[data-state]")).hasText("✓ 已保存");
  }

  private void assertUnsaved(Page page, int number) {
    assertThat(question(page, number).locator("[data-state]")).containsText("尚未保存");
  }

  /** Waits while the browser's events are handled. */
  private static void until(Page page, BooleanSupplier condition) {
    page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(20_000));
  }

  @Test
  void aReloadKeepsTheAnswers() {
    var page = started("");
    answerAll(page, SMALL_QUIZ_QUESTIONS);
    assertThat(page.locator("[data-saving]")).hasText("✓ 已全部保存");
    page.reload();
    assertThat(page.locator("[data-answered]")).hasText("7");
    assertThat(question(page, 3).locator("input[type=checkbox]").nth(1)).isChecked();
    assertThat(question(page, 7).locator("input[type=text]").first()).hasValue("答案");
    assertSaved(page, 7);
  }

  @Test
  void whatCouldNotBeSentIsShownAndSentWhenTheNetworkIsBack() {
    expectNetworkErrors();
    var page = started("");
    browserContext().setOffline(true);
    answer(question(page, 1));
    assertUnsaved(page, 1);
    assertThat(page.locator("[data-warning]")).containsText("网络不通");
    assertThat(page.locator("[data-saving]")).hasText("1 题未保存");
    browserContext().setOffline(false);
    assertSaved(page, 1);
    assertThat(page.locator("[data-warning]")).hasText("");
    page.reload();
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
  }

  @Test
  void unsentAnswersOutliveAReload() {
    expectNetworkErrors();
    var page = started("");
    page.route(SAVES, Route::abort);
    answer(question(page, 1));
    answer(question(page, 7));
    assertUnsaved(page, 1);
    assertUnsaved(page, 7);
    page.reload();
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    assertThat(question(page, 7).locator("input[type=text]").first()).hasValue("答案");
    assertUnsaved(page, 1);
    page.unroute(SAVES);
    assertSaved(page, 1);
    assertSaved(page, 7);
  }

  @Test
  void aPageGoneBackToSendsWhatIsLeft() {
    expectNetworkErrors();
    var page = started("");
    page.route(SAVES, Route::abort);
    answer(question(page, 1));
    assertUnsaved(page, 1);
    page.navigate(service.at("/"));
    page.unroute(SAVES);
    page.goBack();
    assertSaved(page, 1);
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
  }

  @Test
  void aSaveThatIsToldToComeLaterComesLater() {
    expectNetworkErrors();
    var page = started("");
    var tries = new CopyOnWriteArrayList<Instant>();
    page.route(
        SAVES,
        route -> {
          tries.add(Instant.now());
          if (tries.size() == 1) {
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setHeaders(Map.of("Retry-After", "2"))
                    .setBody("{}"));
          } else {
            route.resume();
          }
        });
    answer(question(page, 1));
    assertUnsaved(page, 1);
    assertSaved(page, 1);
    assertThat(tries).hasSize(2);
    assertThat(Duration.between(tries.getFirst(), tries.getLast()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1950));
  }

  @Test
  void oneSaveAtATimeForAQuestionAndTheNewestWins() {
    var page = started("");
    var held = new CopyOnWriteArrayList<Route>();
    page.route(SAVES, held::add);
    var choices = question(page, 1).locator("input[type=radio]");
    choices.nth(0).check();
    until(page, () -> held.size() == 1);
    choices.nth(1).check();
    choices.nth(2).check();
    assertThat(question(page, 1).locator("[data-state]")).hasText("正在保存…");
    assertThat(held).hasSize(1);
    held.getFirst().resume();
    until(page, () -> held.size() == 2);
    assertThat(question(page, 1).locator("[data-state]")).not().hasText("✓ 已保存");
    held.get(1).resume();
    assertSaved(page, 1);
    assertThat(held).hasSize(2);
    assertThat(held.get(1).request().postData()).contains("\"sequence\":3");
    page.unroute(SAVES);
    page.reload();
    assertThat(question(page, 1).locator("input[type=radio]").nth(2)).isChecked();
    // after a reload the count goes on
    var sequence = new CopyOnWriteArrayList<String>();
    page.onRequest(request -> {
      if (request.method().equals("PUT")) {
        sequence.add(request.postData());
      }
    });
    question(page, 1).locator("input[type=radio]").nth(0).check();
    assertSaved(page, 1);
    assertThat(sequence).singleElement().asString().contains("\"sequence\":4");
  }

  @Test
  void aSecondTabDoesNotFallBehind() {
    var first = started("");
    var second = browserContext().newPage();
    second.navigate(first.url());
    question(first, 1).locator("input[type=radio]").nth(0).check();
    assertSaved(first, 1);
    question(second, 1).locator("input[type=radio]").nth(1).check();
    assertSaved(second, 1);
    question(first, 1).locator("input[type=radio]").nth(2).check();
    assertSaved(first, 1);
    second.reload();
    assertThat(question(second, 1).locator("input[type=radio]").nth(2)).isChecked();
  }

  @Test
  void aFormLeftOpenDoesNotOverwriteWhatWasSavedSince() {
    var page = phoneWithoutScripts();
    start(page, service.createQuiz(SMALL_QUIZ.formatted("")));
    var other = browserContext().newPage();
    other.navigate(page.url());
    answer(question(page, 1));
    page.locator("button", new Page.LocatorOptions().setHasText("保存")).last().click();
    page.waitForURL("**?saved=1");
    answer(question(other, 2));
    other.locator("button", new Page.LocatorOptions().setHasText("保存")).last().click();
    other.waitForURL("**?saved=1");
    assertThat(question(other, 1).locator("input[type=radio]").first()).isChecked();
    assertThat(question(other, 2).locator("input[type=radio]").first()).isChecked();
  }

  @Test
  void theDeadlineHandsInWhatWasNotSavedYet() {
    expectNetworkErrors();
    var closes = Instant.now().plusSeconds(12);
    var page = started("\"closes\":\"" + closes + "\",");
    var saves = new AtomicInteger();
    page.route(
        SAVES,
        route -> {
          saves.incrementAndGet();
          route.abort();
        });
    assertThat(page.locator("[data-left]")).containsText("剩余 0:");
    assertThat(page.locator("[data-reminder]")).containsText("还有 7 题没有作答");
    answer(question(page, 1));
    question(page, 7).locator("input[type=text]").first().fill("最后一刻");
    page.waitForURL("**/result", new Page.WaitForURLOptions().setTimeout(30_000));
    assertThat(saves).hasValueGreaterThan(0);
    assertThat(Instant.now()).isAfter(closes);
    assertThat(page.locator("#q1")).not().containsText("没有作答");
    assertThat(page.locator("#q7 .written").first()).hasText("最后一刻");
  }

  /** The page's clock is put forward; nobody waits. */
  @Test
  void aSilentPageAsksAfterHalfAMinute_andOnceForEachSilence() {
    expectNetworkErrors();
    var page = phone();
    page.clock().install();
    var asked = new AtomicInteger();
    page.route(
        "**/clock",
        route -> {
          asked.incrementAndGet();
          route.abort();
        });
    start(page, service.createQuiz(SMALL_QUIZ.formatted("")));
    assertThat(page.locator("[data-left]")).containsText("剩余");
    page.clock().runFor(20_000);
    assertThat(asked).hasValue(0);
    page.clock().runFor(16_000);
    until(page, () -> asked.get() > 0);
    page.clock().runFor(20_000);
    assertThat(asked).hasValue(1);
    page.clock().runFor(16_000);
    until(page, () -> asked.get() > 1);
    assertThat(asked).hasValue(2);
  }

  @Test
  void anExtensionIsNoticedBeforeTheDeadlineHandsIn() {
    var since = Instant.now();
    var quiz = service.createQuiz(closing(since.plusSeconds(10), 5));
    var page = phone();
    start(page, quiz);
    var submissions = submissions(page);
    page.locator("[data-check]").click();
    extend(quiz, since);
    assertThat(page.locator("[data-left]")).containsText("剩余 0:");
    assertGoesOn(page);
    assertThat(Instant.now()).isAfter(since.plusSeconds(9));
    answer(question(page, 1));
    assertSaved(page, 1);
    assertThat(submissions).isEmpty();
  }

  @Tag("full")
  @Test
  void anExtensionIsNoticedBeforeTheDeadlinesHandInIsRepeated() {
    expectNetworkErrors();
    var since = Instant.now();
    var quiz = service.createQuiz(closing(since.plusSeconds(10), 5));
    var page = phone();
    start(page, quiz);
    page.route("**/attempts/*/clock", Route::abort);
    page.route("**/submission", Route::abort);
    page.route(SAVES, Route::abort);
    answer(question(page, 1));
    assertThat(page.locator("[data-handing-text]"))
        .containsText("还没有交上", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    extend(quiz, since);
    // it is still the deadline's after a reload
    page.reload();
    assertThat(page.locator("[data-handing-text]")).containsText("还没有交上");
    page.unroute(SAVES);
    page.unroute("**/attempts/*/clock");
    assertGoesOn(page);
    assertSaved(page, 1);
    page.unrouteAll();
    page.reload();
    assertGoesOn(page);
    assertSaved(page, 1);
  }

  @Tag("full")
  @Test
  void anExtensionTakesNoHandInOfTheParticipantBack() {
    expectNetworkErrors();
    var since = Instant.now();
    var quiz = service.createQuiz(closing(since.plusSeconds(10), 5));
    var page = phone();
    start(page, quiz);
    page.locator("[data-check]").click();
    browserContext().setOffline(true);
    page.locator("[data-submit]").click();
    assertThat(page.locator("[data-handing-text]")).containsText("还没有交上");
    until(page, () -> Instant.now().isAfter(since.plusSeconds(11)));
    extend(quiz, since);
    browserContext().setOffline(false);
    page.waitForURL("**/result");
    assertThat(page.locator(".notice")).hasCount(0);
    assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
  }

  @Tag("full")
  @Test
  void whatASubmissionBroughtTooLateIsSentWhenTheAttemptIsReopened() {
    expectNetworkErrors();
    var since = Instant.now();
    var closes = since.plusSeconds(10);
    var quiz = service.createQuiz(closing(closes, 0));
    var page = phone();
    start(page, quiz);
    page.route(SAVES, Route::abort);
    var held = new CopyOnWriteArrayList<Route>();
    page.route("**/submission", held::add);
    answer(question(page, 1));
    until(page, () -> !held.isEmpty() && Instant.now().isAfter(closes.plusMillis(500)));
    held.getFirst().resume();
    assertSavedOnceReopened(page, quiz, since);
  }

  @Tag("full")
  @Test
  void whatASaveBroughtTooLateIsSentWhenTheAttemptIsReopened() {
    expectNetworkErrors();
    var since = Instant.now();
    var closes = since.plusSeconds(10);
    var quiz = service.createQuiz(closing(closes, 0));
    var page = phone();
    start(page, quiz);
    page.route("**/attempts/*/clock", Route::abort);
    page.route("**/submission", Route::abort);
    var held = new CopyOnWriteArrayList<Route>();
    page.route(SAVES, held::add);
    answer(question(page, 1));
    until(page, () -> !held.isEmpty() && Instant.now().isAfter(closes.plusMillis(500)));
    held.getFirst().resume();
    assertSavedOnceReopened(page, quiz, since);
  }

  @Tag("full")
  @Test
  void whatAnOutageHeldBackIsSentWhenTheAttemptIsReopened() {
    expectNetworkErrors();
    var since = Instant.now();
    var closes = since.plusSeconds(10);
    var quiz = service.createQuiz(closing(closes, 0));
    var page = phone();
    start(page, quiz);
    browserContext().setOffline(true);
    answer(question(page, 1));
    until(page, () -> Instant.now().isAfter(closes.plusMillis(500)));
    browserContext().setOffline(false);
    assertSavedOnceReopened(page, quiz, since);
  }

  @Test
  void aSubmissionIsRepeatedUntilItIsReceipted() {
    expectNetworkErrors();
    var page = started("");
    answer(question(page, 1));
    assertSaved(page, 1);
    page.locator("[data-check]").click();
    browserContext().setOffline(true);
    page.locator("[data-submit]").click();
    assertThat(page.locator("[data-handing-text]")).containsText("网络不通，还没有交上");
    browserContext().setOffline(false);
    page.waitForURL("**/result");
    assertThat(page.locator(".receipt")).isVisible();
    assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
  }

  @Test
  void handingInTooEarlyIsSaidAndAnsweringGoesOn() {
    expectNetworkErrors();
    var page = started("\"minimumSeconds\":600,");
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    assertThat(page.locator("[data-check-problem]")).containsText("现在还不能交卷");
    page.locator("[data-check-back]").click();
    answer(question(page, 1));
    assertSaved(page, 1);
  }

  @Test
  void anAnswerChosenBeforeTheScriptArrivesIsSaved() {
    var page = phone();
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    start(page, quiz);
    var scripts = new CopyOnWriteArrayList<Route>();
    page.route(SCRIPTS, scripts::add);
    page.navigate(
        page.url(),
        new Page.NavigateOptions()
            .setWaitUntil(com.microsoft.playwright.options.WaitUntilState.COMMIT));
    question(page, 1).locator("input[type=radio]").first().check();
    until(page, () -> !scripts.isEmpty());
    page.unroute(SCRIPTS);
    scripts.forEach(Route::resume);
    assertSaved(page, 1);
  }

  @Test
  void anAttemptThatEndedElsewhereGoesToItsResult() {
    expectNetworkErrors();
    var page = started("");
    var other = browserContext().newPage();
    other.navigate(page.url());
    other.locator("[data-check]").click();
    other.locator("[data-submit]").click();
    other.waitForURL("**/result");
    // check() would look at the choice again, when the page may be gone
    question(page, 1).locator("input[type=radio]").first().dispatchEvent("click");
    page.waitForURL("**/result");
  }
}
