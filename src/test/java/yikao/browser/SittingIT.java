package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.attempt.Attempts;
import yikao.question.Key;

/**
 * A session of a branch from its opening to the account as Excel has it: a projector's page and
 * three phones, of which one reloads, one typed a wrong code and loses its network, and one runs no
 * scripts; and a printed paper for somebody without a phone, which the secretary types in.
 */
final class SittingIT extends BrowserTest {
  private static final String WITHOUT_PHONE = "陈志强";
  private static final List<String> NAMES =
      List.of("王建国", "李红梅", "张伟", "阿依古丽·买买提", WITHOUT_PHONE, "刘洋");

  /** A single, a multiple, a judge and a blank question come in this order. */
  private static final int QUESTIONS = 5;

  private static final String QUIZ =
      """
      {"title":"七月主题党日测试","timeLimitMinutes":30,"reveal":{"what":"review","when":"at-once"},
       "sections":[{"type":"single","count":2,"points":20},{"type":"multiple","count":1,"points":30},
                   {"type":"judge","count":1,"points":10},{"type":"blank","count":1,"points":20}]}
      """;

  private Page office;
  private Page screen;

  /** The session's page. */
  private String at = "";

  private String code = "";

  @Override
  Map<String, Object> settings() {
    return Map.of("yikao.public-address", "http://localhost:8080");
  }

  @BeforeAll
  void people() {
    api().organisation("X", "城东街道党工委", "");
    api().organisation("X1", "第一党支部", "X");
    NAMES.forEach(name -> api().member(name, "X1", ",\"phone\":\"13800001234\""));
    service.createQuiz(QUIZ);
  }

  @Test
  void aBranchHoldsASession() throws IOException {
    expectNetworkErrors();
    opened();
    beamed();
    var first = came("王建国");
    first.reload();
    answerRight(first);
    handIn(first);
    assertThat(screen.locator("[data-count=handedIn]")).hasText("1");

    var second = typedAWrongCode();
    second.context().setOffline(true);
    answer(question(second, 1));
    answer(question(second, 4));
    assertThat(second.locator("[data-warning]")).containsText("网络不通");
    assertThat(second.locator("[data-saving]")).hasText("2 题未保存");

    var third = withoutScripts();
    assertThat(screen.locator("[data-count=cameIn]")).hasText("3");
    beam(screen, "screen-going");
    assertThat(screen.locator("body")).not().containsText("正确答案");
    var paper = onPaper();
    assertThat(screen.locator(".names .handed-in")).hasCount(3);

    // the network is back: what was answered without it arrives
    assertThat(person("李红梅")).containsText("已答 0 / 5 题");
    second.context().setOffline(false);
    assertThat(second.locator("[data-saving]")).hasText("✓ 已全部保存");
    assertThat(person("李红梅")).containsText("已答 2 / 5 题");

    ended(second);
    var mark = mark(paper);
    slides();
    confirmed();
    asExported(score(first), score(second), score(third), mark);
  }

  // pages

  /** As on the projector. */
  private static void beam(Page page, String name) throws IOException {
    Axe.look(page, "sitting-" + name);
    page.setViewportSize(1920, 1080);
    var wide =
        (boolean)
            page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assertThat(wide).as(name).isFalse();
    Axe.picture(page, "sitting-%s-1920".formatted(name), false);
  }

  private static void look(Page page, String name) throws IOException {
    Axe.look(page, "sitting-" + name);
    page.setViewportSize(PHONE, 844);
  }

  /** Somebody in the list of the session's page. */
  private Locator person(String name) {
    return office.locator(".people li", new Page.LocatorOptions().setHasText(name));
  }

  // opening

  private void opened() throws IOException {
    office = phone();
    signIn(office, "shuji", "周书记", "secretary", "X1");
    menu(office, "sittings");
    look(office, "list");
    office.getByLabel("用准备好的测验").check();
    office.getByLabel("测验", new Page.GetByLabelOptions().setExact(true)).selectOption("七月主题党日测试");
    office.getByLabel("地点").fill("二楼会议室");
    office.getByLabel("时间（分钟）").fill("");
    office.getByLabel("时间（分钟）").evaluate("e => { e.required = false; }");
    button(office, "三、开始").click();
    assertThat(office.locator(".problem")).isVisible();
    look(office, "list-refused");
    office.getByLabel("时间（分钟）").fill("10");
    button(office, "三、开始").click();
    office.waitForURL("**/console/sittings/*-*");
    at = office.url();
    code = office.locator(".sitting-code strong").textContent().strip();
    look(office, "page-open");
  }

  /** A page of its own in the secretary's browser. */
  private void beamed() throws IOException {
    screen = office.context().newPage();
    screen.setViewportSize(1920, 1080);
    screen.navigate(at + "/screen");
    assertThat(screen.locator(".qr")).isVisible();
    assertThat(screen.locator(".address")).hasText("localhost:8080/s");
    assertThat(screen.locator(".big-code strong")).hasText(code);
    assertThat(screen.locator("[data-left]")).hasText(Pattern.compile("\\d+:\\d\\d"));
    beam(screen, "screen-empty");
  }

