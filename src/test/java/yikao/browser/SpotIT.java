package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Questions to somebody on the spot: drawn, shown, marked. */
final class SpotIT extends BrowserTest {
  @Test
  void twoQuestions_areDrawnShownAndMarked() throws IOException {
    api().organisation("PB", "第一支部", "");
    api().member("王建国", "PB");
    var page = open(DESK, true);
    signIn(page, "dudao", "督导员", "supervisor", "PB");
    menu(page, "spot-questions");
    Axe.look(page, "spot-list");
    page.getByLabel("题数").selectOption("2");
    button(page, "抽题").click();
    page.waitForURL("**/spot-questions/*");
    Axe.look(page, "spot-asked");
    assertThat(page.locator("blockquote")).hasCount(0);
    button(page, "答对了").click();
    assertThat(page.locator("blockquote")).hasCount(1);
    assertThat(page.locator("[role=status]")).containsText("答对");
    Axe.look(page, "spot-marked");
    page.getByText("下一题").click();
    button(page, "答错了").click();
    page.getByText("返回").click();
    assertThat(page.locator("main")).containsText("答错");
  }
}
