package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.bank.Folders.HEAD;
import static yikao.bank.Folders.question;
import static yikao.bank.Folders.single;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankCheckTest {
  @TempDir Path root;
  private Folders folder;

  @BeforeEach
  void folder() {
    folder = new Folders(root.resolve("bank"));
  }

  private List<BankProblem> errors(String... questions) {
    return folder.questions(questions).check().errors();
  }

  private void assertError(List<BankProblem> errors, String field, String reason) {
    assertThat(errors).as("%s", errors).hasSize(1);
    assertThat(errors.getFirst().field()).isEqualTo(field);
    assertThat(errors.getFirst().reason()).contains(reason);
  }

  /** Questions that are alike in nothing: every character is another one. */
  private static String unlike(int number, String key, String... choices) {
    var stem = new StringBuilder();
    for (var i = 0; i < 8; i++) {
      stem.append((char) ('\u4e00' + number * 20 + i));
    }
    return single(number, stem.toString(), key, choices);
  }

  @Nested
  class OneQuestion {
    @Test
    void nothingWrong_nothingFound() {
      assertThat(errors(Folders.SINGLE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"和", "、", "与", "及", " 和 ", "”、“", "》与《"})
    void blanksOfAList_withoutAWordOfTheirOrder_hint(String between) {
      var list = question(1, "填空", "甲为____" + between + "____之一。", "答案: [子, 丑]");
      var warnings = folder.questions(list).check().warnings();
      assertThat(warnings).extracting(BankProblem::field).contains("空序");
      for (var word : List.of("不限", "固定")) {
        var said = list.replace("    答案", "    空序: " + word + "\n    答案");
        assertThat(folder.questions(said).check().warnings())
            .extracting(BankProblem::field)
            .doesNotContain("空序");
      }
    }

    @Test
    void blanksThatAreNoList_noHint() {
      var apart = question(1, "填空", "甲为____，乙和____之一。", "答案: [子, 丑]");
      assertThat(folder.questions(apart).check().warnings())
          .extracting(BankProblem::field)
          .doesNotContain("空序");
    }

    @Test
    void enemyThatIsNotThere_found() {
      var second = single(2, "预备党员的预备期从哪天算起？", "B", "批准之日", "通过之日");
      assertThat(errors(Folders.SINGLE + "    互斥: 01-charter-002\n", second)).isEmpty();
      assertError(
          errors(Folders.SINGLE + "    互斥: [01-charter-003]\n", second), "互斥", "没有 01-charter-003");
    }

    @Test
    void enemies_counted_amongPublishedQuestions() {
      var second = single(2, "预备党员的预备期从哪天算起？", "B", "批准之日", "通过之日");
      assertThat(folder.questions(Folders.SINGLE, second).check().enemies()).isEqualTo(1);
      var elsewhere = second.replace("第一条", "第二条");
      assertThat(folder.questions(Folders.SINGLE, elsewhere).check().enemies()).isZero();
      assertThat(folder.questions(Folders.SINGLE, second + "    状态: 草稿\n").check().enemies())
          .isZero();
    }

    @Test
    void keyInStem_found_withItsPlace() {
      var errors = errors(single(1, "预备党员的预备期不止于此吗？", "A", "预备期不止于此", "没有预备期"));
      assertError(errors, "题干", "题干里已有答案“预备期不止于此”");
      assertThat(errors.getFirst().file()).isEqualTo(Folders.FILE);
      assertThat(errors.getFirst().line()).isEqualTo(5);
    }

    @Test
    void wrongChoiceInStem_allowed() {
      assertThat(errors(single(1, "预备党员的预备期为一年吗？", "B", "预备期为一年", "没有预备期"))).isEmpty();
    }

    @Test
    void blankKeyInStem_found() {
      var question = question(1, "填空", "民主集中制就是____。", "答案: 民主集中制");
      assertError(errors(question.replace("原文: 如此", "原文: 实行民主集中制")), "题干", "民主集中制");
    }

    @ParameterizedTest
    @ValueSource(strings = {"以上都对", "以上均不正确", "上述全部", "以上 都是"})
    void allOfTheAbove_notFixed_found(String text) {
      var question = single(1, "哪项正确？", "C", "甲说", "乙说", text);
      assertError(errors(question), "固定", "打乱");
      assertThat(errors(question.replace("    答案", "    固定: C\n    答案"))).isEmpty();
    }

    @Test
    void length_keyMuchLonger_orMuchShorter_found() {
      assertError(errors(single(1, "如何？", "A", "经过支部大会讨论并报上级党委批准", "无须讨论", "个人决定")), "选项", "长短太突出");
      assertError(errors(single(1, "如何？", "A", "批准", "须经支部大会讨论通过", "须经上级党委讨论批准")), "选项", "长短太突出");
      assertThat(errors(single(1, "如何？", "A", "须经讨论批准", "无须讨论", "个人决定"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"选项B有误", "故选A。", "答案 C 正确"})
    void lettersInExplanation_found(String explanation) {
      assertError(errors(Folders.SINGLE.replace("党章总纲写明。", explanation)), "解析", "字母");
    }

    @Test
    void doubtfulDocument_figureAsked_warned() {
      var head = HEAD.replace("doc", "doubtful").replace("2022年", "1995年");
      folder.write(
          Folders.FILE, head + single(1, "几日内？", "A", "十五日内", "当日").replace("原文: 如此", "原文: 十五日内"));
      assertThat(folder.check().errors()).isEmpty();
      assertThat(folder.check().warnings()).hasSize(1);
      folder.write(Folders.FILE, head + single(1, "由谁？", "A", "党委", "支部"));
      assertThat(folder.check().warnings()).isEmpty();
    }
  }

  @Nested
  class Whole {
    @Test
    void nearDuplicates_found_andUnlikeOnesNot() {
      var first = single(1, "党的最高理想和最终目标是什么？", "A", "实现共产主义", "共同富裕");
      var second = single(2, "党的最高理想和最终目标是什么呢？", "B", "民族复兴", "实现共产主义");
      assertError(errors(first, second), "题干", "01-charter-001");
      var third = single(2, "预备党员的预备期从哪天算起？", "B", "批准之日", "通过之日");
      assertThat(errors(first, third)).isEmpty();
    }

    @Test
    void spreadOfKeys_tooManyInOnePlace_found() {
      assertError(errors(singles(19)), "", "在第 1 个选项");
      assertThat(errors(singles(14))).isEmpty();
    }

    /** Forty questions, so many of them with A, the others with B, C, D in turn. */
    private static String[] singles(int first) {
      var questions = new String[40];
      for (var i = 0; i < 40; i++) {
        var key = i < first ? "A" : String.valueOf((char) ('B' + i % 3));
        questions[i] = unlike(i + 1, key, "甲乙", "丙丁", "戊己", "庚辛");
      }
      return questions;
    }

    @Test
    void judges_nearlyAllRight_found() {
      assertError(errors(judges(30)), "", "30/40 为对");
      assertThat(errors(judges(22))).isEmpty();
    }

    private static String[] judges(int right) {
      var questions = new String[40];
      for (var i = 0; i < 40; i++) {
        var stem = new StringBuilder();
        for (var c = 0; c < 8; c++) {
          stem.append((char) ('\u4e00' + i * 20 + c));
        }
        questions[i] = question(i + 1, "判断", stem.toString(), "答案: " + (i < right ? "对" : "错"));
      }
      return questions;
    }

    @Test
    void length_keyOftenTheLongest_found() {
      assertError(errors(longest(17)), "", "答案是最长的选项");
      assertThat(errors(longest(16))).isEmpty();
    }

    private static String[] longest(int times) {
      var questions = new String[40];
      for (var i = 0; i < 40; i++) {
        var choices = new String[] {"甲乙", "丙丁", "戊己", "庚辛"};
        choices[i % 4] += i < times ? "壬" : "";
        questions[i] = unlike(i + 1, String.valueOf((char) ('A' + i % 4)), choices);
      }
      return questions;
    }

    @Test
    void counts_byAreaAndType() {
      folder.questions(Folders.SINGLE, question(2, "判断", "如此这般。", "答案: 对"));
      assertThat(folder.check().counts())
          .containsEntry("charter 单选", 1L)
          .containsEntry("charter 判断", 1L);
      assertThat(BankCheck.byArea(folder.read())).containsEntry("charter", 2);
    }
  }

  @Nested
  class Proof {
    private Path texts;

    @BeforeEach
    void texts() {
      texts = root.resolve("texts");
    }

    private List<BankProblem> proof(String locator, String words, String text) throws IOException {
      Files.createDirectories(texts);
      Files.writeString(texts.resolve("doc.txt"), text);
      folder.questions(Folders.SINGLE.replace("第一条", locator).replace("最终目标是实现共产主义", words));
      return BankCheck.check(folder.read(), Optional.of(new SourceTexts(texts))).errors();
    }

    @Test
    void wordsInTheArticle_fine() throws IOException {
      assertThat(proof("第一条", "年满十八岁……申请入党", SourceTextsTest.TEXT)).isEmpty();
      assertThat(proof("第一条第二款", "申请入党", SourceTextsTest.TEXT)).isEmpty();
    }

    @Test
    void wordsOfAnotherArticle_found() throws IOException {
      assertError(proof("第一条", "党的纪律", SourceTextsTest.TEXT), "原文", "不在第一条");
    }

    @Test
    void articleThatIsNotThere_found() throws IOException {
      assertError(proof("第九条", "党的纪律", SourceTextsTest.TEXT), "出处", "没有第九条");
    }

    @Test
    void documentWithoutText_found() throws IOException {
      Files.createDirectories(texts);
      folder.questions(Folders.SINGLE);
      assertError(
          BankCheck.check(folder.read(), Optional.of(new SourceTexts(texts))).errors(),
          "文件",
          "没有这份文件的原文");
    }

    @ParameterizedTest
    @CsvSource({
      "title: 章程, title: 党章",
      "version: 2022年, version: 2023年",
      "status: current, status: superseded",
      "status: current, status: currency not proven",
    })
    void documentOtherThanItsText_found(String from, String to) throws IOException {
      var errors = proof("第一条", "申请入党", SourceTextsTest.TEXT.replace(from, to));
      assertError(errors, "doc", "不符");
      assertThat(errors.getFirst().file()).isEqualTo("documents.yaml");
    }
  }
}
