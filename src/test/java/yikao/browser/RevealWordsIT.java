package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is promised about answers and keys is what is shown. */
class RevealWordsIT extends BrowserTest {
  private static final String CLOSES = "\"closes\":\"2099-12-31T16:00:00Z\",";

  private static String handIn(Page page) {
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    return page.locator("main").innerText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          3 | best  | false | review  | 用完作答次数后公布自己的作答、答案、解析和出处 | 作答次数用完后，再来这一页可以看到自己的作答、答案、解析和出处。
          3 | best  | true  | review  | 用完作答次数后，或者测验结束后，公布自己的作答、答案、解析和出处 | 作答次数用完后，或者测验结束后（
          3 | last  | false | answers | 用完作答次数后公布自己的作答 | 作答次数用完后，再来这一页可以看到自己的作答。
          - | best  | true  | review  | 测验结束后公布自己的作答、答案、解析和出处 | 测验结束后（
          - | best  | true  | answers | 测验结束后公布自己的作答 | 测验结束后（
          """)
  void later_isSaidAsThePolicyHasIt(
      String tries, String counting, boolean closes, String what, String rule, String later) {
    var page = phone();
    var quiz = quiz(tries, counting, closes, what);
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(rule(page)).hasText("交卷后公布成绩；" + rule);
    startAs(page, "王小明");
    var shown = handIn(page);
    assertThat(page.locator(".notice")).containsText(later);
    assertThat(page.locator(".notice").innerText())
        .endsWith(what.equals("answers") ? "可以看到自己的作答。" : "可以看到自己的作答、答案、解析和出处。");
    assertThat(shown).doesNotContain("逐题回顾");
    assertThat(shown.contains("次数")).isEqualTo(tries != null);
  }

  /** One try alone counts: nothing is put off. */
  @ParameterizedTest
  @CsvSource({"1,best,review", "3,first,review", "3,best,score"})
  void whatIsShownAtOnce_isNotSaidToComeLater(String tries, String counting, String what) {
    var page = phone();
    page.navigate(service.at("/quizzes/" + quiz(tries, counting, false, what)));
    assertThat(rule(page)).hasText(what.equals("score") ? "交卷后公布成绩" : "交卷后公布成绩、答案、解析和出处");
    startAs(page, "王小明");
    var shown = handIn(page);
    assertThat(page.locator(".notice")).hasCount(0);
    assertThat(shown.contains("逐题回顾")).isEqualTo(what.equals("review"));
  }

  private String quiz(String tries, String counting, boolean closes, String what) {
    var count = tries == null ? "" : "\"tries\":%s,".formatted(tries);
    return service.createQuiz(
        SMALL_QUIZ.formatted(
            "\"listed\":false,%s\"counting\":\"%s\",\"reveal\":{\"what\":\"%s\",\"when\":\"after-last-try\"},%s"
                .formatted(count, counting, what, closes ? CLOSES : "")));
  }

  private static Locator rule(Page page) {
    return page.locator(".rules div", new Page.LocatorOptions().setHasText("公布")).locator("dd");
  }
}