  // phones

  private Page came(String name) throws IOException {
    var page = phone();
    page.navigate(service.at("/s/" + code));
    look(page, "join");
    button(page, "就是我，开始作答").click(); // nobody is chosen yet
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

  private Page typedAWrongCode() throws IOException {
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
    assertThat(page.locator("#digits-problem")).isVisible();
    look(page, "digits");
    page.getByText("李红梅").click();
    page.locator("#digits").fill("1234");
    button(page, "就是我，开始作答").click();
    page.waitForURL("**/attempts/*");
    look(page, "paper");
    return page;
  }

  private Page withoutScripts() {
    var page = phoneWithoutScripts();
    page.navigate(service.at("/s"));
    page.getByLabel("场次码").fill(code);
    button(page, "进入").click();
    page.getByText("阿依古丽·买买提").click();
    button(page, "就是我，开始作答").click();
    page.waitForURL("**/attempts/*");
    answer(question(page, 1));
    page.locator("button[value=check]").first().click();
    page.locator("form[action$=submission] button").click();
    assertThat(page.locator(".score")).isVisible();
    return page;
  }

  private static UUID attempt(Page page) {
    return UUID.fromString(page.url().replaceAll(".*/attempts/([^/?#]+).*", "$1"));
  }

  private void answerRight(Page page) {
    var paper = service.context().getBean(Attempts.class).paper(attempt(page));
    for (var number = 1; number <= QUESTIONS; number++) {
      var shown = question(page, number);
      var asked = paper.question(number);
      switch (asked.key()) {
        case Key.OfChoices(var right) ->
            asked.choices().stream()
                .filter(c -> right.contains(c.id()))
                .forEach(c -> choice(shown, c.text()).click());
        case Key.OfBlanks(var blanks, _, _) ->
            IntStream.range(0, blanks.size())
                .forEach(i -> {
                  var field = shown.locator("input[type=text]").nth(i);
                  field.fill(blanks.get(i).getFirst());
                  field.blur();
                });
        case Key.OfEssay _ -> throw new IllegalStateException();
      }
    }
    assertThat(page.locator("[data-saving]")).hasText("✓ 已全部保存");
  }

  private static Locator choice(Locator question, String text) {
    return question.getByText(text, new Locator.GetByTextOptions().setExact(true));
  }

  private static void handIn(Page page) throws IOException {
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    look(page, "handed-in");
  }

  /** What the result's page says once the session is over. */
  private String score(Page page) {
    page.navigate(service.at("/attempts/%s/result".formatted(attempt(page))));
    return page.locator(".points strong").textContent().strip();
  }

  // on paper

  /** From the print to what is typed in by the number, which is returned. */
  private String onPaper() throws IOException {
    var list = at + "/papers";
    office.bringToFront();
    office.setViewportSize(DESK, 844);
    office.navigate(list);
    office.getByLabel(WITHOUT_PHONE).check();
    office.getByLabel("刘洋").check();
    Axe.look(office, "papers-list");
    button(office, "生成并打印").click();
    office.waitForURL("**/print?*");
    assertThat(office.locator("article.paper")).hasCount(2);
    Axe.look(office, "papers-print");
    var number = number(WITHOUT_PHONE);
    var other = number("刘洋");
    var print = office.url();
    office.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    Axe.print(office, "sitting-papers");
    office.navigate(print.replace("size=normal", "size=large"));
    Axe.print(office, "sitting-papers-large");
    office.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    office.navigate(list);
    typedIn(number);
    office.navigate(list);
    assertThat(office.locator("main")).containsText("已录入（代录）");
    withdrawn(other);
    office.navigate(at);
    return number;
  }

  /** What a paper in print has earned, which is told after the end. */
  private String mark(String number) {
    office.navigate(at + "/papers/" + number);
    var mark = office.locator("main b").first().textContent().replaceAll("[^0-9./ ]", "").strip();
    office.navigate(at);
    return mark.replaceAll(" */.*", "");
  }

  private String number(String name) {
    var sheet = office.locator("article.paper", new Page.LocatorOptions().setHasText(name));
    return sheet.getAttribute("aria-label").replaceAll("\\D", "");
  }

  /** By the keyboard alone. */
  private void typedIn(String number) throws IOException {
    office.getByLabel("答题卡编号").fill("77");
    button(office, "打开").click();
    assertThat(office.getByRole(AriaRole.ALERT)).containsText("没有这个编号的试卷");
    office.getByLabel("答题卡编号").fill(number);
    office.keyboard().press("Enter");
    office.waitForURL("**/papers/" + number);
    assertThat(office.locator("#q1-0")).isFocused();
    for (var typed : List.of("a", "z", "ＡＢ", "×")) {
      office.keyboard().type(typed);
      office.keyboard().press("Enter");
    }
    assertThat(office.locator("#q5-0")).isFocused();
    button(office, "核对").click();
    assertThat(office.locator("[aria-invalid]")).hasCount(1);
    assertThat(office.locator("#q2-problem")).containsText("没有“Z”这个选项");
    assertThat(office.locator("#q2-0")).isFocused();
    Axe.look(office, "papers-typing");
    office.locator("#q2-0").fill("c");
    button(office, "核对").click();
    assertThat(office.getByText("已录入 4 题，共 5 题。")).isVisible();
    Axe.look(office, "papers-preview");
    assertThat(office.locator("[data-hand-in]")).isFocused();
    office.keyboard().press("Enter");
    assertThat(office.locator("main b").first()).containsText("结束以后");
    Axe.look(office, "papers-entered");
  }

  private void withdrawn(String number) {
    office.locator("a[href$='/papers/%s']".formatted(number)).click();
    summary(office, "收回这份试卷").click();
    office.getByLabel("原因").fill("没有到会");
    button(office, "收回").click();
    office.waitForURL("**/papers");
    assertThat(office.locator("main")).containsText("已收回");
  }

  // the end

  private void ended(Page answering) throws IOException {
    office.bringToFront();
    assertThat(office.locator("[data-count=handedIn]")).hasText("3");
    summary(office, "延长时间").click();
    button(office, "延长").click();
    look(office, "page-going");
    summary(office, "提前结束").click();
    button(office, "现在结束").click();
    assertThat(office.locator("#attendance")).isVisible();
    var patience = new LocatorAssertions.IsVisibleOptions().setTimeout(40_000);
    assertThat(screen.locator("#results")).isVisible(patience);
    // the server has handed it in, and the phone is led there
    answering.bringToFront();
    answering.waitForURL("**/result");
    look(answering, "result");
  }

  private void slides() throws IOException {
    screen.bringToFront();
    assertThat(screen.locator(".figures").first()).containsText("4");
    beam(screen, "screen-results");
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

  private void confirmed() throws IOException {
    office.bringToFront();
    office.navigate(at);
    button(office, "确认到场情况和场次记录").click();
    assertThat(office.getByRole(AriaRole.ALERT)).containsText("还有 2 人");
    look(office, "page-ended");
    of("张伟", "leave");
    of("刘洋", "elsewhere");
    of("张伟").getByLabel("说明").fill("在省里开会");
    button(office, "保存").click();
    button(office, "确认到场情况和场次记录").click();
    assertThat(office.locator(".outcome")).containsText("周书记");
    look(office, "page-confirmed");
    link(office, "场次记录").click();
    assertThat(office.locator("table")).containsText("请假");
    look(office, "account");
    Axe.print(office, "sitting-account");
  }

  private Locator of(String name) {
    return office.locator("fieldset", new Page.LocatorOptions().setHasText(name));
  }

  private void of(String name, String status) {
    of(name).locator("select").selectOption(status);
  }

  private void asExported(String first, String second, String third, String onPaper)
      throws IOException {
    assertThat(first).isEqualTo("100");
    var file = office.waitForDownload(() -> link(office, "Excel").click());
    try (var workbook = new ReadableWorkbook(Files.newInputStream(file.path()))) {
      var rows = workbook.getFirstSheet().read();
      assertThat(cells(rows, "王建国")).containsExactly("王建国", "参加作答", "", "100", "及格");
      assertThat(cells(rows, "李红梅")).startsWith("李红梅", "参加作答", "", second);
      assertThat(cells(rows, "阿依古丽·买买提")).startsWith("阿依古丽·买买提", "参加作答", "", third);
      assertThat(cells(rows, WITHOUT_PHONE)).startsWith(WITHOUT_PHONE, "参加作答", "", onPaper);
      assertThat(cells(rows, "张伟")).containsExactly("张伟", "请假", "在省里开会");
      assertThat(cells(rows, "刘洋")).containsExactly("刘洋", "外出");
      assertThat(cells(rows, "测验")).startsWith("测验", "七月主题党日测试");
      assertThat(cells(rows, "支部")).startsWith("支部", "城东街道党工委 / 第一党支部");
      assertThat(cells(rows, "主持人")).startsWith("主持人", "周书记");
      assertThat(cells(rows, "地点")).startsWith("地点", "二楼会议室");
      assertThat(cells(rows, "应参加")).startsWith("应参加", "6");
      assertThat(cells(rows, "到场")).startsWith("到场", "4");
      assertThat(cells(rows, "参加作答")).startsWith("参加作答", "4");
      assertThat(cells(rows, "及格率").get(1)).isNotEqualTo("0%");
      assertThat(cells(rows, "错得最多的题")).startsWith("错得最多的题", "答错人数", "作答人数");
      assertThat(rows.getLast().getCellText(2)).as("how many had it").matches("[1-4]");
    }
  }

  /** The row that begins with this. */
  private static List<String> cells(List<Row> rows, String begin) {
    var row =
        rows.stream()
            .filter(r -> r.getCellCount() > 0 && r.getCellText(0).equals(begin))
            .findFirst()
            .orElseThrow(() -> new AssertionError(begin));
    return IntStream.range(0, row.getCellCount()).mapToObj(row::getCellText).toList();
  }
}
