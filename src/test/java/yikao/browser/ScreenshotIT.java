package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import yikao.api.Client;
import yikao.attempt.Attempts;
import yikao.question.Key;

/** Pictures of the pages, for people to look at: {@code target/screenshots}. */
@Tag("full")
class ScreenshotIT extends BrowserTest {
  private static final Path FOLDER = Path.of("target", "screenshots");
  private String quiz = "";
  private String other = "";
  private int amendments;

  @BeforeAll
  void make() {
    quiz =
        service.createQuiz(
            """
            {"title":"党章党规知识测试","description":"每题都选自现行党章党规，交卷后可以看到解析和出处。",
             "timeLimitMinutes":45,"tries":10,"reveal":{"what":"review","when":"at-once"},
             "sections":[{"type":"single","count":3,"points":2},{"type":"multiple","count":2,"points":3},
                         {"type":"judge","count":2,"points":1},{"type":"blank","count":2,"points":3},
                         {"type":"essay","count":1,"points":10}]}
            """);
    other = service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,"));
  }

  @Test
  void ofEveryPage_onAPhone() {
    ofEveryPage(PHONE);
  }

  @Test
  void ofEveryPage_onADesk() {
    ofEveryPage(DESK);
  }

  private void ofEveryPage(int width) {
    var page = open(width, true);
    page.navigate(service.at("/"));
    take(page, "1-quizzes", width);
    page.navigate(service.at("/quizzes/" + quiz));
    take(page, "2-quiz", width);
    start(page, quiz);
    for (var number : new int[] {1, 3, 4, 7, 8}) {
      answer(question(page, number));
    }
    assertThat(page.locator("[data-saving]")).hasText("✓ 已全部保存");
    page.locator("main summary").click();
    take(page, "3-paper", width);
    var attempt = page.url();
    page.navigate(attempt + "/participant");
    take(page, "14-correction", width);
    page.getByLabel("姓名").fill("王晓明");
    page.locator("button[value=correct]").click();
    take(page, "15-corrected", width);
    page.locator("[data-check]").click();
    take(page, "4-check", width);
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    take(page, "5-result", width);
    page.locator("#q4").scrollIntoViewIfNeeded();
    page.evaluate("location.hash = 'q4'");
    take(page, "5-result-question", width);
    amend(UUID.fromString(attempt.replaceAll(".*/attempts/", "")));
    page.reload();
    take(page, "16-amended", width);
    page.locator(".actions a", new Page.LocatorOptions().setHasText("看排行榜")).first().click();
    take(page, "6-leaderboard", width);
    page.navigate(service.at("/quizzes/" + quiz));
    take(page, "7-returning", width);
    page.locator("[data-type-switch]").click();
    start(page, quiz);
    take(page, "8-large", width);
    expectNetworkErrors();
    page.navigate(service.at("/"));
    take(page, "10-quizzes-own", width);
    page.locator(".change button").click();
    take(page, "11-change", width);
    page.locator("button[value=leave]").click();
    take(page, "12-changed", width);
    var api = new Client(service.uri());
    while (api.start(quiz, guest(), "李红", "第二支部").status() != 429) {
      // until this guest has to wait
    }
    page.navigate(service.at("/quizzes/" + other));
    sendStart(page, "李红");
    take(page, "13-waiting", width);
    page.navigate(service.at("/quizzes/no-such-quiz"));
    take(page, "9-error", width);
  }

  /** Accepts another choice of the first question, and voids two others. */
  private void amend(UUID attempt) {
    var paper = service.context().getBean(Attempts.class).paper(attempt);
    var first = paper.question(1);
    var key = ((Key.OfChoices) first.key()).choices();
    var other = first.choices().stream().filter(c -> !key.contains(c.id())).findFirst();
    amend(first.id(), "\"choices\":[\"%s\"]".formatted(other.orElseThrow().id()));
    amend(paper.question(2).id(), "\"voided\":\"full-points\"");
    amend(paper.question(4).id(), "\"voided\":\"out-of-maximum\"");
  }

  private void amend(String question, String what) {
    var body =
        "{\"question\":\"%s\",%s,\"amendments\":%d,\"reason\":\"题干有歧义\"}"
            .formatted(question, what, amendments++);
    var reply = service.edit("POST", "/api/quizzes/%s/amendments".formatted(quiz), body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
  }

  private static void take(Page page, String name, int width) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(FOLDER.resolve(name + "-" + width + ".png"))
            .setFullPage(true));
    page.screenshot(
        new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + "-" + width + "-view.png")));
  }
}
