package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;

/** Two people on one phone are two participants. */
class ChangeGuestIT extends BrowserTest {
  private static final String CHANGE = "不是王小明？换人作答";

  private String quiz(String more) {
    return service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false," + more));
  }

  private static Locator visibleButton(Page page, String text) {
    return page.locator("button:visible", new Page.LocatorOptions().setHasText(text));
  }

  private static void handIn(Page page) {
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
  }

  private static void assertEmptyForm(Page page, String quiz) {
    page.waitForURL("**/quizzes/" + quiz + "#entry");
    assertThat(page.getByLabel("姓名")).hasValue("");
    assertThat(page.getByLabel("所在支部或单位")).hasValue("");
    assertThat(page.locator("main")).not().containsText("王小明");
  }

  private void assertNotOpen(Page page, String attempt) {
    expectNetworkErrors();
    assertThat(page.navigate(attempt).status()).isEqualTo(403);
  }

  private String state(String attempt) {
    var id = attempt.replaceAll(".*/attempts/", "");
    return new Client(service.uri())
        .get("/api/attempts/" + id, TestService.editorToken())
        .text("state");
  }

  @Test
  void afterAResult_theNextOneHasAnEmptyFormAndAPlaceOfTheirOwn() {
    var quiz = quiz("\"tries\":1,");
    var page = phone();
    start(page, quiz);
    handIn(page);
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.locator("main")).containsText("作答机会已经用完");
    visibleButton(page, CHANGE).click();
    assertEmptyForm(page, quiz);
    startAs(page, "李红");
    handIn(page);
    page.locator("a", new Page.LocatorOptions().setHasText("看排行榜")).first().click();
    assertThat(page.locator(".board").last().locator("tbody tr")).hasCount(2);
    assertThat(page.locator("tr.me")).containsText("李*");
  }

  @Test
  void aRunningAttempt_saysWhoseItIsBeforeItIsContinued() {
    var quiz = quiz("");
    var page = phone();
    start(page, quiz);
    assertThat(page.locator(".taker")).containsText("王小明（第一支部）");
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.locator(".running")).containsText("王小明（第一支部）的作答还没有交卷");
    page.navigate(service.at("/"));
    assertThat(page.locator(".running")).containsText("王小明（第一支部），还没有交卷");
  }

  @Test
  void aRunningAttempt_isAskedAboutAndStaysWhereOneGoesBack() {
    var quiz = quiz("");
    var page = phone();
    start(page, quiz);
    var attempt = page.url();
    answer(question(page, 1));
    answer(question(page, 2));
    assertThat(page.locator("[data-saving]")).hasText("✓ 已全部保存");
    visibleButton(page, CHANGE).click();
    page.waitForURL("**/guest?quiz=" + quiz);
    assertThat(page.locator("main")).containsText("王小明的作答还没有交卷（已答 2/7）");
    assertThat(page.locator("main")).containsText(Pattern.compile("不交卷的话，.* 会按已保存的答案收卷"));
    assertThat(page.locator("main")).containsText("在这部手机上再也打不开");
    page.locator("a", new Page.LocatorOptions().setHasText("不换人")).click();
    page.locator("a", new Page.LocatorOptions().setHasText("继续作答")).click();
    page.waitForURL(attempt);
    assertThat(question(page, 2).locator("input[type=radio]").first()).isChecked();
  }

  @Test
  void aRunningAttempt_isLeftAndNotReachedAnyMore() {
    var quiz = quiz("");
    var page = phone();
    start(page, quiz);
    var attempt = page.url();
    var before = guest();
    page.navigate(service.at("/quizzes/" + quiz));
    visibleButton(page, CHANGE).click();
    visibleButton(page, "不交卷，直接换人").click();
    assertEmptyForm(page, quiz);
    assertThat(guest()).isNotEqualTo(before);
    startAs(page, "李红");
    assertThat(page.url()).isNotEqualTo(attempt);
    assertThat(page.locator(".taker")).containsText("李红（第一支部）");
    assertNotOpen(page, attempt);
    assertThat(state(attempt)).isEqualTo("running");
  }

  @Test
  void aRunningAttempt_isHandedInWithoutScripts_andWhatWasChosenIsSavedFirst() {
    var quiz = quiz("");
    var page = phoneWithoutScripts();
    start(page, quiz);
    var attempt = page.url();
    answerAll(page, 3);
    visibleButton(page, CHANGE).click();
    page.waitForURL("**/guest?quiz=" + quiz);
    assertThat(page.locator("main")).containsText("（已答 3/7）");
    visibleButton(page, "替王小明交卷，再换人").click();
    assertEmptyForm(page, quiz);
    assertNotOpen(page, attempt);
    assertThat(state(attempt)).isEqualTo("submitted");
  }

  @Test
  void handingInForAnotherTooEarly_isSaidAndNothingChanges() {
    var quiz = quiz("\"minimumSeconds\":600,");
    var page = phone();
    start(page, quiz);
    expectNetworkErrors();
    visibleButton(page, CHANGE).click();
    var before = guest();
    visibleButton(page, "替王小明交卷，再换人").click();
    assertThat(page.locator(".notice")).containsText("现在还不能交卷");
    assertThat(page.locator("main")).containsText("还没有交卷（已答 0/7）");
    assertThat(guest()).isEqualTo(before);
  }

  @Test
  void aResultThatIsStillToCome_isAskedAboutWithItsReceipt() {
    var quiz =
        quiz(
            "\"closes\":\"%s\",\"reveal\":{\"when\":\"after-window\"},"
                .formatted(Instant.now().plusSeconds(3600)));
    var page = phone();
    start(page, quiz);
    handIn(page);
    var receipt = page.locator(".receipt").textContent();
    page.navigate(service.at("/"));
    visibleButton(page, CHANGE).click();
    page.waitForURL("**/guest");
    assertThat(page.locator("main")).containsText(Pattern.compile("王小明的成绩 .* 才公布"));
    assertThat(page.locator(".receipt")).hasText(receipt);
    visibleButton(page, "换人作答").click();
    page.waitForURL(service.at("/"));
    assertThat(page.locator("main")).not().containsText("王小明");
    assertThat(page.locator(".own")).hasCount(0);
  }

  @Test
  void whereNobodyIsKnown_nobodyIsAsked() {
    var quiz = quiz("");
    var page = phone();
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.locator(".change")).hasCount(0);
    page.navigate(service.at("/"));
    assertThat(page.locator(".change")).hasCount(0);
    page.navigate(service.at("/guest?quiz=" + quiz));
    page.waitForURL("**/quizzes/" + quiz + "#entry");
  }
}
