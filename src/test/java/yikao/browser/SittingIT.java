package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;

/**
 * A session of a branch: a projector's page and three phones, one of which reloads, one runs no
 * scripts, one typed a wrong code; from its opening to its printed account.
 */
final class SittingIT extends BrowserTest {
  private static final String PASSWORD = "城东街道的 蓝色大门";
  private static final List<String> NAMES = List.of("王建国", "李红梅", "张伟", "阿依古丽·买买提", "陈志强", "刘洋");

  @Override
  Map<String, Object> settings() {
    return Map.of("yikao.public-address", "http://localhost:8080");
  }

  private Client api() {
    return new Client(service.uri());
  }

  @BeforeAll
  void people() {
    post(
        "/api/organisations",
        "{\"code\":\"X\",\"name\":\"城东街道党工委\",\"kind\":\"branch\",\"reason\":\"新成立\"}");
    post(
        "/api/organisations",
        "{\"code\":\"X1\",\"name\":\"第一党支部\",\"parent\":\"X\",\"kind\":\"branch\",\"reason\":\"新成立\"}");
    NAMES.forEach(name ->
        post(
            "/api/members",
            "{\"name\":\"%s\",\"organisation\":\"X1\",\"phone\":\"13800001234\",\"reason\":\"登记\"}"
                .formatted(name)));
  }

