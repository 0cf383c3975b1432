package yikao.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/**
 * Pictures of what a branch and those above it see, for people to look at: {@code
 * target/screenshots/branch}.
 */
@Tag("full")
final class BranchScreenshotIT extends BrowserTest {
  private static final Path FOLDER = Path.of("target", "screenshots", "branch");
  private static final String TOKEN = TestService.editorToken();
  private static final List<String> SURNAMES = List.of("王", "李", "张", "刘", "陈", "杨", "赵", "黄");
  private static final List<String> GIVEN =
      List.of("建国", "红梅", "伟", "秀英", "志强", "洋", "敏", "丽华", "军", "淑兰");
  private static final String QUIZ =
      """
      {"title":"七月主题党日测试","timeLimitMinutes":30,"passMark":60,
       "sections":[{"type":"single","count":4,"points":10},{"type":"multiple","count":3,"points":10},
                   {"type":"judge","count":2,"points":10},{"type":"blank","count":1,"points":10}]}
      """;

  private final List<String> looked = new ArrayList<>();
  private String quiz = "";

  @Override
  Map<String, Object> settings() {
    return Map.of("yikao.public-address", "http://yikao.example.gov.cn");
  }

  private void branch(String code, String name, int people) {
    api().organisation(code, name, "X");
    IntStream.range(0, people).forEach(n -> api().member(name(n), code));
  }

  private static String name(int n) {
    return n == 3
        ? "阿依古丽·买买提"
        : SURNAMES.get(n % SURNAMES.size())
            + GIVEN.get((n + n / SURNAMES.size()) % GIVEN.size())
            + (n >= 40 ? "甲乙丙丁戊己庚辛壬癸".charAt(n / 40) : "");
  }

  private Reply open(String branch) {
    var opened =
        api()
            .post(
                "/api/sittings",
                "{\"organisation\":\"%s\",\"quiz\":\"%s\",\"minutes\":15,\"host\":\"周书记\",\"place\":\"二楼会议室\"}"
                    .formatted(branch, quiz),
                TOKEN);
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    return opened;
  }

  private List<String> members(Reply sitting) {
    var joined =
        api()
            .send(
                "POST",
                "/api/sittings/join",
                "{\"code\":\"%s\"}".formatted(sitting.text("code")),
                Map.of("Idempotency-Key", UUID.randomUUID().toString()))
            .json()
            .get("members");
    return IntStream.range(0, joined.size())
        .mapToObj(i -> joined.get(i).get("id").getStringValue())
        .toList();
  }

