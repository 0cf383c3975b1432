package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;

/**
 * Ledgers in the console, on a phone without scripts and at a desk: from a unit to who is missing.
 */
final class LedgerIT extends BrowserTest {
  private static final String QUIZ =
      """
      {"title":"七月学习测试","entry":"members","sections":[{"type":"judge","count":2,"points":50}]}\
      """;

  private String quiz;

  @BeforeAll
  void prepare() {
    api().organisation("W", "城东街道党工委", "");
    api().organisation("W1", "第一党支部", "W");
    api().organisation("W2", "离退休干部第二党支部", "W");
    api().member("王建国", "W1");
    api().member("李秀英", "W1");
    api().member("阿依古丽·买买提", "W2");
    api().member("张书记", "W");
    quiz = api().quiz(QUIZ);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            api()
                .get("/api/quizzes/%s/roster".formatted(quiz), TestService.editorToken())
                .has("frozenAt"));
    var started = api().start(quiz, UUID.randomUUID().toString(), "王建国", "W1");
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    api().submit(started, "{}");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            api()
                .get("/api/ledger/W?quiz=" + quiz, TestService.editorToken())
                .body()
                .contains("\"took\":1"));
  }

  private void signIn(Page page, String name) {
    signIn(page, name, "督导员", "supervisor", "W");
  }

  @Test
  void phoneWithoutScripts_leadsToWhoIsMissing() {
    var page = phoneWithoutScripts();
    signIn(page, "shouji");
    menu(page, "ledger");
    link(page, "城东街道党工委").click();
    page.getByLabel("时段", new Page.GetByLabelOptions().setExact(true))
        .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(0));
    button(page, "查看").click();
    page.navigate(service.at("/console/ledger/W?quiz=" + quiz));
    assertThat(page.locator("tr.total")).containsText("25.0%");
    link(page, "离退休干部第二党支部 未参加 1").click();
    assertThat(page.locator(".rows")).containsText("阿依古丽·买买提");
    assertThat(page.locator(".rows")).not().containsText("王建国");
  }

  @Test
  void everyPage_fitsPhonesAndDesks_andIsAccessible() throws IOException {
    for (var language : List.of("zh-Hans", "en")) {
      var page = open(DESK, true);
      signIn(page, "kuan-" + language);
      browserContext()
          .addCookies(List.of(new Cookie("yikao_language", language).setUrl(service.at("/"))));
      for (var path :
          new String[] {
            "",
            "/W",
            "/W?quiz=" + quiz,
            "/W?period=2026",
            "/W/overview",
            "/W/people?figure=should&quiz=" + quiz
          }) {
        page.navigate(service.at("/console/ledger" + path));
        look(page, language, path);
      }
      var table =
          api()
              .get("/api/ledger/W/table?format=csv&quiz=" + quiz, TestService.editorToken())
              .body()
              .strip();
      var mark = table.substring(table.lastIndexOf(',') + 1);
      page.navigate(service.at("/console/ledger-exports"));
      page.locator("#code").fill(mark);
      page.locator("#code").press("Enter");
      assertThat(page.locator("#known")).containsText(language.equals("en") ? "valid" : "核对码有效");
      look(page, language, "export");
    }
  }

  private void look(Page page, String language, String path) throws IOException {
    var name = path.replace(quiz, "").replaceAll("[^a-zA-Z]+", "-");
    Axe.look(page, "ledger-" + language + name);
  }
}
