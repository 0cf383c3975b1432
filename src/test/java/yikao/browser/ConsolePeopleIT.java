package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;

/**
 * Organisations, members and imports in the console: a branch is made, its members are imported
 * from Excel, one is found, moved and given another state; its secretary sees that branch alone.
 */
final class ConsolePeopleIT extends BrowserTest {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static void look(Page page, String name) throws IOException {
    Axe.look(page, "people-" + name);
  }

  private void signIn(Page page, String name, String role, String organisation) {
    signIn(page, name, name, role, organisation);
  }

  private static Locator nav(Page page, String text) {
    return page.locator(".console-nav a", new Page.LocatorOptions().setHasText(text));
  }

  /** A form of the page, unfolded. */
  private static Locator form(Page page, String summary) {
    var details = page.locator("details", new Page.LocatorOptions().setHas(summary(page, summary)));
    summary(page, summary).click();
    return details;
  }

  private static void create(Page page, String summary, String name, String code, String kind) {
    var form = form(page, summary);
    form.getByLabel("名称").fill(name);
    form.getByLabel("组织编号").fill(code);
    form.getByLabel("类别")
        .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(kind));
    form.getByLabel("原因").fill("新成立");
    form.getByText("新建", new Locator.GetByTextOptions().setExact(true)).click();
  }

  private static byte[] sheet() throws IOException {
    var rows =
        List.of(
            List.of("姓名", "组织编号", "编号", "手机"),
            List.of("张三", "D1", "P0001", "13800000001"),
            List.of("阿依古丽·买买提", "D1", "P0002", "13800000002"),
            List.of("王五", "没有的", "P0003", ""));
    var bytes = new ByteArrayOutputStream();
    try (var workbook = new Workbook(bytes, "test", "1.0")) {
      var sheet = workbook.newWorksheet("党员");
      for (var r = 0; r < rows.size(); r++) {
        for (var c = 0; c < rows.get(r).size(); c++) {
          sheet.value(r, c, rows.get(r).get(c));
        }
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void aBranchIsMade_itsMembersImported_andItsSecretarySeesItAlone() throws IOException {
    expectNetworkErrors();
    var page = phone();
    signIn(page, "zongguan", "administrator", "");
    branchesAreMade(page);
    membersAreImported(page);
    oneIsMoved(page);
    oneIsErased(page);
    secretarySeesTheOwn();
  }

  private void branchesAreMade(Page page) throws IOException {
    nav(page, "组织").click();
    look(page, "organisations-none");
    create(page, "新建最上级组织", "城东街道党工委", "D", "党委");
    assertThat(page.locator("h1")).hasText("城东街道党工委");
    create(page, "新建下级组织", "第一党支部", "D1", "党支部");
    assertThat(page.locator("h1")).hasText("第一党支部");
    assertThat(page.locator("main")).containsText("城东街道党工委 / 第一党支部");
    api().organisation("D2", "第二党支部", "D");
    api().organisation("X", "城西街道党工委", "");
    api().organisation("X1", "第一党支部", "X");

    page.locator(".way a", new Page.LocatorOptions().setHasText("城东街道党工委")).click();
    create(page, "新建下级组织", "第一党支部", "D9", "党支部");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("没有保存");
    assertThat(page.locator(".problem")).containsText("同一上级下已有同名");
    assertThat(page.getByLabel("组织编号")).hasValue("D9");
    look(page, "organisation-refused");

    nav(page, "组织").click();
    look(page, "organisations");
    page.getByText("下级 2 个").click();
    assertThat(page.locator(".rows li")).hasCount(2);
    look(page, "organisations-under");
    page.getByLabel("按名称、路径或编号查找组织").fill("第一党支部");
    button(page, "查找").click();
    assertThat(page.locator(".rows li")).hasCount(2);
    assertThat(page.locator(".rows")).containsText("城西街道党工委");
    look(page, "organisations-found");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("第一党支部")).first().click();
    var rename = form(page, "改名称或类别");
    rename.getByLabel("名称").fill("第一联合党支部");
    rename.getByLabel("原因").fill("更名");
    button(page, "保存").click();
    assertThat(page.locator("h1")).hasText("第一联合党支部");
    assertThat(page.locator("main")).containsText("被取代的记录");
    page.getByText("操作记录").click();
    assertThat(page.locator(".log").last()).containsText("改组织名称或类别");
    look(page, "organisation");
  }

  private void membersAreImported(Page page) throws IOException {
    nav(page, "导入").click();
    look(page, "imports");
    page.getByLabel("文件", new Page.GetByLabelOptions().setExact(true))
        .setInputFiles(new FilePayload("党员.xlsx", XLSX, sheet()));
    button(page, "上传并检查").click();
    assertThat(page.locator("#state")).hasText("检查完毕，等待确认");
    assertThat(page.locator(".problem")).containsText("组织编号：");
    look(page, "import-checked");
    page.getByText("不能导入 1 行").click();
    assertThat(page.locator(".rows li")).hasCount(1);
    button(page, "只导入其余 2 行").click();
    assertThat(page.locator("#state")).hasText("导入完成");
    look(page, "import-done");
  }

  private void oneIsMoved(Page page) throws IOException {
    nav(page, "党员").click();
    assertThat(page.locator(".rows li")).hasCount(2);
    page.locator("#name").fill("古丽•买");
    button(page, "查找").click();
    assertThat(page.locator(".rows li")).hasCount(1);
    look(page, "members");
    page.locator(".rows a").click();
    assertThat(page.locator("h1")).hasText("阿依古丽·买买提");
    assertThat(page.locator("main")).not().containsText("13800000002");
    button(page, "显示手机号").click();
    assertThat(page.locator("main")).containsText("13800000002");
    var move = form(page, "转到另一个组织");
    move.getByLabel("转到哪个组织").fill("党支部");
    move.getByLabel("原因").fill("组织关系转接");
    button(page, "转到这个组织").click();
    assertThat(page.getByText("您指的是哪一个？")).isVisible();
    assertThat(page.locator("#move-reason")).hasValue("组织关系转接");
    look(page, "member-which");
    page.getByText("城西街道党工委 / 第一党支部").last().click();
    button(page, "转到这个组织").click();
    assertThat(page.locator("dl")).containsText("城西街道党工委 / 第一党支部");
    var state = form(page, "变更状态");
    state.getByLabel("新的状态").selectOption("floating");
    state.getByLabel("原因").fill("外出务工");
    button(page, "变更").click();
    assertThat(page.locator("dl")).containsText("流动");
    assertThat(page.locator("main")).containsText("外出务工");
    look(page, "member");
  }

  private void oneIsErased(Page page) throws IOException {
    nav(page, "党员").click();
    form(page, "登记党员");
    page.locator("#create-name").fill("赵六");
    page.locator("#create-organisation").fill("城东街道党工委 / 第二党支部");
    page.locator("#create-reason").fill("新发展");
    button(page, "登记").click();
    assertThat(page.locator("h1")).hasText("赵六");
    var person = page.url();
    var erasure = form(page, "删除个人信息");
    erasure.getByLabel("原因").fill("本人申请");
    button(page, "删除").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("请先勾选");
    page.getByLabel("我确认删除这个人的个人信息").check();
    button(page, "删除").click();
    page.waitForURL("**/console/members");
    assertThat(page.locator("main")).not().containsText("赵六");
    page.navigate(person);
    assertThat(page.locator("h1")).hasText("已删除的人员");
    assertThat(page.locator("main")).not().containsText("赵六");
    look(page, "erased");
    nav(page, "操作日志").click();
    assertThat(page.locator(".rows")).containsText("删除个人信息 · 已删除的人员");
    look(page, "audit");
    for (var language : List.of("zh-Hant", "en")) {
      page.navigate(service.at("/language?to=%s&back=/console/members".formatted(language)));
      look(page, "members-" + language);
    }
    page.navigate(service.at("/language?to=zh-Hans&back=/console"));
  }

  private void secretarySeesTheOwn() throws IOException {
    browserContext().close();
    var page = phone();
    signIn(page, "shuji", "secretary", "D1");
    assertThat(page.locator(".console-nav a"))
        .hasText(new String[] {"首页", "现场测试", "现场提问", "问卷", "台账", "组织", "党员", "导入"});
    nav(page, "组织").click();
    assertThat(page.locator(".rows li")).hasCount(1);
    look(page, "secretary-organisations");
    nav(page, "党员").click();
    assertThat(page.locator(".rows li")).hasCount(1);
    assertThat(page.locator(".rows")).containsText("张三");
    look(page, "secretary-members");
    var foreign = page.navigate(service.at("/console/organisations/X1"));
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(page.navigate(service.at("/console/members?organisation=X")).status())
        .isEqualTo(403);
    page.navigate(service.at("/console/organisations?q=第一党支部"));
    assertThat(page.locator("main")).not().containsText("城西");
    page.navigate(service.at("/language?to=en&back=/console/imports"));
    assertThat(page.locator("h1")).hasText("Imports");
    look(page, "imports-english");
    page.navigate(service.at("/console/organisations/D1"));
    look(page, "organisation-english");
  }

  /** A file goes its way in a browser that runs no scripts. */
  @Test
  void anImport_worksWithoutScripts() {
    var page = phoneWithoutScripts();
    signIn(page, "daoru", "administrator", "");
    nav(page, "导入").click();
    page.getByLabel("组织", new Page.GetByLabelOptions().setExact(true)).check();
    var csv = "code,name\nW1,无脚本支部\n".getBytes(StandardCharsets.UTF_8);
    page.locator("#file").setInputFiles(new FilePayload("a.csv", "text/csv", csv));
    button(page, "上传并检查").click();
    button(page, "确认导入全部 1 行").click();
    assertThat(page.locator("#state")).hasText("导入完成");
    page.navigate(service.at("/console/organisations/W1"));
    assertThat(page.locator("h1")).hasText("无脚本支部");
  }

  /** What is no table is refused in plain words. */
  @Test
  void aFileThatIsNone_isRefused() {
    expectNetworkErrors();
    var page = phone();
    signIn(page, "cuowu", "administrator", "");
    nav(page, "导入").click();
    page.locator("#file")
        .setInputFiles(new FilePayload("a.xlsx", XLSX, new byte[] {'P', 'K', 3, 4, 0, 0}));
    button(page, "上传并检查").click();
    assertThat(page.locator("#file-problem")).isVisible();
  }
}
