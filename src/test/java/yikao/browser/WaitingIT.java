package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.api.Client;

/** Forms that cannot be taken at once wait, keep what was typed, and are sent again. */
class WaitingIT extends BrowserTest {
  private static final int QUEUE = 20;
  private static final int CONNECTIONS = 4;
  private static final int PER_GUEST = 6;

  private final List<Connection> taken = new ArrayList<>();
  private ExecutorService others;
  private String quiz = "";

  @Override
  Map<String, Object> settings() {
    return Map.of(
        "test.stall", true,
        "yikao.limits.queue", QUEUE,
        "yikao.limits.starts-per-minute-of-guest", PER_GUEST,
        "yikao.database.pool", CONNECTIONS);
  }

  @BeforeEach
  void open() {
    expectNetworkErrors();
    others = Executors.newVirtualThreadPerTaskExecutor();
    quiz = service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,"));
  }

  @AfterEach
  void goOn() throws SQLException {
    free();
    reconnect();
  }

  private Stall stall() {
    return service.context().getBean(Stall.class);
  }

  /** So many come at once that there is room for no more. */
  private void crowd() throws Exception {
    stall().hold();
    var api = new Client(service.uri());
    var crowd = new ExecutorCompletionService<Integer>(others);
    crowd.submit(() -> startOther(api));
    await().until(() -> stall().isHolding());
    for (var i = 0; i < 2 * QUEUE; i++) {
      crowd.submit(() -> startOther(api));
    }
    // the first that is answered at all is one that was refused
    assertThat(crowd.take().get()).isEqualTo(503);
  }

  private int startOther(Client api) {
    return api.start(quiz, UUID.randomUUID().toString(), "别人", "第二支部").status();
  }

  /** The crowd is through, and there is room again. */
  private void free() {
    stall().release();
    others.close();
  }

  /** No query gets through. */
  private void disconnect() throws SQLException {
    var pool = service.context().getBean(DataSource.class).unwrap(HikariDataSource.class);
    for (var i = 0; i < CONNECTIONS; i++) {
      taken.add(pool.getConnection());
    }
  }

  private void reconnect() throws SQLException {
    for (var connection : taken) {
      connection.close();
    }
    taken.clear();
  }

  private static void untilStarted(Page page) {
    page.waitForURL("**/attempts/*", new Page.WaitForURLOptions().setTimeout(40_000));
  }

  private static Locator visibleButton(Page page, String text) {
    return page.locator("button:visible", new Page.LocatorOptions().setHasText(text));
  }

