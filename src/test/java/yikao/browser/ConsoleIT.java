package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import yikao.db.OwnerOnly;

/**
 * The console as those use it who run the service: from the first start to a secretary who sees the
 * own part alone.
 */
final class ConsoleIT extends BrowserTest {
  private static final String OWN_PASSWORD = "城东街道的 蓝色大门";
  private static final String OTHER_PASSWORD = "第一支部 星期三 学习";

  private final Path folder = folder();

  private static Path folder() {
    try {
      var folder = Files.createTempDirectory("yikao-console");
      OwnerOnly.mend(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Map<String, Object> settings() {
    return Map.of(
        "yikao.first-access",
        "password",
        "yikao.secrets",
        folder.resolve("secrets.properties").toString());
  }

  private static void look(Page page, String name) throws IOException {
    Axe.look(page, "console-" + name);
  }

  private static void signIn(Page page, String name, String password) {
    page.getByLabel("用户名").fill(name);
    page.getByLabel("密码").fill(password);
    button(page, "登录").click();
  }

  private static void change(Page page, String before, String after) {
    page.getByLabel("现在的密码").fill(before);
    page.getByLabel("新密码", new Page.GetByLabelOptions().setExact(true)).fill(after);
    page.getByLabel("再输一遍新密码").fill(after);
    button(page, "修改").click();
  }

  @Test
  void fromTheFirstStart_toASecretaryWhoSeesTheOwnPart() throws IOException {
    var page = phone();
    page.navigate(service.at("/console/staff"));
    assertThat(page).hasTitle("登录控制台 - 以考");
    look(page, "sign-in");
    var password = Files.readString(folder.resolve("first-password")).strip();
    signIn(page, "admin", password);
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("修改密码");
    look(page, "first-password");
    change(page, password, OWN_PASSWORD);
    page.waitForURL("**/console");
    look(page, "home");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("工作人员")).click();
    page.getByLabel("姓名").fill("李书记");
    page.getByLabel("用户名").fill("lishuji");
    page.getByLabel("支部书记").check();
    button(page, "新建").click();
    var given = page.locator(".once code").innerText();
    look(page, "new-account");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("工作人员")).click();
    assertThat(page.getByText("还没登录过")).isVisible();
    look(page, "staff");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("操作日志")).click();
    assertThat(page.locator(".rows li").first()).containsText("新建账号");
    look(page, "audit");
    quizzesAreFound(page);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("系统管理员")).first().click();
    page.getByLabel("用途").fill("考勤系统");
    button(page, "生成令牌").click();
    assertThat(page.locator(".once code")).containsText("ykt_");
    look(page, "own");
    button(page, "退出").click();

    signIn(page, "lishuji", given);
    change(page, given, OTHER_PASSWORD);
    page.waitForURL("**/console");
    assertThat(page.locator(".console-nav a"))
        .hasText(new String[] {"首页", "现场测试", "现场提问", "问卷", "台账", "组织", "党员", "导入"});
    assertThat(page.locator("main")).containsText("支部书记 · 全部组织");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("党员")).click();
    assertThat(page.locator("main")).containsText("还没有党员。");
  }

  /** From the list to the page of one, in all three languages. */
  private void quizzesAreFound(Page page) throws IOException {
    page.locator(".console-nav a", new Page.LocatorOptions().setHasText("测验")).click();
    assertThat(page.locator("h1")).hasText("测验");
    look(page, "quizzes");
    page.getByLabel("按名称查找测验").fill("没有这个测验");
    button(page, "查找").click();
    assertThat(page.locator("main")).containsText("没有符合的测验。");
    look(page, "quizzes-none");
    page.getByText("看全部测验").click();
    page.getByLabel("状态").selectOption("open");
    button(page, "查找").click();
    page.locator(".rows a").first().click();
    assertThat(page.locator("main")).containsText("参加情况");
    look(page, "quiz");
    var at = URI.create(page.url()).getPath();
    for (var language : List.of("zh-Hant", "en")) {
      page.navigate(service.at("/language?to=" + language + "&back=" + at));
      look(page, "quiz-" + language);
      page.navigate(service.at("/console/quizzes"));
      look(page, "quizzes-" + language);
      page.navigate(service.at("/console/audit"));
      look(page, "audit-" + language);
      page.navigate(service.at("/console/staff"));
      look(page, "staff-" + language);
      page.navigate(service.at("/console"));
      look(page, "home-" + language);
    }
    page.navigate(service.at("/language?to=zh-Hans&back=/console"));
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("操作日志")).click();
  }

  /** Someone who types a wrong password is told so, and has not to type the name again. */
  @Test
  void wrongPassword_isSaid() throws IOException {
    expectNetworkErrors();
    var page = phone();
    page.navigate(service.at("/console/sign-in"));
    signIn(page, "nobody", "nothing");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("用户名或密码不对，或账号已停用。");
    assertThat(page.getByLabel("用户名")).hasValue("nobody");
    look(page, "sign-in-wrong");
  }
}
