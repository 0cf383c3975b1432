package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import yikao.text.Conversion;

/** The three languages in the browser: asked for, chosen on each page, and never mixed. */
class LanguagesIT extends BrowserTest {
  private static final Path FOLDER = Path.of("target", "screenshots");
  private static final String NAME = "刘国发";
  private static final String BRANCH = "发展支部";
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
  private String quiz = "";

  @BeforeAll
  void make() {
    quiz =
        service.createQuiz(
            """
            {"title":"发展党员工作测试","description":"每题都有出处。","timeLimitMinutes":45,"tries":10,
             "reveal":{"what":"review","when":"at-once"},"marking":{"multiple":"partial","partialShare":0.5},
             "sections":[{"type":"single","count":3,"points":2},{"type":"multiple","count":2,"points":3},
                         {"type":"judge","count":2,"points":1},{"type":"blank","count":2,"points":3},
                         {"type":"essay","count":1,"points":10}]}
            """);
  }

  private static void choose(Page page, String tag) {
    page.locator(".languages summary").click();
    page.locator(".languages button[lang='" + tag + "']").click();
    assertThat(page.locator("html")).hasAttribute("lang", tag);
  }

  private void startIn(Page page) {
    page.locator("#name").fill(NAME);
    page.locator("#branch").fill(BRANCH);
    page.locator("button[value=start]").click();
    page.waitForURL("**/attempts/*");
  }

