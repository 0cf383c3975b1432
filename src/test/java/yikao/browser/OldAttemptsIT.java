package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** What was taken under one name stays so, whatever the browser's guest is called later. */
class OldAttemptsIT extends BrowserTest {
  private String quiz(String more) {
    return service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false," + more));
  }

  private static void handIn(Page page) {
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
  }

  private void startAs(Page page, String quiz, String name, String branch) {
    page.navigate(service.at("/quizzes/" + quiz));
    page.getByLabel("姓名").fill(name);
    page.getByLabel("所在支部或单位").fill(branch);
    page.locator("button[value=start]").click();
    page.waitForURL("**/attempts/*");
  }

  @Test
  void aStartElsewhereUnderAnotherName_changesNoResultAndNoBoard() {
    var first = quiz("");
    var running = quiz("");
    var page = phone();
    startAs(page, first, "王小明", "第一支部");
    handIn(page);
    var result = page.url();
    startAs(page, running, "王小明", "第一支部");
    var paper = page.url();
    startAs(page, quiz(""), "李红", "第二支部");
    assertThat(page.locator(".taker > span").innerText()).isEqualTo("李红（第二支部）");

    page.navigate(result);
    assertThat(page.locator(".score dd").first().innerText()).isEqualTo("王小明（第一支部）");
    page.navigate(paper);
    assertThat(page.locator(".taker > span").innerText()).isEqualTo("王小明（第一支部）");
    page.navigate(service.at("/quizzes/" + running));
    assertThat(page.locator("#running").innerText()).isEqualTo("王小明（第一支部）的作答还没有交卷");
    page.navigate(service.at("/quizzes/" + first + "/leaderboard"));
    assertThat(page.locator("tr.me .who").innerText()).startsWith("王*明");
    assertThat(page.locator("tr.me").innerText()).contains("第一支部").doesNotContain("第二支部");
    page.navigate(service.at("/"));
    assertThat(page.locator(".taker > span").innerText()).isEqualTo("李红（第二支部）");
    assertThat(page.locator(".own-ended").innerText()).contains("王小明（第一支部）");
    page.locator(".change button").click();
    assertThat(page.locator("main").innerText())
        .contains("王小明的作答还没有交卷（已答 0/7）", "李红的作答还没有交卷（已答 0/7）")
        .contains("换人以后，李红、王小明的作答和成绩都留着")
        .contains("替李红、王小明交卷，再换人");
  }

  @Test
  void pastAttemptsOfAQuiz_sayWhoseTheyAreWhereThatDiffers() {
    var quiz = quiz("\"tries\":3,");
    var page = phone();
    startAs(page, quiz, "王小明", "第一支部");
    handIn(page);
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.locator(".results").innerText()).doesNotContain("王小明");
    startAs(page, quiz, "李红", "第一支部");
    handIn(page);
    page.navigate(service.at("/quizzes/" + quiz));
    var past = page.locator(".results li");
    assertThat(past).hasCount(2);
    assertThat(past.first().innerText()).contains("第 2 次").doesNotContain("李红");
    assertThat(past.last().innerText()).contains("第 1 次", "王小明（第一支部）");
  }
}
