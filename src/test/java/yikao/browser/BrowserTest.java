package yikao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.StaffBrowser;

/**
 * A service and a phone's browser. Whatever a test does, no request goes to another host, and no
 * error appears on the console but those that the test expects.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTest {
  static final int PHONE = 390;
  static final int DESK = 1280;

  /** Two questions of each type that one answers by choosing, and one blank. */
  static final String SMALL_QUIZ =
      """
      {"title":"浏览器测试","description":"七道题。","timeLimitMinutes":30,%s
       "sections":[{"type":"single","count":2,"points":2},{"type":"multiple","count":2,"points":3},
                   {"type":"judge","count":2,"points":1},{"type":"blank","count":1,"points":3}]}
      """;

  static final int SMALL_QUIZ_QUESTIONS = 7;

  TestService service;
  private Playwright playwright;
  private Browser browser;
  private BrowserContext context;
  private final List<String> consoleErrors = new CopyOnWriteArrayList<>();
  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private boolean networkErrorsExpected;

  /** Settings of the service that differ from those of all tests. */
  Map<String, Object> settings() {
    return Map.of();
  }

  /** The secret by which the service knows the browser's guest. */
  String guest() {
    return context.cookies().stream()
        .filter(cookie -> cookie.name.equals("yikao_guest"))
        .map(cookie -> cookie.value.substring(0, cookie.value.lastIndexOf('.')))
        .findFirst()
        .orElseThrow();
  }

  @BeforeAll
  void startAll() {
    service = TestService.start(settings());
    playwright = Browsers.playwright();
    browser = Browsers.launch(playwright);
  }

  @AfterAll
  void stopAll() {
    browser.close();
    playwright.close();
    service.close();
  }

  @BeforeEach
  void forget() {
    consoleErrors.clear();
    hosts.clear();
    networkErrorsExpected = false;
  }

  @AfterEach
  void check() {
    if (context != null) {
      context.close();
    }
    assertThat(hosts).allMatch(host -> host.equals(service.uri().getAuthority()));
    assertThat(consoleErrors)
        .filteredOn(e -> !networkErrorsExpected || !e.contains("Failed to load resource"))
        .isEmpty();
  }

  /** The test cuts the network or makes the service fail. */
  void expectNetworkErrors() {
    networkErrorsExpected = true;
  }

  /** A fresh browser of a phone's width. */
  Page phone() {
    return open(PHONE, true);
  }

  Page phoneWithoutScripts() {
    return open(PHONE, false);
  }

  Page open(int width, boolean scripts) {
    return open(width, scripts, "zh-CN");
  }

  /**
   * A fresh browser.
   *
   * @param locale that it asks pages for
   */
  Page open(int width, boolean scripts, String locale) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 844)
                .setLocale(locale)
                .setJavaScriptEnabled(scripts));
    context.onRequest(request -> {
      if (!request.url().startsWith("data:")) {
        hosts.add(URI.create(request.url()).getAuthority());
      }
    });
    context.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        consoleErrors.add(message.text());
      }
    });
    context.onWebError(error -> consoleErrors.add(error.error()));
    context.setDefaultTimeout(15_000);
    return context.newPage();
  }

  Client api() {
    return new Client(service.uri());
  }

  /**
   * Signs somebody in who has a role.
   *
   * @param fullName the person's
   * @param organisation code; empty: over everything
   */
  void signIn(Page page, String name, String fullName, String role, String organisation) {
    var session = StaffBrowser.of(api(), name, fullName, role, organisation).cookies();
    page.context()
        .addCookies(
            session.entrySet().stream()
                .map(c -> new Cookie(c.getKey(), c.getValue()).setUrl(service.at("/")))
                .toList());
    page.navigate(service.at("/console"));
  }

  static Locator button(Page page, String text) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  static Locator link(Page page, String text) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  static Locator summary(Page page, String text) {
    return page.locator("summary", new Page.LocatorOptions().setHasText(text));
  }

  /** Opens a page of the console by its menu. */
  static void menu(Page page, String path) {
    page.locator(".console-nav a[href='/console/%s']".formatted(path)).click();
  }

  BrowserContext browserContext() {
    return context;
  }

  /** Opens a quiz's page and starts it. */
  void start(Page page, String quiz) {
    page.navigate(service.at("/quizzes/" + quiz));
    startAs(page, "王小明");
  }

  /** Starts from a quiz's page. */
  void startAs(Page page, String name) {
    sendStart(page, name);
    page.waitForURL("**/attempts/*");
  }

  /** Sends the form of a quiz's page. */
  void sendStart(Page page, String name) {
    page.getByLabel("姓名").fill(name);
    page.getByLabel("所在支部或单位").fill("第一支部");
    page.locator("button", new Page.LocatorOptions().setHasText("开始作答")).click();
  }

  Locator question(Page page, int number) {
    return page.locator("#q" + number);
  }

  /** Chooses the first choice or two, or writes a word into every blank. */
  void answer(Locator question) {
    switch (question.getAttribute("data-type")) {
      case "multiple" -> {
        question.locator("input[type=checkbox]").nth(0).check();
        question.locator("input[type=checkbox]").nth(1).check();
      }
      case "blank", "essay" -> {
        for (var blank : question.locator("input[type=text], textarea").all()) {
          blank.fill("答案");
          blank.blur();
        }
      }
      default -> question.locator("input[type=radio]").first().check();
    }
  }

  void answerAll(Page page, int questions) {
    for (var number = 1; number <= questions; number++) {
      answer(question(page, number));
    }
  }
}
