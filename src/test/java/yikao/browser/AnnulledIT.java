package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;

/** Whose attempt was set aside reads so wherever its score stood, and where to start again. */
class AnnulledIT extends BrowserTest {
  private static final String ANNULLED = "本次作答已作废，不计成绩";
  private static final String AGAIN = "可以重新作答";
  private static final String COUNTS = "分|及格";

  /** The result's address of an attempt that was handed in and set aside. */
  private String annulled(Page page, String quiz) {
    start(page, quiz);
    answer(question(page, 1));
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    assertThat(page.locator(".points").innerText()).matches("\\d+ / 15 分");
    var id = page.url().replaceAll(".*/attempts/|/result", "");
    var annulled =
        service.edit("POST", "/api/attempts/%s/annulment".formatted(id), "{\"reason\":\"停电\"}");
    assertThat(annulled.statusCode()).as(annulled.body()).isEqualTo(200);
    var api = new Client(service.uri());
    var review = api.get("/api/attempts/%s/review".formatted(id), TestService.editorToken());
    assertThat(review.json().get("annulled").getBooleanValue()).isTrue();
    assertThat(review.has("passed")).isFalse();
    return page.url();
  }

  private static Locator again(Page page) {
    return page.locator("main a", new Page.LocatorOptions().setHasText(AGAIN));
  }

  private static void assertCountsNot(Locator shown) {
    assertThat(shown).containsText(ANNULLED);
    assertThat(shown.innerText()).doesNotContainPattern(COUNTS);
  }

  @Test
  void whereOneMayStartAgain_eachPageSaysSoAndLeadsThere() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,\"tries\":1,"));
    var page = phone();
    var result = annulled(page, quiz);

    page.reload();
    assertThat(page.locator("[data-annulled]")).hasText(ANNULLED + "。");
    assertThat(page.locator(".points, .outcome.pass, .outcome.fail")).hasCount(0);
    assertThat(page.locator(".score").innerText()).doesNotContainPattern(COUNTS);
    assertThat(page.locator("main").innerText()).doesNotContain("得 ");
    again(page).click();
    page.waitForURL("**/quizzes/" + quiz);

    assertCountsNot(page.locator(".results li"));
    again(page).click();
    page.waitForURL("**/quizzes/" + quiz + "#entry");

    page.navigate(service.at("/"));
    assertCountsNot(page.locator(".own-ended"));
    again(page).click();
    page.waitForURL("**/quizzes/" + quiz);

    // the one that counts is read as ever, and nothing more is offered
    startAs(page, "王小明");
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    assertThat(page.locator(".outcome.fail")).hasText("未及格");
    page.navigate(service.at("/quizzes/" + quiz));
    var past = page.locator(".results li");
    assertThat(past.first()).containsText("未及格");
    assertCountsNot(past.last());
    assertThat(again(page)).hasCount(0);
    page.navigate(result);
    assertThat(page.locator("[data-annulled]")).hasText(ANNULLED + "。");
    assertThat(again(page)).hasCount(0);
  }

  @Test
  void whereNobodyMayStart_nothingIsOffered() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,"));
    var page = phone();
    var result = annulled(page, quiz);
    var noMore = "\"listed\":false,\"startsUntil\":\"%s\",".formatted(Instant.now());
    var edited = service.edit("PUT", "/api/quizzes/" + quiz, SMALL_QUIZ.formatted(noMore));
    assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
    page.navigate(service.at("/"));
    assertCountsNot(page.locator(".own-ended"));
    assertThat(again(page)).hasCount(0);
    page.navigate(result);
    assertThat(page.locator("[data-annulled]")).hasText(ANNULLED + "。");
    assertThat(again(page)).hasCount(0);
  }
}