  private static void handIn(Page page) {
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, zh-Hans, 党规学习测验",
    "zh-TW, zh-Hant, 黨規學習測驗",
    "zh-HK, zh-Hant, 黨規學習測驗",
    "en-US, en, Quizzes on Party Rules",
    "fr-FR, zh-Hans, 党规学习测验",
  })
  void browser_getsTheLanguageItAsksFor(String locale, String lang, String heading) {
    var page = open(PHONE, true, locale);
    page.navigate(service.at("/"));
    assertThat(page.locator("html")).hasAttribute("lang", lang);
    assertThat(page.locator("h1")).hasText(heading);
  }

  @Test
  void choice_onEachPage_leadsBackToIt() {
    var page = phone();
    page.navigate(service.at("/"));
    choose(page, "en");
    assertThat(page).hasURL(service.at("/"));
    assertThat(page.locator("h1")).hasText("Quizzes on Party Rules");
    page.navigate(service.at("/quizzes/" + quiz));
    choose(page, "zh-Hant");
    assertThat(page).hasURL(service.at("/quizzes/" + quiz));
    assertThat(page.locator("#entry")).hasText("開始作答");
    startIn(page);
    answer(question(page, 1));
    question(page, 8).locator("input[type=text]").first().fill("黨章");
    choose(page, "en");
    assertThat(page).hasURL(Pattern.compile("/attempts/[^/]+$"));
    assertThat(page.locator("[data-saving]")).hasText("✓ All saved");
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    assertThat(question(page, 8).locator("input[type=text]").first()).hasValue("黨章");
    assertThat(page.locator("[data-check]")).hasText("Check and submit");
    handIn(page);
    assertThat(page.locator("h1")).hasText("Result");
    choose(page, "zh-Hans");
    assertThat(page).hasURL(Pattern.compile("/result$"));
    assertThat(page.locator("h1")).hasText("成绩");
    choose(page, "zh-Hant");
    assertThat(page.locator("h1")).hasText("成績");
    assertThat(page.locator("[aria-current=true]")).hasText("繁體中文");
  }

  @Test
  void choice_withoutScripts_keepsWhatWasFilledIn() {
    var page = phoneWithoutScripts();
    page.navigate(service.at("/quizzes/" + quiz));
    startIn(page);
    answer(question(page, 1));
    choose(page, "zh-Hant");
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    assertThat(page.locator("[role=status].notice")).hasText("答案已經保存。");
    page.locator("[data-check]").click();
    page.waitForURL("**/check");
    choose(page, "en");
    assertThat(page.locator("h1")).hasText("Check and submit");
  }

  /** What a script says after the page has come. */
  @Test
  void wordsOfScripts_areThePages() {
    var page = open(PHONE, true, "zh-TW");
    page.navigate(service.at("/quizzes/" + quiz));
    startIn(page);
    answer(question(page, 1));
    assertThat(question(page, 1).locator("[data-state]")).hasText("✓ 已保存");
    assertThat(page.locator("[data-left]")).containsText("剩餘");
    choose(page, "en");
    answer(question(page, 2));
    assertThat(question(page, 2).locator("[data-state]")).hasText("✓ Saved");
    assertThat(page.locator("[data-left]")).containsText("left");
  }

  @Test
  void traditionalPages_convertTheBankAndNoName() {
    var page = open(PHONE, true, "zh-TW");
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.locator("h1")).hasText("发展党员工作测试");
    startIn(page);
    assertThat(page.locator(".taker")).containsText(NAME + "（" + BRANCH + "）");
    assertThat(page.locator("[lang=zh-Hans]:not(h1):not(button)")).hasCount(0);
    var paper = texts(page.locator(".stem, .choice .text"));
    handIn(page);
    assertThat(page.locator("h2").first()).hasText("发展党员工作测试");
    assertThat(page.locator("main")).containsText(NAME + "（" + BRANCH + "）");
    var review = texts(page.locator(".stem, .options .text, .explanation, .citation"));
    for (var text : List.of(paper, review)) {
      assertThat(Conversion.toTraditional(Conversion.toSimplified(text))).isEqualTo(text);
      assertThat(Conversion.toSimplified(text)).isNotEqualTo(text);
    }
  }

  private static String texts(Locator locator) {
    return String.join("\n", locator.allInnerTexts());
  }

  /** In English nothing is Chinese but what says so: the bank, titles, and what people wrote. */
  @Test
  void englishPages_markWhatIsChinese() {
    var page = open(PHONE, true, "en-US");
    page.navigate(service.at("/"));
    assertNothingUnmarked(page);
    page.navigate(service.at("/quizzes/" + quiz));
    assertNothingUnmarked(page);
    startIn(page);
    assertNothingUnmarked(page);
    handIn(page);
    assertNothingUnmarked(page);
    page.locator("a[href$=leaderboard]").first().click();
    page.waitForURL("**/leaderboard");
    assertNothingUnmarked(page);
    page.navigate(service.at("/own"));
    assertNothingUnmarked(page);
    expectNetworkErrors();
    page.navigate(service.at("/quizzes/nope"));
    assertNothingUnmarked(page);
  }

  private static void assertNothingUnmarked(Page page) {
    var script =
        """
        () => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (!node.parentElement.closest('[lang^=zh]')) {
              found.push(node.textContent);
            }
          }
          return found.join('\\n');
        }
        """;
    var unmarked = (String) page.evaluate(script);
    var others =
        unmarked.replace(NAME, "").replace(BRANCH, "").replace("刘*发", "").replace("王*明", "");
    assertThat(CHINESE.matcher(others.replaceAll("[《》]|中文", "")).find()).as(others).isFalse();
  }

  /** For people to look at. */
  @ParameterizedTest
  @CsvSource({"zh-TW, hant", "en-US, en"})
  void pictures(String locale, String name) {
    var page = open(PHONE, true, locale);
    page.navigate(service.at("/"));
    take(page, name + "-1-front");
    page.navigate(service.at("/quizzes/" + quiz));
    page.locator(".languages summary").click();
    take(page, name + "-2-quiz");
    startIn(page);
    for (var number : new int[] {1, 3, 4, 7, 8}) {
      answer(question(page, number));
    }
    assertThat(page.locator("[data-saving]")).containsText("✓");
    take(page, name + "-3-paper");
    page.locator("[data-check]").click();
    take(page, name + "-4-check");
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    take(page, name + "-5-result");
    page.locator("a[href$=leaderboard]").first().click();
    page.waitForURL("**/leaderboard");
    take(page, name + "-6-leaderboard");
    page.navigate(service.at("/"));
    take(page, name + "-7-own");
    page.locator("[data-type-switch]").click();
    page.navigate(service.at("/quizzes/" + quiz));
    take(page, name + "-8-large");
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
  }

  private static void take(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(FOLDER.resolve("language-" + name + ".png"))
            .setFullPage(true));
  }
}
