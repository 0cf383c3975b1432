package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.api.Client;

/** One corrects one's own name and branch while the attempt runs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CorrectionIT extends BrowserTest {
  private static final String LINK = "姓名或支部写错了？更正";

  @Override
  Map<String, Object> settings() {
    return Map.of("yikao.limits.starts-per-minute-of-guest", 1_000);
  }

  private String quiz() {
    return service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,"));
  }

  private static void openForm(Page page) {
    page.locator("a:visible, button:visible", new Page.LocatorOptions().setHasText(LINK)).click();
    page.waitForURL("**/participant");
  }

  private static void send(Page page) {
    page.locator("button[value=correct]").click();
  }

  private static Locator taker(Page page) {
    return page.locator(".taker > span");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Order(1)
  void nameAndBranch_areCorrectedAndWhatWasAnsweredStays(boolean scripts) {
    var page = open(PHONE, scripts);
    var quiz = quiz();
    start(page, quiz);
    var attempt = page.url();
    answer(question(page, 1));
    answer(question(page, 7));
    openForm(page);
    assertThat(page.locator("h1")).hasText("更正姓名和支部");
    assertThat(page.locator(".card > .fine").innerText())
        .matches("答案都已保存。作答时间照常计算，\\d{4}年\\d+月\\d+日 \\d\\d:\\d\\d:\\d\\d 截止。");
    assertThat(page.getByLabel("姓名")).hasValue("王小明");
    assertThat(page.getByLabel("所在支部或单位")).hasValue("第一支部");
    page.getByLabel("姓名").fill("王晓明");
    page.getByLabel("所在支部或单位").fill("第二支部");
    send(page);
    page.waitForURL(attempt + "?corrected=1");
    assertThat(taker(page).innerText()).isEqualTo("王晓明（第二支部）");
    assertThat(page.locator(".notice")).isVisible();
    assertThat(page.locator(".notice").innerText()).isEqualTo("姓名和支部已经更正。");
    assertThat(page.locator("[data-answered]")).hasText("2");
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    assertThat(question(page, 7).locator("input[type=text]").first()).hasValue("答案");
    // starts offer the new name from now on
    page.navigate(service.at("/quizzes/" + quiz()));
    assertThat(page.getByLabel("姓名")).hasValue("王晓明");
    assertThat(page.getByLabel("所在支部或单位")).hasValue("第二支部");
    page.navigate(attempt + "/check");
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    page.navigate(service.at("/quizzes/" + quiz + "/leaderboard"));
    assertThat(page.locator("tr.me").innerText()).contains("王*明", "第二支部");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Order(1)
  void whatIsWrong_isSaidBesideItsFieldWithWhatWasTyped(boolean scripts) {
    expectNetworkErrors();
    var page = open(PHONE, scripts);
    start(page, quiz());
    var attempt = page.url();
    openForm(page);
    page.getByLabel("姓名").fill("\u3164");
    page.getByLabel("所在支部或单位").fill("第三支部");
    send(page);
    assertThat(page.locator("#name-problem")).hasText("请填写姓名，1 到 50 个字。");
    assertThat(page.getByLabel("所在支部或单位")).hasValue("第三支部");
    assertThat(page.locator("#branch-problem")).hasCount(0);
    page.getByLabel("姓名").fill("王\u202e小明");
    send(page);
    assertThat(page.locator("#name-problem")).hasText("姓名含有看不见的字符，或改变书写方向的字符，请重新填写。");
    page.getByLabel("姓名").fill("王小明");
    page.getByLabel("所在支部或单位").fill("第一\u202e支部");
    send(page);
    assertThat(page.locator("#branch-problem")).hasText("所在支部或单位含有看不见的字符，或改变书写方向的字符，请重新填写。");
    assertThat(page.locator("#name-problem")).hasCount(0);
    page.locator("a", new Page.LocatorOptions().setHasText("返回作答")).click();
    page.waitForURL(attempt);
    assertThat(taker(page).innerText()).isEqualTo("王小明（第一支部）");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Order(1)
  void whatCannotBeShown_isSaidByTheStartFormToo(boolean scripts) {
    expectNetworkErrors();
    var page = open(PHONE, scripts);
    page.navigate(service.at("/quizzes/" + quiz()));
    sendStart(page, "王\u202e小明");
    assertThat(page.locator("#name-problem")).hasText("姓名含有看不见的字符，或改变书写方向的字符，请重新填写。");
    assertThat(page.getByLabel("所在支部或单位")).hasValue("第一支部");
  }

  @Test
  @Order(1)
  void afterTheEnd_staffCorrectsAndThePageSaysSo() {
    var page = phone();
    start(page, quiz());
    var attempt = page.url();
    openForm(page);
    var other = browserContext().newPage();
    other.navigate(attempt + "/check");
    other.locator("[data-submit]").click();
    other.waitForURL("**/result");
    page.getByLabel("姓名").fill("王晓明");
    send(page);
    page.waitForURL(attempt + "/result");
    assertThat(page.locator(".score dd").first()).hasText("王小明（第一支部）");
    assertThat(page.locator(".score .fine").innerText()).isEqualTo("姓名或支部写错了？更正请联系组织者，并提供回执。");
    page.navigate(attempt + "/participant");
    page.waitForURL(attempt + "/result");
  }

  @Test
  @Order(1)
  void anotherSiteOrBrowser_correctsNothing() {
    var page = phone();
    start(page, quiz());
    var attempt = page.url();
    var form =
        RequestOptions.create()
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .setHeader("Sec-Fetch-Site", "cross-site")
            .setData("name=%E6%9D%8E&branch=1&do=correct");
    assertThat(browserContext().request().post(attempt + "/participant", form).status())
        .isEqualTo(403);
    page.reload();
    assertThat(taker(page).innerText()).isEqualTo("王小明（第一支部）");
    browserContext().close();
    expectNetworkErrors();
    var stranger = phone();
    stranger.navigate(service.at("/quizzes/" + quiz()));
    assertThat(stranger.navigate(attempt + "/participant").status()).isEqualTo(403);
    assertThat(stranger.locator("main")).not().containsText("王小明");
  }

  private void correctedByApi_readsTheBranchAsItIsUnderstood() {
    var api = new Client(service.uri());
    var started = api.start(quiz(), UUID.randomUUID().toString(), "王小明", "C0001");
    var path = "/api/attempts/%s/participant".formatted(started.text("id"));
    for (var written : List.of("X1", "城西街道党工委/第一党支部")) {
      var body = "{\"name\":\"王晓明\",\"branch\":\"%s\"}".formatted(written);
      var corrected = api.put(path, body, started.text("token"));
      assertThat(corrected.status()).as(corrected.body()).isEqualTo(200);
      assertThat(corrected.text("branch")).isEqualTo("城西街道党工委 / 第一党支部");
    }
  }

  /** More branches than are listed at once, two of one name among them. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Order(2)
  void branchOfALongList_isSoughtAndTheOneBeforeGivesWay(boolean scripts) {
    expectNetworkErrors();
    var many =
        IntStream.range(0, 400)
            .mapToObj(i -> "C%04d,第%d村支部,".formatted(i, i))
            .collect(Collectors.joining("\n"));
    var csv = "code,name,parent\nD,城东街道党工委,\nX,城西街道党工委,\nD1,第一党支部,D\nX1,第一党支部,X\n" + many;
    assertThat(service.edit("PUT", "/api/organisations", csv).statusCode()).isEqualTo(200);
    var page = open(PHONE, scripts);
    page.navigate(service.at("/quizzes/" + quiz()));
    page.getByLabel("姓名").fill("王小明");
    page.locator("#find").fill("第77村支部");
    page.locator("button[value=start]").click();
    page.waitForURL("**/attempts/*");
    assertThat(taker(page).innerText()).isEqualTo("王小明（第77村支部）");
    openForm(page);
    assertThat(page.locator("#branch")).hasValue("C0077");
    // what is written now counts, not what is chosen from before
    page.locator("#find").fill("第一党支部");
    send(page);
    assertThat(page.locator("#branch-problem")).hasText("请从列出的支部中选择所在支部。");
    assertThat(page.locator("#branch option"))
        .hasText(new String[] {"请选择", "城东街道党工委 / 第一党支部", "城西街道党工委 / 第一党支部"});
    assertThat(page.getByLabel("姓名")).hasValue("王小明");
    page.locator("#find").fill("第200村");
    page.locator("button[value=find]").click();
    assertThat(page.locator("#branch option")).hasText(new String[] {"请选择", "第200村支部"});
    page.locator("#find").fill("第一党支部");
    page.locator("button[value=find]").click();
    page.locator("#branch").selectOption("X1");
    send(page);
    page.waitForURL("**/attempts/*?corrected=1");
    assertThat(taker(page).innerText()).isEqualTo("王小明（城西街道党工委 / 第一党支部）");
    correctedByApi_readsTheBranchAsItIsUnderstood();
  }
}
