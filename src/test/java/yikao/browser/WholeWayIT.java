package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import yikao.bank.Bank;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;

/** From the list of quizzes to the leaderboard, with a script and without. */
class WholeWayIT extends BrowserTest {

  @Test
  void fromTheListToTheLeaderboard() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phone();
    page.navigate(service.at("/"));
    page.locator("a[href='/quizzes/" + quiz + "']").click();
    assertThat(page.locator(".rules").first()).containsText("7 题，满分 15 分");
    start(page, quiz);
    answerAll(page, SMALL_QUIZ_QUESTIONS - 1);
    assertThat(page.locator("[data-answered]")).hasText("6");

    page.locator("[data-check]").click();
    assertThat(page.locator("[data-check-list] a")).hasText(new String[] {"7"});
    page.locator("[data-check-list] a").click();
    answer(question(page, 7));
    // the list follows what is answered while it is open
    assertThat(page.locator("[data-check-list] a")).hasCount(0);
    assertThat(page.locator("[data-check-text]")).containsText("7 题都已作答");
    page.locator("[data-submit]").click();

    page.waitForURL("**/result");
    checkResult(page);
    page.locator("a", new Page.LocatorOptions().setHasText("看排行榜")).first().click();
    checkLeaderboard(page);
  }

  @Test
  void theSameWithoutScripts() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phoneWithoutScripts();
    page.navigate(service.at("/"));
    page.locator("a[href='/quizzes/" + quiz + "']").click();
    start(page, quiz);
    answerAll(page, 3);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("保存").setExact(true))
        .click();
    assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("答案已经保存。");
    assertThat(page.locator("[data-answered]")).hasText("3");
    assertThat(question(page, 3).locator("input[type=checkbox]").nth(1)).isChecked();

    for (var number = 4; number < SMALL_QUIZ_QUESTIONS; number++) {
      answer(question(page, number));
    }
    page.locator("[data-check]").click();
    page.waitForURL("**/check");
    assertThat(page.locator(".numbers a")).hasText(new String[] {"7"});
    page.locator(".numbers a").click();
    page.waitForURL("**/attempts/*#q7");
    answer(question(page, 7));
    page.locator("[data-check]").click();
    assertThat(page.locator("main")).containsText("7 题都已作答并保存");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("交卷").setExact(true))
        .click();
    page.waitForURL("**/result");
    checkResult(page);
    page.locator("a", new Page.LocatorOptions().setHasText("看排行榜")).first().click();
    checkLeaderboard(page);
  }

  private static void checkResult(Page page) {
    assertThat(page.locator(".score .points strong")).hasText(Pattern.compile("[0-9.]+"));
    assertThat(page.locator(".receipt")).hasText(Pattern.compile("[0-9]{10}"));
    assertThat(page.locator("article.reviewed")).hasCount(SMALL_QUIZ_QUESTIONS);
    for (var article : page.locator("article.reviewed").all()) {
      assertThat(article.locator(".explanation")).isVisible();
      assertThat(article.locator(".citation")).containsText("《");
      assertThat(article).not().containsText("没有作答");
    }
  }

  private static void checkLeaderboard(Page page) {
    assertThat(page.locator("tr.me .who")).containsText("王*明");
    assertThat(page.locator("main")).not().containsText("王小明");
    page.locator("nav.tabs a", new Page.LocatorOptions().setHasText("支部")).click();
    assertThat(page.locator(".board tbody tr").first()).containsText("第一支部");
    assertThat(page.locator("main")).containsText("截至");
  }

  @Test
  void nothingOfAKeyStandsInAPageBeforeTheEnd() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phone();
    start(page, quiz);
    answer(question(page, 1));
    assertThat(question(page, 1).locator("[data-state]")).containsText("已保存");
    var paper = page.content();
    var attempt = page.url();
    var check = page.navigate(attempt + "/check").text();
    var intro = page.navigate(service.at("/quizzes/" + quiz)).text();
    var source = page.navigate(attempt).text();
    var drawn = 0;
    for (var question : questions()) {
      if (!paper.contains(question.stem().replace("____", ""))
          && !source.contains(escaped(question.stem()))) {
        continue;
      }
      drawn++;
      var open = question.stem() + question.choices();
      for (var text : new String[] {paper, check, intro, source}) {
        assertThat(text).doesNotContain(question.explanation());
        if (!open.contains(question.citation().words())) {
          assertThat(text).doesNotContain(question.citation().words());
        }
      }
    }
    assertThat(drawn).isGreaterThanOrEqualTo(SMALL_QUIZ_QUESTIONS - 1);
    // asking for the result too early shows the paper
    page.navigate(attempt + "/result");
    assertThat(page.locator("#paper")).isVisible();
  }

  private List<Question> questions() {
    var pool = service.context().getBean(Bank.class).pool();
    return Stream.of(QuestionType.values())
        .flatMap(type -> pool.all(type).stream())
        .map(QuestionVersion::question)
        .toList();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Test
  void aGuestWhoComesBackFindsTheRunningAttemptAndTheResults() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted("\"tries\":2,"));
    var page = phone();
    start(page, quiz);
    var attempt = page.url();
    answer(question(page, 1));
    assertThat(question(page, 1).locator("[data-state]")).containsText("已保存");

    page.navigate(service.at("/"));
    assertThat(page.locator(".running")).containsText("已答 1 / 7 题");
    page.navigate(service.at("/quizzes/" + quiz));
    page.getByText("继续作答").click();
    page.waitForURL(attempt);
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");

    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.locator(".results li")).hasCount(1);
    assertThat(page.locator(".results li")).containsText("第 1 次");
    assertThat(page.getByLabel("姓名")).hasValue("王小明");
    assertThat(page.getByLabel("所在支部或单位")).hasValue("第一支部");
    start(page, quiz);
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.locator("main")).containsText("2 次作答机会已经用完");
    assertThat(page.locator("form.entry")).hasCount(0);
  }

  @Test
  void someoneElsesAttemptIsNotShown() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phone();
    start(page, quiz);
    var attempt = page.url();
    browserContext().close();
    expectNetworkErrors();
    var stranger = phone();
    assertThat(stranger.navigate(attempt).status()).isEqualTo(401);
    stranger.navigate(service.at("/quizzes/" + quiz));
    assertThat(stranger.navigate(attempt).status()).isEqualTo(403);
    assertThat(stranger.locator("h1")).hasText("这次作答不属于您");
    assertThat(stranger.locator("#paper")).hasCount(0);
  }

  @Test
  void whatIsNotPublishedIsNotShown() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted("\"reveal\":{\"what\":\"nothing\"},"));
    var page = phone();
    start(page, quiz);
    answer(question(page, 1));
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    assertThat(page.locator("main")).containsText("这个测验不公布成绩");
    assertThat(page.locator(".receipt")).isVisible();
    assertThat(page.locator("article.reviewed, .points, a[href$=leaderboard]")).hasCount(0);
    expectNetworkErrors();
    page.navigate(service.at("/quizzes/" + quiz + "/leaderboard"));
    assertThat(page.locator("h1")).hasText("排行榜还没有公布");
  }

  @Test
  void handingInTooEarlyIsSaidWithoutScripts() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted("\"minimumSeconds\":600,"));
    var page = phoneWithoutScripts();
    expectNetworkErrors();
    start(page, quiz);
    page.navigate(page.url() + "/check");
    page.locator("[data-submit]").click();
    assertThat(page.locator(".notice")).containsText("现在还不能交卷");
    page.locator("a", new Page.LocatorOptions().setHasText("继续作答")).click();
    assertThat(page.locator("#paper")).isVisible();
  }

  @Test
  void theCheckPageHandsInWithAScript() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phone();
    start(page, quiz);
    page.navigate(page.url() + "/check");
    assertThat(page.locator(".numbers a")).hasCount(SMALL_QUIZ_QUESTIONS);
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
  }

  @Test
  void aWrongAnswerThatCostsPointsCanBeTakenBack() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted("\"marking\":{\"penalty\":1},"));
    var page = phone();
    start(page, quiz);
    answer(question(page, 1));
    assertThat(page.locator("[data-answered]")).hasText("1");
    question(page, 1).getByText("不作答").click();
    assertThat(page.locator("[data-answered]")).hasText("0");
    assertThat(page.locator("[data-saving]")).hasText("✓ 已全部保存");
    page.reload();
    assertThat(page.locator("[data-answered]")).hasText("0");
  }

  @Test
  void aWrongNameIsSaidBesideItsField() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phoneWithoutScripts();
    expectNetworkErrors();
    page.navigate(service.at("/quizzes/" + quiz));
    page.getByLabel("姓名").fill(" ");
    page.getByLabel("所在支部或单位").fill("第一支部");
    page.locator("button", new Page.LocatorOptions().setHasText("开始作答")).click();
    assertThat(page.locator("#name-problem")).containsText("请填写姓名");
    assertThat(page.getByLabel("所在支部或单位")).hasValue("第一支部");
  }

  @Test
  void largeTypeSurvivesNavigation() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phone();
    page.navigate(service.at("/"));
    assertThat(size(page)).isGreaterThanOrEqualTo(18);
    page.locator("[data-type-switch]").click();
    assertThat(size(page)).isGreaterThanOrEqualTo(24);
    start(page, quiz);
    assertThat(size(page)).isGreaterThanOrEqualTo(24);
    // the server has rendered it so, before any script ran
    assertThat(page.navigate(page.url()).text()).contains("class=\"large\"");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  @Test
  void largeTypeWithoutScriptsKeepsTheAnswers() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phoneWithoutScripts();
    start(page, quiz);
    answer(question(page, 1));
    page.locator("[data-type-switch]").click();
    page.waitForURL("**/attempts/*?saved=1");
    assertThat(page.locator("html")).hasClass("large");
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    page.navigate(service.at("/"));
    assertThat(page.locator("html")).hasClass("large");
    page.locator("[data-type-switch]").click();
    assertThat(page.locator("html")).not().hasClass("large");
  }

  private static double size(Page page) {
    return ((Number)
            page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"))
        .doubleValue();
  }

  @Test
  void whatOneTouchesIsLargeEnough() {
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phone();
    start(page, quiz);
    page.locator("main summary").click();
    for (Locator target :
        page.locator("button:visible, .choice, .numbers a, input[type=text], summary").all()) {
      var box = target.boundingBox();
      if (box != null && box.width > 1) {
        assertThat(box.height).isGreaterThanOrEqualTo(43.9);
        assertThat(box.width).isGreaterThanOrEqualTo(43.9);
      }
    }
  }
}
