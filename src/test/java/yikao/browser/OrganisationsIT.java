package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Choosing a branch where there is a list: a short one is shown, a long one is searched. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrganisationsIT extends BrowserTest {
  private static final String FEW =
      """
      code,name,parent
      A,城关镇党委,
      A1,城关镇机关支部,A
      A2,城关镇离退休支部,A
      B,教育局党委,
      B1,第一中学支部,B
      """;

  private void importCsv(String csv) {
    assertThat(service.edit("PUT", "/api/organisations", csv).statusCode()).isEqualTo(200);
  }

  private static void hasEnded(Page page) {
    page.waitForURL("**/attempts/*");
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
  }

  @Test
  @Order(1)
  void aShortListIsChosenFrom() {
    importCsv(FEW);
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phone();
    page.navigate(service.at("/quizzes/" + quiz));
    page.getByLabel("姓名").fill("王小明");
    page.getByLabel("所在支部").selectOption("城关镇离退休支部");
    page.locator("button[value=start]").click();
    hasEnded(page);
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.getByLabel("所在支部")).hasValue("A2");
    page.navigate(service.at("/quizzes/" + quiz + "/leaderboard"));
    assertThat(page.locator("tr.me")).containsText("城关镇离退休支部");
    page.locator("nav.tabs a", new Page.LocatorOptions().setHasText("组织")).click();
    assertThat(page.locator(".board tbody tr")).containsText(new String[] {"城关镇党委"});
  }

  @Test
  @Order(2)
  void aLongListIsSearchedWithoutScripts() {
    importCsv(
        "code,name,parent\n"
            + IntStream.range(0, 1000)
                .mapToObj(i -> "C%04d,第%d村支部,".formatted(i, i))
                .collect(Collectors.joining("\n")));
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phoneWithoutScripts();
    page.navigate(service.at("/quizzes/" + quiz));
    assertThat(page.content().length()).isLessThan(20_000);
    page.getByLabel("姓名").fill("李红");
    page.locator("#find").fill("第77");
    page.locator("button[value=find]").click();
    assertThat(page.getByLabel("姓名")).hasValue("李红");
    assertThat(page.locator("#branch option")).hasCount(12);
    page.locator("#branch").selectOption("第777村支部");
    page.locator("button[value=start]").click();
    page.waitForURL("**/attempts/*");
  }

  @Test
  @Order(3)
  void aBranchThatIsNotListedIsRefused() {
    expectNetworkErrors();
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phone();
    page.navigate(service.at("/quizzes/" + quiz));
    page.getByLabel("姓名").fill("李红");
    page.locator("#find").fill("没有的支部");
    page.locator("button[value=start]").click();
    assertThat(page.locator("#branch-problem")).containsText("没有找到这样的支部");
    // a name written in full needs no search
    page.locator("#find").fill("第500村支部");
    page.locator("button[value=start]").click();
    page.waitForURL("**/attempts/*");
  }

  /** Two streets with three branches of the same names, beside those of the other tests. */
  private static final String ALIKE =
      """
      code,name,parent
      W,某市委,
      D,城东街道党工委,W
      X,城西街道党工委,W
      D1,第一党支部,D
      D2,第２支部,D
      X1,第一党支部,X
      X2,第2支部,X
      """;

  @Test
  @Order(4)
  void branchesOfOneNameAreFoundByWordsOfTheirPathAndToldApart() {
    expectNetworkErrors();
    importCsv(ALIKE);
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    var page = phoneWithoutScripts();
    page.navigate(service.at("/quizzes/" + quiz));
    page.getByLabel("姓名").fill("李红");
    // a name that two have: both are offered
    page.locator("#find").fill("第一党支部");
    page.locator("button[value=start]").click();
    assertThat(page.locator("#branch-problem")).containsText("请从列出的支部中选择");
    assertThat(page.locator("#branch option"))
        .hasText(new String[] {"请选择", "城东街道党工委 / 第一党支部", "城西街道党工委 / 第一党支部"});
    // words of the path, in any width
    page.locator("#find").fill("城西 第２");
    page.locator("button[value=find]").click();
    assertThat(page.locator("#branch option")).hasText(new String[] {"请选择", "第2支部"});
    assertThat(page.locator("#branch optgroup")).hasAttribute("label", "城西街道党工委");
    page.locator("#find").fill("第2支部");
    page.locator("button[value=find]").click();
    assertThat(page.locator("#branch option")).hasCount(3);
    // a path that was pasted means one alone
    page.locator("#find").fill("城西街道党工委 / 第一党支部");
    page.locator("button[value=find]").click();
    assertThat(page.locator("#branch")).hasValue("X1");
    page.locator("button[value=start]").click();
    page.waitForURL("**/attempts/*");
    assertThat(page.locator(".taker > span").innerText()).isEqualTo("李红（城西街道党工委 / 第一党支部）");
    // known by now; what is written counts, not what was chosen before
    page.navigate(service.at("/quizzes/" + service.createQuiz(SMALL_QUIZ.formatted(""))));
    assertThat(page.locator("#branch")).hasValue("X1");
    page.locator("#find").fill("第500村支部");
    page.locator("button[value=start]").click();
    page.waitForURL("**/attempts/*");
    assertThat(page.locator(".taker > span").innerText()).isEqualTo("李红（第500村支部）");
    // too many to list
    page.navigate(service.at("/quizzes/" + service.createQuiz(SMALL_QUIZ.formatted(""))));
    page.locator("#find").fill("支部");
    page.locator("button[value=find]").click();
    assertThat(page.locator("#branch option")).hasCount(301);
    assertThat(page.locator("form.entry")).containsText("只列出了 300 个");
  }

  @Test
  @Order(5)
  void boardsOfOrganisationsAreWalkedDownAndBack() {
    importCsv(ALIKE);
    var quiz = service.createQuiz(SMALL_QUIZ.formatted(""));
    for (var branch : new String[] {"城东街道党工委 / 第一党支部", "城西街道党工委 / 第一党支部"}) {
      var page = phone();
      page.navigate(service.at("/quizzes/" + quiz));
      page.getByLabel("姓名").fill("王小明");
      page.locator("#find").fill(branch);
      page.locator("button[value=start]").click();
      hasEnded(page);
      browserContext().close();
    }
    // the board of persons tells them apart as well
    var persons = phone();
    persons.navigate(service.at("/quizzes/" + quiz + "/leaderboard"));
    assertThat(persons.locator(".board").innerText())
        .contains("城东街道党工委 / 第一党支部", "城西街道党工委 / 第一党支部");
    browserContext().close();
    // a group below a branch that somebody is in
    importCsv("code,name,parent\nX11,第一小组,X1\n");
    var page = phone();
    page.navigate(service.at("/quizzes/" + quiz + "/leaderboard?by=branch"));
    assertThat(page.locator(".board .who"))
        .hasText(new String[] {"城东街道党工委 / 第一党支部", "城西街道党工委 / 第一党支部"});
    page.locator("nav.tabs a", new Page.LocatorOptions().setHasText("组织")).click();
    assertThat(page.locator(".board tbody tr")).hasCount(1);
    follow(page, "某市委");
    assertThat(page.locator(".board tbody tr")).hasCount(2);
    follow(page, "城西街道党工委");
    follow(page, "第一党支部");
    assertThat(page.locator(".board .who")).hasText(new String[] {"本级"});
    assertThat(page.locator(".way li")).hasText(new String[] {"全部组织", "某市委", "城西街道党工委", "第一党支部"});
    page.locator(".way a", new Page.LocatorOptions().setHasText("某市委")).click();
    assertThat(page.locator(".board .who")).hasText(new String[] {"城东街道党工委", "城西街道党工委"});
    follow(page, "城东街道党工委");
    assertThat(page.locator(".board .who a")).hasCount(0);
    page.locator(".way a", new Page.LocatorOptions().setHasText("全部组织")).click();
    assertThat(page.locator(".way")).hasCount(0);
  }

  private static void follow(Page page, String organisation) {
    page.locator(".board .who a", new Page.LocatorOptions().setHasText(organisation)).click();
    assertThat(page.locator(".way [aria-current]")).hasText(organisation);
  }
}