  private void post(String path, String body) {
    var made = api().post(path, body, TestService.editorToken());
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  /** A secretary, who signs in and changes the password. */
  private void signIn(Page page) {
    var made =
        api()
            .post(
                "/api/accounts",
                "{\"name\":\"shuji\",\"fullName\":\"周书记\",\"roles\":[{\"role\":\"secretary\",\"organisation\":\"X1\"}]}",
                TestService.editorToken());
    page.navigate(service.at("/console"));
    page.getByLabel("用户名").fill("shuji");
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

  /** As on the projector. */
  private static void beam(Page page, String name) throws IOException {
    Axe.look(page, "sitting-" + name);
    page.setViewportSize(1920, 1080);
    var wide =
        (boolean)
            page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assertThat(wide).as(name).isFalse();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", "sitting-%s-1920.png".formatted(name))));
  }

  private static void look(Page page, String name) throws IOException {
    Axe.look(page, "sitting-" + name);
    page.setViewportSize(PHONE, 844);
  }

  private static Locator summary(Page page, String text) {
    return page.locator("summary", new Page.LocatorOptions().setHasText(text));
  }

  @Test
  void aBranchHoldsASession() throws IOException {
    expectNetworkErrors();
    var office = phone();
    signIn(office);
    opened(office);
    var at = office.url();
    var code = office.locator(".sitting-code strong").textContent().strip();
    look(office, "page-open");
    // a page of its own in the same browser
    var screen = office.context().newPage();
    screen.setViewportSize(1920, 1080);
    screen.navigate(at + "/screen");
    assertThat(screen.locator(".qr")).isVisible();
    assertThat(screen.locator(".address")).hasText("localhost:8080/s");
    assertThat(screen.locator(".big-code strong")).hasText(code);
    assertThat(screen.locator("[data-left]"))
        .hasText(java.util.regex.Pattern.compile("\\d+:\\d\\d"));
    beam(screen, "screen-empty");

    var first = came(code, "王建国", screen);
    first.reload();
    assertThat(question(first, 1)).isVisible();
    answer(question(first, 1));
    assertThat(first.locator("[data-saving]")).hasText("✓ 已全部保存");

    var second = typedAWrongCode(code);
    var third = withoutScripts(code);
    assertThat(screen.locator("[data-count=cameIn]")).hasText("3");
    assertThat(screen.locator(".names .answering")).hasCount(3);
    third.locator("button[value=check]").first().click();
    third.locator("form[action$=submission] button").click();
    assertThat(screen.locator("[data-count=handedIn]")).hasText("1");
    beam(screen, "screen-going");
    assertThat(screen.locator("body")).not().containsText("正确答案");
    assertThat(third.locator(".score")).isVisible();

    office.bringToFront();
    assertThat(office.locator("[data-count=handedIn]")).hasText("1");
    summary(office, "延长时间").click();
    button(office, "延长").click();
    look(office, "page-going");
    summary(office, "提前结束").click();
    button(office, "现在结束").click();
    assertThat(office.locator("#attendance")).isVisible();

    assertThat(screen.locator("#results"))
        .isVisible(
            new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                .setTimeout(40_000));
    beam(screen, "screen-results");
    slides(screen);
    answered(office, at);
    assertThat(second.locator("body")).isVisible();
  }

  private void opened(Page office) throws IOException {
    office.locator(".console-nav a", new Page.LocatorOptions().setHasText("现场测试")).click();
    look(office, "list");
    office.getByLabel("题数").fill("5");
    office
        .getByLabel("方面", new Page.GetByLabelOptions().setExact(true))
        .selectOption(new SelectOption().setIndex(0));
    office.getByLabel("时间（分钟）").fill("");
    office.getByLabel("时间（分钟）").evaluate("e => { e.required = false; }");
    button(office, "三、开始").click();
    assertThat(office.locator(".problem")).isVisible();
    office.getByLabel("时间（分钟）").fill("10");
    office.getByLabel("地点").fill("二楼会议室");
    button(office, "三、开始").click();
    office.waitForURL("**/console/sittings/*-*");
  }

  private Page came(String code, String name, Page screen) throws IOException {
    var page = phone();
    page.navigate(service.at("/s/" + code));
    look(page, "join");
    button(page, "就是我，开始作答").click();
    page.getByText(name).click();
    button(page, "就是我，开始作答").click();
    page.waitForURL("**/attempts/*");
    assertThat(screen.locator(".names .answering")).containsText(new String[] {name});
    // the QR code once more leads back to the paper
    var paper = page.url();
    page.navigate(service.at("/s/" + code));
    look(page, "join-going");
    page.getByText("继续作答").click();
    assertThat(page.url()).isEqualTo(paper);
    return page;
  }

  private Page typedAWrongCode(String code) throws IOException {
    var page = phone();
    page.navigate(service.at("/s"));
    page.getByLabel("场次码").fill(code.equals("000000") ? "000001" : "000000");
    button(page, "进入").click();
    assertThat(page.locator("#code-problem")).isVisible();
    look(page, "wrong-code");
    page.getByLabel("场次码").fill(code.substring(0, 3) + " " + code.substring(3));
    button(page, "进入").click();
    // somebody else's name, who has begun with another phone
    page.getByText("王建国").click();
    button(page, "就是我，开始作答").click();
    assertThat(page.locator("#digits-problem")).containsText("另一部手机");
    look(page, "digits");
    page.getByText("李红梅").click();
    page.locator("#digits").fill("1234");
    button(page, "就是我，开始作答").click();
    page.waitForURL("**/attempts/*");
    return page;
  }

  private Page withoutScripts(String code) {
    var page = phoneWithoutScripts();
    page.navigate(service.at("/s"));
    page.getByLabel("场次码").fill(code);
    button(page, "进入").click();
    page.getByText("阿依古丽·买买提").click();
    button(page, "就是我，开始作答").click();
    page.waitForURL("**/attempts/*");
    return page;
  }

  private void slides(Page screen) throws IOException {
    screen.bringToFront();
    assertThat(screen.locator(".figures").first()).containsText("3");
    assertThat(screen.locator("[data-slide]:visible")).hasCount(1);
    screen.keyboard().press("PageDown");
    var slide = screen.locator("[data-slide]:visible");
    assertThat(slide).hasCount(1);
    assertThat(slide).containsText("没有答对");
    assertThat(slide.locator(".answer")).isHidden();
    beam(screen, "screen-question");
    screen.keyboard().press("ArrowRight");
    assertThat(slide.locator(".answer")).isVisible();
    beam(screen, "screen-answer");
    screen.keyboard().press("PageUp");
    assertThat(slide.locator(".answer")).isHidden();
    screen.keyboard().press("PageUp");
    assertThat(screen.locator("#results")).isVisible();
  }

  private void answered(Page office, String at) throws IOException {
    office.bringToFront();
    office.navigate(at);
    button(office, "确认到场情况和场次记录").click();
    assertThat(office.getByRole(AriaRole.ALERT)).containsText("还有 3 人");
    look(office, "page-ended");
    for (var select : office.locator("select").all()) {
      select.selectOption("leave");
    }
    button(office, "保存").click();
    button(office, "确认到场情况和场次记录").click();
    assertThat(office.locator(".outcome")).containsText("周书记");
    look(office, "page-confirmed");
    office.getByText("场次记录", new Page.GetByTextOptions().setExact(true)).first().click();
    assertThat(office.locator("table")).containsText("请假");
    look(office, "account");
    office.pdf(
        new Page.PdfOptions()
            .setPreferCSSPageSize(true)
            .setPath(Path.of("target", "screenshots", "sitting-account.pdf")));
    office.navigate(service.at("/language?to=en&back=" + at.replace(service.at(""), "")));
    look(office, "page-english");
  }
}
