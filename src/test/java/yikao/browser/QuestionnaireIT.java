package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;

/** A questionnaire from the page where it is made to its chart, and a sheet on a phone. */
final class QuestionnaireIT extends BrowserTest {
  private static final String PASSWORD = "城东街道的 蓝色大门";
  private static final List<String> PEOPLE = List.of("王建国", "李秀英", "张书记", "赵一鸣", "阿依古丽·买买提", "陈晓");

  @Override
  Map<String, Object> settings() {
    return Map.of("yikao.public-address", "http://quiz.example.org:8080");
  }

  private Reply staff(String path, String body) {
    var reply = new Client(service.uri()).post(path, body, TestService.editorToken());
    assertThat(reply.status()).as(reply.body()).isLessThan(300);
    return reply;
  }

  @BeforeAll
  void prepare() {
    staff(
        "/api/organisations",
        "{\"code\":\"W\",\"name\":\"城东街道第一党支部\",\"kind\":\"branch\",\"reason\":\"新成立\"}");
    for (var name : PEOPLE) {
      staff(
          "/api/members",
          "{\"name\":\"%s\",\"organisation\":\"W\",\"reason\":\"登记\"}".formatted(name));
    }
  }

  private void signIn(Page page, String name) {
    var made =
        staff(
            "/api/accounts",
            "{\"name\":\"%s\",\"fullName\":\"支部书记\",\"roles\":[{\"role\":\"secretary\",\"organisation\":\"W\"}]}"
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

  private static Locator field(Page page, String name) {
    return page.locator("[name='%s']".formatted(name));
  }

  /** Makes and saves a draft with a question of each kind. */
  private void draft(Page page, String title, String anonymous) {
    page.navigate(service.at("/console/questionnaires"));
    field(page, "title").fill(title);
    page.locator("[name=anonymous][value=%s]".formatted(anonymous)).check();
    button(page, "新建").click();
    field(page, "purpose").fill("为了开好明年的组织生活，请如实填写。");
    button(page, "单选").click();
    field(page, "questions[0].text").fill("每月一次的主题党日，时间合适吗？");
    field(page, "questions[0].choices").fill("合适\n太长\n太短");
    button(page, "多选").click();
    field(page, "questions[1].text").fill("您喜欢哪些形式？");
    field(page, "questions[1].choices").fill("专题讲课\n现场参观\n分组讨论");
    button(page, "打分").click();
    field(page, "questions[2].text").fill("您对今年的组织生活满意吗？");
    field(page, "questions[2].from").fill("0");
    field(page, "questions[2].to").fill("10");
    field(page, "questions[2].low").fill("很不满意");
    field(page, "questions[2].high").fill("很满意");
    button(page, "文字").click();
    field(page, "questions[3].text").fill("您有什么建议？");
    assertThat(page.getByText("下面的修改还没有保存。")).isVisible();
    button(page, "保存").last().click();
    assertThat(page.getByText("下面的修改还没有保存。")).isHidden();
  }

  private static void fillIn(Page page, String name, int points) {
    page.getByLabel("合适", new Page.GetByLabelOptions().setExact(true)).check();
    page.getByLabel("现场参观").check();
    page.locator("[name=a3][value='%d']".formatted(points)).check();
    page.getByLabel("您有什么建议").fill(name.length() > 2 ? "多去现场看看，\n少念文件。" : "");
    page.getByLabel("姓名").fill(name);
    button(page, "交问卷").click();
  }

  @Test
  void anonymous_fromTheDraftToTheChart() throws IOException {
    var desk = open(DESK, true);
    signIn(desk, "shuji");
    Axe.look(desk, "questionnaires-empty");
    draft(desk, "组织生活质量问卷", "true");
    Axe.look(desk, "questionnaire-draft");
    desk.setViewportSize(DESK, 900);
    button(desk, "发放").click();
    assertThat(desk.locator("#how")).hasText("正在填写");
    Axe.look(desk, "questionnaire-open");
    var at = desk.url();
    var sheet =
        service.at(at.substring(at.indexOf("/console")).replace("/console/questionnaires", "/q"));

    expectNetworkErrors(); // a refused sheet is a 409
    look(sheet);
    var phone = phoneWithoutScripts();
    for (var i = 0; i < PEOPLE.size(); i++) {
      phone.navigate(sheet);
      fillIn(phone, PEOPLE.get(i), 5 + i);
      assertThat(phone.getByText("问卷已收到，谢谢。")).isVisible();
    }
    assertThat(phone.context().cookies().stream().map(c -> c.name))
        .noneMatch(n -> n.contains("guest"));

    desk.navigate(at);
    assertThat(desk.locator(".figures")).containsText("100%");
    desk.getByText("现在截止").click();
    button(desk, "截止").click();
    assertThat(desk.locator("#how")).hasText("已截止");
    assertThat(desk.locator(".chart").first()).containsText("6 份，100%");
    assertThat(desk.getByText("平均分 7.50")).isVisible();
    Axe.look(desk, "questionnaire-closed");
    desk.navigate(service.at("/console/questionnaires"));
    Axe.look(desk, "questionnaires");
    phone.navigate(sheet);
    assertThat(phone.getByText("这份问卷已经截止")).isVisible();
  }

  /** A sheet, refused for a name that is not on the list, with what was answered; the receipt. */
  private void look(String sheet) throws IOException {
    var phone = phone();
    phone.navigate(sheet);
    Axe.look(phone, "sheet");
    fillIn(phone, "外人甲", 7);
    assertThat(phone.getByRole(AriaRole.ALERT)).containsText("没有可交的问卷");
    assertThat(phone.locator("[name=a3][value='7']")).isChecked();
    Axe.look(phone, "sheet-refused");
    phone.navigate(sheet + "/receipt");
    Axe.look(phone, "sheet-taken");
  }

  @Test
  void named_isCorrectedOnTheSamePhone() throws IOException {
    var desk = open(DESK, true);
    signIn(desk, "shuji2");
    draft(desk, "实名问卷", "false");
    button(desk, "发放").click();
    assertThat(desk.locator("#not-yet ~ .people")).containsText("王建国");
    var at = desk.url();
    var sheet =
        service.at(at.substring(at.indexOf("/console")).replace("/console/questionnaires", "/q"));
    var phone = open(PHONE, true);
    phone.navigate(sheet);
    assertThat(phone.getByText("这份问卷是实名的")).isVisible();
    fillIn(phone, "王建国", 3);
    phone.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("修改")).click();
    assertThat(phone.locator("[name=a3][value='3']")).isChecked();
    assertThat(phone.getByText("您已经交过")).isVisible();
    Axe.look(phone, "sheet-named");
    phone.locator("[name=a3][value='9']").check();
    phone.getByLabel("姓名").fill("王建国");
    button(phone, "修改").click();
    assertThat(phone.getByText("修改已收到，谢谢。")).isVisible();
    desk.navigate(at);
    assertThat(desk.locator(".people")).not().containsText("王建国");
    Axe.look(desk, "questionnaire-named");
    var english = open(PHONE, true);
    english.navigate(service.at("/language?to=en&back=" + sheet.substring(sheet.indexOf("/q/"))));
    Axe.look(english, "sheet-en");
  }
}
