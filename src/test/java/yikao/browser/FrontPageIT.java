package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import yikao.api.Client;

/** The front page: kinds of quizzes, and what this browser has taken. */
class FrontPageIT extends BrowserTest {
  private static final int SCREEN = 844;

  @Override
  Map<String, Object> settings() {
    return Map.of("yikao.limits.starts-per-minute-of-guest", 1_000);
  }

  private static double bottom(Locator locator) {
    var box = locator.boundingBox();
    return box.y + box.height;
  }

  private static Locator groups(Page page) {
    return page.locator("h2.section");
  }

  private String unlisted(String title) {
    return service.createQuiz(
        """
        {"title":"%s","listed":false,"sections":[{"type":"judge","count":2,"points":1}]}\
        """
            .formatted(title));
  }

  /** The browser's guest takes a quiz elsewhere, as with a second tab. */
  private void take(String quiz) {
    var api = new Client(service.uri());
    api.submit(api.start(quiz, guest(), "王小明", "第一支部"), "{}");
  }

  private static void handIn(Page page) {
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
  }

  @Test
  void testsThemesAndPracticeStandByThemselves() {
    var page = phone();
    page.navigate(service.at("/"));
    assertThat(groups(page)).hasText(new String[] {"测试", "专题", "按方面练习"});
    assertThat(page.locator("section[aria-labelledby=test] h3").first()).hasText("党章党规知识测试");
    assertThat(page.locator("section[aria-labelledby=theme] h3")).hasCount(7);
    assertThat(page.locator(".tiles a")).hasCount(17);
    assertThat(bottom(page.locator(".quiz").first())).isLessThanOrEqualTo(SCREEN);
    // all practice together takes no more than one screen
    assertThat(page.locator(".tiles").boundingBox().height).isLessThan(SCREEN);
    for (var tile : page.locator(".tiles a").all()) {
      assertThat(tile.boundingBox().height).isBetween(43.9, 110.0);
    }
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  @Test
  void whatIsTakenComesFirstAndStillLeavesATestOnTheFirstScreen() {
    var running = service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,"));
    var page = phone();
    page.navigate(service.at("/quizzes/" + running));
    for (var i = 1; i <= 5; i++) {
      take(unlisted("第" + i + "次"));
    }
    start(page, running);
    answer(question(page, 1));
    assertThat(question(page, 1).locator("[data-state]")).containsText("已保存");

    page.navigate(service.at("/"));
    assertThat(groups(page)).hasText(new String[] {"我的测验", "测试", "专题", "按方面练习"});
    var first = page.locator(".own > li").first();
    assertThat(first).containsText("王小明（第一支部），还没有交卷，已答 1 / 7 题");
    assertThat(page.locator(".own > li:visible")).hasCount(3);
    assertThat(bottom(page.locator(".quiz").first())).isLessThanOrEqualTo(SCREEN);
    page.locator("main summary").click();
    assertThat(page.locator(".own-ended strong"))
        .hasText(new String[] {"第5次", "第4次", "第3次", "第2次", "第1次"});
    first.locator("a").click();
    page.waitForURL("**/attempts/*");
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
  }

  @Test
  void whoWasToldToComeBack_findsTheResultAfterTheClose() {
    var closes = Instant.now().plusSeconds(5);
    var quiz =
        service.createQuiz(
            SMALL_QUIZ.formatted(
                "\"closes\":\"%s\",\"graceSeconds\":0,\"reveal\":{\"what\":\"score\",\"when\":\"after-window\"},"
                    .formatted(closes)));
    var page = phone();
    start(page, quiz);
    handIn(page);
    page.navigate(service.at("/"));
    var own = page.locator(".own-ended");
    assertThat(own).containsText("浏览器测试");
    assertThat(own.locator(".own-result")).containsText("公布");
    page.waitForCondition(() -> Instant.now().isAfter(closes.plusSeconds(1)));
    page.reload();
    assertThat(page.locator("a[href='/quizzes/" + quiz + "']")).hasCount(0);
    assertThat(own.locator(".own-result")).containsText("/ 15 分");
    own.locator("a").click();
    page.waitForURL("**/result");
    assertThat(page.locator(".score .points strong"))
        .hasText("0", new LocatorAssertions.HasTextOptions().setTimeout(5_000));
  }

  @Test
  void resultsThatAreNeverShownAreSaidToBeSo() {
    var quiz =
        service.createQuiz(
            SMALL_QUIZ.formatted("\"listed\":false,\"reveal\":{\"what\":\"nothing\"},"));
    var page = phone();
    start(page, quiz);
    handIn(page);
    page.navigate(service.at("/"));
    assertThat(page.locator(".own-result")).hasText("不公布成绩");
  }

  @Test
  void twentyStandOnThePageAndTheRestBehindAll() {
    var page = phone();
    page.navigate(service.at("/quizzes/" + unlisted("空")));
    var titles = new ArrayList<String>();
    for (var i = 1; i <= 22; i++) {
      titles.add("第" + i + "个");
      take(unlisted(titles.getLast()));
    }
    Collections.reverse(titles);
    page.navigate(service.at("/"));
    assertThat(page.locator(".own-ended strong"))
        .hasText(titles.subList(0, 20).toArray(String[]::new));
    page.getByText("全部 22 个").click();
    page.waitForURL("**/own");
    assertThat(page.locator(".own-ended strong")).hasText(titles.toArray(String[]::new));
    browserContext().close();
    var stranger = phone();
    stranger.navigate(service.at("/own"));
    assertThat(stranger.locator("main")).containsText("还没有作答");
  }

  @Test
  void whatOneTouchesIsLargeEnough() {
    var page = phone();
    var quiz = service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,"));
    page.navigate(service.at("/quizzes/" + quiz));
    take(unlisted("第一个"));
    start(page, quiz);
    page.navigate(service.at("/"));
    for (var target : page.locator("main button:visible, main a:visible").all()) {
      if (!target.evaluate("e => e.closest('.quiz') === null").equals(true)) {
        continue; // its whole card is the link
      }
      assertThat(target.boundingBox().height).isGreaterThanOrEqualTo(43.9);
    }
  }
}
