package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.bank.Bank;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;

/** Fill-in questions as a person reads and answers them. */
class BlanksIT extends BrowserTest {
  private static final Pattern NUMBERED = Pattern.compile("（(\\d)）____");

  /** All the fill-in questions of a document that has some with several blanks. */
  private String quiz(String document) {
    var count = questions().stream().filter(q -> q.citation().document().equals(document)).count();
    return service.createQuiz(
        """
        {"title":"填空","listed":false,"documents":["%s"],
         "sections":[{"type":"blank","count":%d,"points":1}]}\
        """
            .formatted(document, count));
  }

  private List<Question> questions() {
    return service.context().getBean(Bank.class).pool().all(QuestionType.BLANK).stream()
        .map(q -> q.question())
        .toList();
  }

  private String documentWithSeveralBlanks() {
    return documentWithBlanks(2);
  }

  private String documentWithBlanks(int blanks) {
    return questions().stream()
        .filter(q -> q.texts() == blanks)
        .findFirst()
        .orElseThrow()
        .citation()
        .document();
  }

  /** Every stem, on the paper and on the result, has each number at its own blank. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void severalBlanks_eachHasItsOwnNumber_onThePaperAndOnTheResult(int blanks) {
    var page = phone();
    start(page, quiz(documentWithBlanks(blanks)));
    assertThat(assertNumbered(page, "fieldset.question .stem", blanks)).isPositive();
    for (var field : page.locator("fieldset.question").all()) {
      var labels = field.locator("label.blank > span").allInnerTexts();
      assertThat(labels)
          .isEqualTo(
              labels.size() == 1
                  ? List.of("填写答案")
                  : List.of("第 1 空", "第 2 空", "第 3 空").subList(0, labels.size()));
    }
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    assertThat(assertNumbered(page, "article.reviewed .stem", blanks)).isPositive();
  }

  /** How many of the stems have so many blanks. */
  private int assertNumbered(Page page, String stems, int blanks) {
    var several = 0;
    for (var stem : page.locator(stems).all()) {
      var read = stem.innerText();
      var question =
          questions().stream()
              .filter(q -> q.stem().equals(NUMBERED.matcher(read).replaceAll("____")))
              .findFirst()
              .orElseThrow(() -> new AssertionError(read));
      var numbers = NUMBERED.matcher(read).results().map(m -> m.group(1)).toList();
      if (question.texts() == 1) {
        assertThat(numbers).isEmpty();
      } else {
        several += question.texts() == blanks ? 1 : 0;
        var expected = new StringBuilder();
        var at = 1;
        for (var part : question.stem().split("____", -1)) {
          expected.append(at == 1 ? "" : "（" + (at - 1) + "）____").append(part);
          at++;
        }
        assertThat(read).isEqualTo(expected.toString());
        assertThat(numbers).hasSize(question.texts());
      }
    }
    return several;
  }

  /** What nobody can see answers nothing: not on the page, and not when it is handed in. */
  @Test
  void answerThatCannotBeSeen_isNone() {
    var quiz = quiz(documentWithSeveralBlanks());
    var page = phone();
    start(page, quiz);
    for (var input : question(page, 1).locator("input[type=text]").all()) {
      input.fill("\u200b。");
      input.blur();
    }
    assertThat(page.locator("[data-saving]")).hasText("✓ 已全部保存");
    assertThat(page.locator("[data-answered]")).hasText("0");
    page.locator("[data-check]").click();
    assertThat(page.locator("[data-check-list] a").first()).hasText("1");
    page.reload();
    assertThat(page.locator("[data-answered]")).hasText("0");
    page.navigate(page.url() + "/check");
    assertThat(page.locator(".numbers a").first()).hasText("1");
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    assertThat(page.locator("#q1 .verdict")).containsText("未答");
    assertThat(page.locator("#q1")).containsText("没有作答");
  }

  /** A unit behind the blank, a full stop, a numeral of accounts: still right. */
  @Test
  void rightAnswersAsPeopleWriteThem_earnTheirPoints() {
    var page = phone();
    start(page, quiz(documentWithSeveralBlanks()));
    for (var field : page.locator("fieldset.question").all()) {
      var read = NUMBERED.matcher(field.locator(".stem").innerText()).replaceAll("____");
      var question =
          questions().stream().filter(q -> q.stem().equals(read)).findFirst().orElseThrow();
      var parts = question.stem().split("____", -1);
      var inputs = field.locator("input[type=text]").all();
      for (var i = 0; i < inputs.size(); i++) {
        var accepted = ((Key.OfBlanks) question.key()).blanks().get(i).getFirst();
        var unit = parts[i + 1].matches("[年月天日人].*") ? parts[i + 1].substring(0, 1) : "";
        inputs.get(i).fill("\ufeff“" + accepted + unit + "”。");
        inputs.get(i).blur();
      }
    }
    assertThat(page.locator("[data-saving]")).hasText("✓ 已全部保存");
    page.locator("[data-check]").click();
    page.locator("[data-submit]").click();
    page.waitForURL("**/result");
    for (var verdict : page.locator("article.reviewed .verdict").all()) {
      assertThat(verdict).containsText("答对");
    }
  }
}
