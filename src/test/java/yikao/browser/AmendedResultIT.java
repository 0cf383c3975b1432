package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Answers;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.bank.Bank;
import yikao.question.Key;
import yikao.question.Question;

/** The result of one who was wrong, after staff has amended the questions. */
class AmendedResultIT extends BrowserTest {
  private String quiz = "";
  private final List<Question> questions = new ArrayList<>();
  private final List<String> chosen = new ArrayList<>();
  private Client api;
  private int amendments;

  @BeforeAll
  void make() {
    api = new Client(service.uri());
    quiz =
        service.createQuiz(
            """
            {"title":"更正","listed":false,
             "sections":[{"type":"single","count":4,"points":2},{"type":"blank","count":1,"points":2},
                         {"type":"essay","count":1,"points":10}]}\
            """);
  }

  /** Everything wrong, or left out. */
  private Reply wrong(String guest) {
    var answers = new Answers(service.context().getBean(Bank.class));
    var started = api.start(quiz, guest, "王小明", "第一支部");
    var shown = started.json().get("questions");
    for (var i = 0; i < shown.size(); i++) {
      questions.add(answers.question(shown.get(i)));
    }
    for (var i = 0; i < 3; i++) {
      var wrong = answers.wrong(shown.get(i));
      chosen.add(Answers.wrongChoice(questions.get(i)));
      api.save(started, i + 1, "{\"sequence\":1,%s}".formatted(wrong));
    }
    var blanks = "\"甲乙丙\"" + ",\"甲乙丙\"".repeat(questions.get(4).texts() - 1);
    api.save(started, 5, "{\"sequence\":1,\"text\":[%s]}".formatted(blanks));
    api.save(started, 6, "{\"sequence\":1,\"text\":[\"我的回答\"]}");
    assertThat(api.submit(started, "{}").status()).isEqualTo(200);
    return started;
  }

  private void amend(int number, String what, String reason) {
    var reply =
        api.post(
            "/api/quizzes/%s/amendments".formatted(quiz),
            "{\"question\":\"%s\",%s,\"amendments\":%d,\"reason\":\"%s\"}"
                .formatted(questions.get(number - 1).id(), what, amendments, reason),
            TestService.editorToken());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    amendments++;
  }

  private static String read(Page page, int number, String part) {
    return article(page, number).locator(part).innerText().replace('\u00a0', ' ').strip();
  }

  private static Locator article(Page page, int number) {
    return page.locator("#q" + number);
  }

  @Test
  void whatWasAmendedAndWhy_isReadBesideEachQuestion() {
    var page = phone();
    page.navigate(service.at("/quizzes/" + quiz));
    var started = wrong(guest());
    amend(1, "\"choices\":[\"%s\"]".formatted(chosen.getFirst()), "两种说法都对");
    amend(2, "\"voided\":\"full-points\"", "题干有歧义");
    amend(3, "\"voided\":\"out-of-maximum\"", "条文已经修改");
    amend(5, "\"blank\":1,\"text\":\"甲乙丙\"", "另有规定");
    var mark = "{\"points\":8.5,\"comment\":\"要点三没有答到\",\"version\":0}";
    var path = "/api/attempts/%s/marks/6".formatted(started.text("id"));
    assertThat(api.put(path, mark, TestService.editorToken()).status()).isEqualTo(200);

    page.navigate(service.at("/attempts/" + started.text("id") + "/result"));
    acceptedChoice(page);
    assertThat(read(page, 2, ".verdict")).isEqualTo("满分 得 2 / 2 分");
    assertThat(read(page, 2, ".notice")).isEqualTo("本题作废，人人得满分。理由：题干有歧义");
    assertThat(article(page, 2).locator(".tag")).hasText(tags(1, "您选的", "原来的答案"));
    assertThat(read(page, 3, ".verdict")).isEqualTo("不计分");
    assertThat(read(page, 3, ".notice")).isEqualTo("本题作废，不计分。理由：条文已经修改");
    assertThat(read(page, 4, ".verdict")).isEqualTo("未答 得 0 / 2 分");
    assertThat(article(page, 4).locator(".notice")).hasCount(0);
    var nth = questions.get(4).texts() > 1 ? "第 1 空答“甲乙丙”也算对。" : "答“甲乙丙”也算对。";
    assertThat(read(page, 5, ".notice")).isEqualTo(nth + "理由：另有规定");
    assertThat(read(page, 6, ".notice")).isEqualTo("阅卷人说：要点三没有答到");
    assertThat(read(page, 6, ".verdict")).isEqualTo("部分得分 得 8.5 / 10 分");
  }

  private void acceptedChoice(Page page) {
    assertThat(read(page, 1, ".verdict")).isEqualTo("答对 得 2 / 2 分");
    var own =
        article(page, 1).locator(".options li", new Locator.LocatorOptions().setHasText("您选的"));
    var label = own.locator(".label").innerText().replace(".", "");
    assertThat(read(page, 1, ".notice")).isEqualTo("选 " + label + " 也算对。理由：两种说法都对");
    assertThat(own.locator(".tag")).hasText(new String[] {"您选的", "也算对"});
    var key = article(page, 1).locator("li:has-text('正确答案')");
    assertThat(key).hasCount(1);
    var right = ((Key.OfChoices) questions.getFirst().key()).choices();
    var text =
        questions.getFirst().choices().stream()
            .filter(c -> right.contains(c.id()))
            .findFirst()
            .orElseThrow()
            .text();
    assertThat(key.locator(".text").innerText()).isEqualTo(text);
  }

  /** The tags of a question in the order in which its choices are shown. */
  private String[] tags(int index, String own, String former) {
    var shown = new ArrayList<String>();
    var key = ((Key.OfChoices) questions.get(index).key()).choices();
    var page = browserContext().pages().getFirst();
    for (var text : article(page, index + 1).locator(".options .text").allInnerTexts()) {
      var choice =
          questions.get(index).choices().stream()
              .filter(c -> c.text().equals(text))
              .findFirst()
              .orElseThrow();
      if (choice.id().equals(chosen.get(index))) {
        shown.add(own);
      }
      if (key.contains(choice.id())) {
        shown.add(former);
      }
    }
    return shown.toArray(String[]::new);
  }
}
