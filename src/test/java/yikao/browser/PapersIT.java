package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import yikao.SittingRows;
import yikao.TestService;
import yikao.api.Client;

/** Somebody without a phone, from the print to the mark; and a question on the spot. */
class PapersIT extends BrowserTest {
  private static final String PASSWORD = "correct horse battery 15";
  private static final Path PICTURES = Path.of("target", "screenshots");

  private Client api() {
    return new Client(service.uri());
  }

  private String made(String path, String body) {
    var made = api().post(path, body, TestService.editorToken());
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.has("id") ? made.text("id") : made.body();
  }

  private void signIn(Page page, String name) {
    var account =
        api()
            .post(
                "/api/accounts",
                "{\"name\":\"%s\",\"fullName\":\"张书记\",\"roles\":[{\"role\":\"secretary\",\"organisation\":\"PB\"}]}"
                    .formatted(name),
                TestService.editorToken());
    assertThat(account.status()).as(account.body()).isEqualTo(201);
    page.navigate(service.at("/console"));
    page.getByLabel("用户名").fill(name);
    page.getByLabel("密码").fill(account.text("password"));
    button(page, "登录").click();
    page.getByLabel("现在的密码").fill(account.text("password"));
    page.getByLabel("新密码", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
    page.getByLabel("再输一遍新密码").fill(PASSWORD);
    button(page, "修改").click();
    page.waitForURL("**/console");
  }

  private static Locator button(Page page, String text) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  private static void picture(Page page, String name, int width) throws IOException {
    Files.createDirectories(PICTURES);
    page.setViewportSize(width, 1080);
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
  }

  private String session() {
    made(
        "/api/organisations",
        "{\"code\":\"PB\",\"name\":\"第一支部\",\"kind\":\"branch\",\"reason\":\"新成立\"}");
    for (var name : new String[] {"王建国", "李秀英", "阿依古丽·买买提"}) {
      made(
          "/api/members",
          "{\"name\":\"%s\",\"organisation\":\"PB\",\"reason\":\"登记\"}".formatted(name));
    }
    var quiz =
        service.createQuiz(
            """
            {"title":"七月主题党日测试","listed":false,"entry":"members",
             "roster":{"organisations":["PB"]},
             "sections":[{"type":"single","count":4,"points":5},{"type":"multiple","count":3,"points":10},
                         {"type":"judge","count":3,"points":5},{"type":"blank","count":2,"points":10}]}
            """);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            api()
                .get("/api/quizzes/%s/roster".formatted(quiz), TestService.editorToken())
                .has("frozenAt"));
    return SittingRows.insert(service.context(), quiz, "PB").toString();
  }

  @Test
  void paper_isPrinted_typedInByTheKeyboard_andMarked() throws IOException {
    var session = session();
    var page = open(DESK, true);
    signIn(page, "zhang");
    var list = service.at("/console/sittings/%s/papers".formatted(session));
    page.navigate(list);
    page.getByLabel("王建国").check();
    page.getByLabel("阿依古丽").check();
    Axe.look(page, "papers-list");
    button(page, "生成并打印").click();
    page.waitForURL("**/print?*");
    assertThat(page.locator("article.paper")).hasCount(2);
    Axe.look(page, "papers-print");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    picture(page, "papers-on-paper", 794);
    page.pdf(
        new Page.PdfOptions().setPath(PICTURES.resolve("papers.pdf")).setPreferCSSPageSize(true));
    var large = page.url().replace("size=normal", "size=large");
    page.navigate(large);
    page.pdf(
        new Page.PdfOptions()
            .setPath(PICTURES.resolve("papers-large.pdf"))
            .setPreferCSSPageSize(true));
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));

    page.navigate(list);
    page.getByLabel("答题卡编号").fill("7");
    expectNetworkErrors();
    button(page, "打开").click();
    assertThat(page.locator("[role=alert]")).containsText("没有这个编号的试卷");
    page.getByLabel("答题卡编号").fill("2");
    page.keyboard().press("Enter");
    page.waitForURL("**/papers/2");
    assertThat(page.locator("#q1-0")).isFocused();
    for (var typed : new String[] {"a", "b", "z", "d", "ab", "BCD", "ＡＢ", "对", "错", "×"}) {
      page.keyboard().type(typed);
      page.keyboard().press("Enter");
    }
    assertThat(page.locator("#q11-0")).isFocused();
    button(page, "核对").click();
    assertThat(page.locator("[aria-invalid]")).hasCount(1);
    assertThat(page.locator("#q3-problem")).containsText("没有“Z”这个选项");
    assertThat(page.locator("#q3-0")).isFocused();
    Axe.look(page, "papers-typing");
    page.locator("#q3-0").fill("c");
    button(page, "核对").click();
    assertThat(page.getByText("已录入 10 题，共 12 题。")).isVisible();
    Axe.look(page, "papers-preview");
    assertThat(page.locator("[data-hand-in]")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("main b").first()).containsText("得分");
    Axe.look(page, "papers-entered");
    page.navigate(list);
    assertThat(page.locator("main")).containsText("已录入（代录）");
    page.getByText("1 号").first().click();
    page.getByText("收回这份试卷").click();
    page.getByLabel("原因").fill("改用手机");
    button(page, "收回").click();
    page.waitForURL("**/papers");
    assertThat(page.locator("main")).containsText("已收回");

    spot(page);
  }

  private void spot(Page page) throws IOException {
    page.locator(".console-nav a", new Page.LocatorOptions().setHasText("现场提问")).click();
    Axe.look(page, "spot-list");
    page.setViewportSize(1920, 1080);
    page.getByLabel("题数").selectOption("2");
    button(page, "抽题").click();
    page.waitForURL("**/spot-questions/*");
    Axe.look(page, "spot-asked");
    picture(page, "spot-asked-1920", 1920);
    assertThat(page.locator("blockquote")).hasCount(0);
    button(page, "答对了").click();
    assertThat(page.locator("blockquote")).hasCount(1);
    assertThat(page.locator("[role=status]")).containsText("答对");
    Axe.look(page, "spot-marked");
    picture(page, "spot-marked-1920", 1920);
    page.getByText("下一题").click();
    button(page, "答错了").click();
    page.getByText("返回").click();
    assertThat(page.locator("main")).containsText("答错");
  }
}