  /** Somebody's phone, that answers with the first choices and hands in, or does not. */
  private void take(Reply sitting, String member, int answers, boolean handsIn) {
    var begun =
        api()
            .send(
                "POST",
                "/api/quizzes/%s/attempts".formatted(sitting.text("quiz")),
                "{\"join\":{\"code\":\"%s\",\"member\":\"%s\"}}"
                    .formatted(sitting.text("code"), member),
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    for (var number = 1; number <= answers; number++) {
      var choices = begun.json().get("questions").get(number - 1).get("choices");
      var choice = choices.get(number % choices.size()).get("id").getStringValue();
      api().save(begun, number, "{\"sequence\":1,\"choices\":[\"%s\"]}".formatted(choice));
    }
    if (handsIn) {
      assertThat(api().submit(begun, "{}").status()).isEqualTo(200);
    }
  }

  private void end(Reply sitting) {
    var at = "/api/sittings/" + sitting.text("id");
    assertThat(api().post(at + "/end", "{\"version\":1}", TOKEN).status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api().get(at + "/state", TOKEN).text("phase").equals("ended"));
  }

  private String spot(String member) {
    var asked =
        api()
            .post(
                "/api/spot-questions",
                "{\"member\":\"%s\",\"area\":\"party-constitution\",\"count\":3}".formatted(member),
                TOKEN);
    assertThat(asked.status()).as(asked.body()).isEqualTo(201);
    var first = asked.json().isArray() ? asked.json().get(0) : asked.json().get("questions").get(0);
    return first.get("id").getStringValue();
  }

  @Test
  void ofEveryPage() throws IOException {
    Files.createDirectories(FOLDER);
    expectNetworkErrors();
    api().organisation("X", "城东街道党工委", "");
    branch("X1", "机关第一党支部", 22);
    branch("X2", "离退休干部第二党支部", 70);
    branch("X3", "非公企业联合党支部", 3);
    quiz = api().quiz(QUIZ);
    var over = open("X1");
    var first = members(over);
    IntStream.range(0, 19).forEach(i -> take(over, first.get(i), i % 10, i % 3 != 0));
    end(over);
    var going = open("X1");
    IntStream.range(0, 14).forEach(i -> take(going, first.get(i), 1 + i % 9, i < 5));
    var paper =
        api()
            .post(
                "/api/sittings/%s/papers".formatted(going.text("id")),
                "{\"members\":[\"%s\",\"%s\"]}".formatted(first.get(20), first.get(21)),
                TOKEN);
    assertThat(paper.status()).as(paper.body()).isEqualTo(201);
    var large = open("X2");
    var many = members(large);
    IntStream.range(0, 40).forEach(i -> take(large, many.get(i), i % 9, i < 20));
    var asked = spot(first.getFirst());

    var staff = open(DESK, true);
    signIn(staff, "zhou", "周书记", "secretary", "X1");
    var above = open(DESK, true);
    signIn(above, "dudao", "督导员", "supervisor", "X");
    for (var language : List.of("zh-Hans", "en")) {
      secretary(staff, language, over.text("id"), going.text("id"), asked);
      supervisor(above, language, large.text("id"));
      participant(language, going, over);
    }
    assertThat(looked).hasSizeGreaterThan(100);
  }

  private void speak(Page page, String language) {
    page.navigate(service.at("/language?to=%s&back=/s".formatted(language)));
  }

  private void secretary(Page page, String language, String over, String going, String asked) {
    speak(page, language);
    var at = "/console/sittings/";
    look(page, language, "sittings", "/console/sittings");
    look(page, language, "sitting-going", at + going);
    look(page, language, "sitting-over", at + over);
    look(page, language, "account", at + over + "/account");
    beam(page, language, "screen-going", at + going + "/screen");
    beam(page, language, "screen-over", at + over + "/screen");
    for (var slide = 1; slide <= 4; slide++) {
      page.keyboard().press("PageDown");
      beam(page, language, "screen-over-" + slide);
    }
    look(page, language, "papers", at + going + "/papers");
    look(page, language, "typing", at + going + "/papers/1");
    look(page, language, "print", at + going + "/papers/print?numbers=1,2&size=normal");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    look(page, language, "print-large", at + going + "/papers/print?numbers=1&size=large");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    look(page, language, "opening", "/console/organisations/X1/opening");
    look(page, language, "spots", "/console/spot-questions?organisation=X1");
    look(page, language, "spot", "/console/spot-questions/" + asked);
    beam(page, language, "spot", "/console/spot-questions/" + asked);
  }

  private void supervisor(Page page, String language, String large) {
    speak(page, language);
    beam(page, language, "screen-many", "/console/sittings/%s/screen".formatted(large));
    look(page, language, "sitting-of-others", "/console/sittings/" + large);
    look(page, language, "spots-where", "/console/spot-questions");
    look(page, language, "ledger-start", "/console/ledger");
    look(page, language, "ledger", "/console/ledger/X");
    look(page, language, "ledger-quiz", "/console/ledger/X?sittings=true&quiz=" + quiz);
    look(page, language, "ledger-branch", "/console/ledger/X1?sittings=true&quiz=" + quiz);
    look(page, language, "ledger-not-yet", "/console/ledger/X/people?sittings=true&quiz=" + quiz);
    look(
        page,
        language,
        "ledger-took",
        "/console/ledger/X/people?figure=took&sittings=true&quiz=" + quiz);
    look(page, language, "ledger-overview", "/console/ledger/X/overview");
    var table =
        api()
            .get("/api/ledger/X/table?format=csv&sittings=true&quiz=" + quiz, TOKEN)
            .body()
            .strip();
    var mark = table.substring(table.lastIndexOf(',') + 1);
    look(page, language, "ledger-exports", "/console/ledger-exports");
    look(
        page,
        language,
        "ledger-export",
        "/console/ledger-exports?code=" + URLEncoder.encode(mark, StandardCharsets.UTF_8));
  }

  private void participant(String language, Reply going, Reply over) {
    var page = phone();
    speak(page, language);
    look(page, language, "code", "/s");
    look(page, language, "code-wrong", "/s/000000");
    look(page, language, "join", "/s/" + going.text("code"));
    page.locator("fieldset.names label").nth(language.equals("en") ? 16 : 15).click();
    page.locator("form[method=post] button").last().click();
    page.waitForURL("**/attempts/*");
    var paper = page.url().replace(service.at(""), "");
    look(page, language, "paper", paper);
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    look(page, language, "result-waiting", paper + "/result");
    look(page, language, "join-ended", "/s/" + going.text("code"));
    look(page, language, "quiz-page", "/quizzes/" + over.text("quiz"));
    look(page, language, "board", "/quizzes/%s/leaderboard".formatted(over.text("quiz")));
  }

  private void look(Page page, String language, String name, String path) {
    page.navigate(service.at(path));
    for (var width : List.of(PHONE, DESK)) {
      page.setViewportSize(width, 844);
      shoot(page, "%s-%s-%d".formatted(name, language, width), true);
    }
  }

  private void beam(Page page, String language, String name, String path) {
    page.navigate(service.at(path));
    beam(page, language, name);
  }

  private void beam(Page page, String language, String name) {
    page.setViewportSize(1920, 1080);
    shoot(page, "%s-%s-1920".formatted(name, language), false);
  }

  private void shoot(Page page, String name, boolean whole) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(whole).setPath(FOLDER.resolve(name + ".png")));
    looked.add(name);
  }
}