  private void assertWaits(Page page) {
    assertThat(page.locator("[data-again-notice]")).containsText("人多，正在排队，几秒后自动再试");
    assertThat(page.getByLabel("姓名")).hasValue("王小明");
    assertThat(page.getByLabel("所在支部或单位")).hasValue("第一支部");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStartInACrowd_waitsForItsTurn(boolean scripts) throws Exception {
    var page = open(PHONE, scripts);
    page.navigate(service.at("/quizzes/" + quiz));
    crowd();
    sendStart(page, "王小明");
    assertWaits(page);
    free();
    untilStarted(page);
    assertThat(page.locator(".taker")).containsText("王小明（第一支部）");
    assertThat(browserContext().cookies().stream().map(c -> c.name)).doesNotContain("yikao_start");
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStartTooMany_waitsForItsTurn(boolean scripts) {
    var page = open(PHONE, scripts);
    page.navigate(service.at("/quizzes/" + quiz));
    var api = new Client(service.uri());
    var other = service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,"));
    while (api.start(other, guest(), "王小明", "第一支部").status() != 429) {
      // once more
    }
    sendStart(page, "王小明");
    assertWaits(page);
    untilStarted(page);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStartWithoutADatabase_waitsForItsTurn(boolean scripts) throws Exception {
    var page = open(PHONE, scripts);
    page.navigate(service.at("/quizzes/" + quiz));
    disconnect();
    sendStart(page, "王小明");
    assertThat(page.locator("h1")).hasText("人多，正在排队");
    assertThat(page.locator("main")).containsText("您填的内容都在");
    reconnect();
    untilStarted(page);
    assertThat(page.locator(".taker")).containsText("王小明（第一支部）");
  }

  @Test
  void whoChangesWhatWaits_sendsItThemself() throws Exception {
    var page = phone();
    page.navigate(service.at("/quizzes/" + quiz));
    crowd();
    sendStart(page, "王小明");
    assertWaits(page);
    page.getByLabel("姓名").fill("王晓明");
    assertThat(page.locator("[data-again-notice]")).isHidden();
    free();
    startAs(page, "王晓明");
    assertThat(page.locator(".taker")).containsText("王晓明");
  }

  @Test
  void aSaveWithoutScriptsInACrowd_comesBackAsItWasFilledIn() throws Exception {
    var page = phoneWithoutScripts();
    start(page, quiz);
    answer(question(page, 1));
    visibleButton(page, "保存").last().click();
    page.waitForURL("**?saved=1");
    crowd();
    question(page, 1).locator("input[type=radio]").nth(1).check();
    answerAll(page, 7, 2);
    visibleButton(page, "保存").last().click();
    assertThat(page.locator(".notice")).containsText("这次没有保存上");
    assertThat(question(page, 1).locator("input[type=radio]").nth(1)).isChecked();
    assertThat(question(page, 3).locator("input[type=checkbox]").nth(1)).isChecked();
    assertThat(question(page, 7).locator("input[type=text]").first()).hasValue("答案");
    free();
    visibleButton(page, "保存").last().click();
    page.waitForURL("**?saved=1");
    assertThat(page.locator("[data-answered]")).hasText("7");
    assertThat(question(page, 1).locator("input[type=radio]").nth(1)).isChecked();
  }

  private void answerAll(Page page, int last, int first) {
    for (var number = first; number <= last; number++) {
      answer(question(page, number));
    }
  }

  @Test
  void aScriptThatComesWithSuchAPage_savesWhatWasFilledIn() throws Exception {
    var page = phoneWithoutScripts();
    start(page, quiz);
    crowd();
    answer(question(page, 1));
    answer(question(page, 7));
    var html = new String[1];
    page.onResponse(response -> {
      if (response.status() == 503) {
        html[0] = response.text();
      }
    });
    visibleButton(page, "保存").last().click();
    assertThat(page.locator(".notice")).containsText("这次没有保存上");
    page.waitForCondition(() -> html[0] != null);
    free();
    var attempt = page.url();
    var cookies = browserContext().cookies();
    browserContext().close();
    var script = phone();
    browserContext()
        .addCookies(
            cookies.stream()
                .map(c -> new Cookie(c.name, c.value).setUrl(service.at("/")))
                .toList());
    script.route(
        attempt,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html; charset=utf-8")
                    .setBody(html[0])));
    script.navigate(attempt);
    assertThat(question(script, 1).locator("[data-state]")).hasText("✓ 已保存");
    assertThat(question(script, 7).locator("[data-state]")).hasText("✓ 已保存");
    script.unroute(attempt);
    script.reload();
    assertThat(script.locator("[data-answered]")).hasText("2");
  }

  @Test
  void handingInWithoutScriptsInACrowd_isSaidAndCanBeRepeated() throws Exception {
    var page = phoneWithoutScripts();
    start(page, quiz);
    page.locator("[data-check]").click();
    page.waitForURL("**/check");
    crowd();
    page.locator("[data-submit]").click();
    assertThat(page.locator(".notice")).containsText("还没有交上");
    free();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    assertThat(page.locator(".receipt")).isVisible();
  }

  @Test
  void aSaveWithoutScriptsAndWithoutADatabase_isKept() throws Exception {
    var page = phoneWithoutScripts();
    start(page, quiz);
    answerAll(page, SMALL_QUIZ_QUESTIONS);
    disconnect();
    visibleButton(page, "保存").last().click();
    assertThat(page.locator("main")).containsText("您填的内容都在");
    reconnect();
    visibleButton(page, "再试一次").click();
    page.waitForURL("**?saved=1");
    assertThat(page.locator("[data-answered]")).hasText("7");
    assertThat(question(page, 7).locator("input[type=text]").first()).hasValue("答案");
  }

  @Test
  void handingInForAnotherInACrowd_isKept() throws Exception {
    var page = phoneWithoutScripts();
    start(page, quiz);
    visibleButton(page, "换人作答").click();
    crowd();
    visibleButton(page, "替王小明交卷").click();
    assertThat(page.locator("h1")).hasText("人多，正在排队");
    free();
    visibleButton(page, "再试一次").click();
    page.waitForURL("**#entry");
    assertThat(page.getByLabel("姓名")).hasValue("");
  }
}
