package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;

/**
 * Ledgers in the console, on a phone without scripts and at a desk: from a unit to who is missing.
 */
final class LedgerIT extends BrowserTest {
  private static final String PASSWORD = "城东街道的 蓝色大门";
  private static final String QUIZ =
      """
      {"title":"七月学习测试","entry":"members","sections":[{"type":"judge","count":2,"points":50}]}\
      """;

  private String quiz;

  private Client api() {
    return new Client(service.uri());
  }

  private Reply staff(String path, String body) {
    var reply = api().post(path, body, TestService.editorToken());
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply;
  }

  private void organisation(String code, String name, String parent) {
    staff(
        "/api/organisations",
        "{\"code\":\"%s\",\"name\":\"%s\",\"kind\":\"branch\"%s,\"reason\":\"新成立\"}"
            .formatted(code, name, parent.isEmpty() ? "" : ",\"parent\":\"%s\"".formatted(parent)));
  }

  private void member(String name, String in) {
    staff(
        "/api/members",
        "{\"name\":\"%s\",\"organisation\":\"%s\",\"reason\":\"登记\"}".formatted(name, in));
  }

  @BeforeAll
  void prepare() {
    organisation("W", "城东街道党工委", "");
    organisation("W1", "第一党支部", "W");
    organisation("W2", "离退休干部第二党支部", "W");
    member("王建国", "W1");
    member("李秀英", "W1");
    member("阿依古丽·买买提", "W2");
    member("张书记", "W");
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
    var made =
        staff(
            "/api/accounts",
            "{\"name\":\"%s\",\"fullName\":\"督导员\",\"roles\":[{\"role\":\"supervisor\",\"organisation\":\"W\"}]}"
                .formatted(name));
    page.navigate(service.at("/console"));
    page.getByLabel("用户名").fill(name);
    page.getByLabel("密码").fill(made.text("password"));
    button(page, "登录").click();
    page.getByLabel("现在的密码").fill(made.text("password"));
    page.getByLabel("新密码", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
    page.getByLabel("再输一遍新密码").fill(PASSWORD);
    button(page, "修改").click();
    page.waitForURL("**/console");
  }

  private static Locator button(Page page, String text) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  private static Locator link(Page page, String text) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  private static void assertFits(Page page) {
    assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .as(page.url())
        .isTrue();
  }

  @Test
  void phoneWithoutScripts_leadsToWhoIsMissing() {
    var page = phoneWithoutScripts();
    signIn(page, "shouji");
    page.locator(".console-nav a", new Page.LocatorOptions().setHasText("台账")).click();
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
    for (var width : new int[] {PHONE, DESK}) {
      var page = open(width, true);
      signIn(page, "kuan" + width);
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
        look(page, width, path);
      }
      var table =
          api()
              .get("/api/ledger/W/table?format=csv&quiz=" + quiz, TestService.editorToken())
              .body()
              .strip();
      var mark = table.substring(table.lastIndexOf(',') + 1);
      page.navigate(service.at("/console/ledger-exports"));
      page.getByLabel("核对码").fill(mark);
      button(page, "核对").click();
      assertThat(page.locator("#known")).containsText("核对码有效");
      look(page, width, "export");
    }
  }

  private static void look(Page page, int width, String path) throws IOException {
    assertFits(page);
    Axe.look(page, "ledger-" + width + path.replaceAll("[^a-zA-Z]+", "-"));
  }
}
