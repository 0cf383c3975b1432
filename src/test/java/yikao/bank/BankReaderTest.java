package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static yikao.bank.Folders.FILE;
import static yikao.bank.Folders.HEAD;
import static yikao.bank.Folders.SINGLE;
import static yikao.bank.Folders.question;
import static yikao.bank.Folders.single;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.question.Choice;
import yikao.question.Citation;
import yikao.question.Folding;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;

class BankReaderTest {
  @TempDir Path root;
  private Folders folder;

  @BeforeEach
  void folder() {
    folder = new Folders(root);
  }

  private Question only() {
    var entries = folder.read().entries();
    assertThat(entries).hasSize(1);
    return entries.getFirst().question();
  }

  private List<BankProblem> problems() {
    return catchThrowableOfType(BankInvalidException.class, folder::read).problems();
  }

  /** The only problem, whose place is shown as file:line field. */
  private void assertProblem(String file, int line, String field, String reason) {
    var problems = problems();
    assertThat(problems).as("%s", problems).hasSize(1);
    var problem = problems.getFirst();
    assertThat(problem.file()).isEqualTo(file);
    assertThat(problem.line()).isEqualTo(line);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.reason()).contains(reason);
  }

  @Nested
  class Good {
    @Test
    void single_everyField() {
      folder.questions(SINGLE);
      var bank = folder.read();
      assertThat(bank.areas())
          .containsExactly(new Area("charter", "党章"), new Area("discipline", "纪律"));
      assertThat(bank.documents()).containsOnlyKeys("doc", "doubtful", "old");
      var entry = bank.entries().getFirst();
      assertThat(entry.file()).isEqualTo(FILE);
      assertThat(entry.line()).isEqualTo(5);
      assertThat(entry.status()).isEqualTo(BankFiles.Status.PUBLISHED);
      var question = entry.question();
      assertThat(question.id()).isEqualTo("01-charter-001");
      assertThat(question.type()).isEqualTo(QuestionType.SINGLE);
      assertThat(question.area()).isEqualTo("charter");
      assertThat(question.difficulty()).isEqualTo(1);
      assertThat(question.choices().stream().map(Choice::text))
          .containsExactly("实现共同富裕", "实现共产主义", "实现民族复兴");
      assertThat(question.key())
          .isEqualTo(new Key.OfChoices(Set.of(question.choices().get(1).id())));
      assertThat(question.citation())
          .isEqualTo(new Citation("doc", "章程", "2022年", "第一条", "最终目标是实现共产主义"));
    }

    @Test
    void choices_identifiers_sayNothingAboutThePlaceAndStayTheSame() {
      folder.questions(SINGLE);
      var ids = only().choices().stream().map(Choice::id).toList();
      assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9]{6,7}"));
      folder.questions(SINGLE.replace("实现民族复兴", "国家统一"));
      assertThat(only().choices().stream().map(Choice::id).toList()).isEqualTo(ids);
    }

    @Test
    void fixed_letters_markTheirChoices() {
      folder.questions(
          single(1, "下列哪项正确？", "D", "甲说", "乙说", "丙说", "以上都对")
              .replace("    答案", "    固定: D\n    答案"));
      assertThat(only().choices().stream().map(Choice::fixed))
          .containsExactly(false, false, false, true);
    }

    @ParameterizedTest
    @CsvSource({"A B, 2", "AB, 2", "'A、C', 2", "'[A, B, C]', 3", "'A，B', 2"})
    void multiple_keyInAnyWriting(String key, int size) {
      folder.questions(single(1, "哪几项正确？", key, "甲说", "乙说", "丙说").replace("单选", "多选"));
      assertThat(((Key.OfChoices) only().key()).choices()).hasSize(size);
    }

    @Test
    void judge_rightAndWrong_fixedChoices() {
      folder.questions(question(1, "判断", "如此这般。", "答案: 错"));
      assertThat(only().key()).isEqualTo(new Key.OfChoices(Set.of("false")));
      assertThat(only().choices())
          .containsExactly(new Choice("true", "对", true), new Choice("false", "错", true));
    }

    @Test
    void blank_equivalentsAndFoldings() {
      folder.questions(
          question(
              1,
              "填空",
              "预备期为____年，经____讨论。",
              """
              视同: [数字, 空格]
              答案:
                - [一, 壹]
                - 支部大会
              """));
      assertThat(only().key())
          .isEqualTo(
              new Key.OfBlanks(
                  List.of(List.of("一", "壹"), List.of("支部大会")),
                  EnumSet.of(Folding.NUMERAL, Folding.SPACE)));
    }

    @Test
    void blank_withoutFoldings_widthAndSpaceFold() {
      folder.questions(question(1, "填空", "预备期为____年。", "答案: 一"));
      assertThat(((Key.OfBlanks) only().key()).foldings())
          .containsExactlyInAnyOrder(Folding.WIDTH, Folding.SPACE);
    }

    @Test
    void essay_points() {
      folder.questions(question(1, "简答", "为什么？", "答案:\n  - 要点一\n  - 要点二"));
      assertThat(only().key()).isEqualTo(new Key.OfEssay(List.of("要点一", "要点二")));
      assertThat(only().choices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"草稿, DRAFT", "发布, PUBLISHED", "停用, RETIRED"})
    void status_word(String word, BankFiles.Status status) {
      folder.questions(SINGLE + "    状态: " + word + "\n");
      assertThat(folder.read().entries().getFirst().status()).isEqualTo(status);
    }

    /** What YAML would take for nothing, a number, a date or a truth stays what the clerk wrote. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "~",
          "null",
          "Null",
          "yes",
          "no",
          "on",
          "off",
          "true",
          "FALSE",
          "1.10",
          "1.50",
          "2022-01-01",
          "2022-01-01 08:00:00",
          "0x1F",
          "0b11",
          "0o17",
          "007",
          "010",
          "1e3",
          "1_000",
          "12:30:45",
          ".inf",
          "-.NaN",
          ".5",
          "+7",
          "="
        })
    void values_alwaysText(String text) {
      folder.questions(single(1, "多少？", "A", text, "其他"));
      assertThat(only().choices().getFirst().text()).isEqualTo(text);
      folder.questions(question(1, "填空", "写作____。", "答案: " + text));
      assertThat(((Key.OfBlanks) only().key()).blanks()).containsExactly(List.of(text));
      folder.questions(question(1, "填空", "写作____、____。", "答案: [[" + text + ", 一], " + text + "]"));
      assertThat(((Key.OfBlanks) only().key()).blanks())
          .containsExactly(List.of(text, "一"), List.of(text));
      folder.questions(question(1, "简答", text, "答案:\n  - " + text + "\n  - 乙"));
      assertThat(only().stem()).isEqualTo(text);
      assertThat(only().key()).isEqualTo(new Key.OfEssay(List.of(text, "乙")));
    }

    @ParameterizedTest
    @CsvSource({"不限, true", "固定, false"})
    void orderOfBlanks(String word, boolean any) {
      folder.questions(question(1, "填空", "____和____。", "空序: " + word + "\n答案: [甲, 乙]"));
      assertThat(((Key.OfBlanks) only().key()).anyOrder()).isEqualTo(any);
      assertThat(folder.read().entries().getFirst().saysOrder()).isTrue();
      folder.questions(question(1, "填空", "____和____。", "答案: [甲, 乙]"));
      assertThat(((Key.OfBlanks) only().key()).anyOrder()).isFalse();
      assertThat(folder.read().entries().getFirst().saysOrder()).isFalse();
    }

    @Test
    void enemies_identifiers() {
      folder.questions(SINGLE + "    互斥: [02-other-001, 02-other-002]\n");
      assertThat(only().enemies()).containsExactlyInAnyOrder("02-other-001", "02-other-002");
      folder.questions(SINGLE + "    互斥: 02-other-001\n");
      assertThat(only().enemies()).containsExactly("02-other-001");
      folder.questions(SINGLE);
      assertThat(only().enemies()).isEmpty();
    }
  }

  @Nested
  class Bad {
    @Test
    void folderMissing() {
      assertThatThrownBy(() -> BankReader.read(root.resolve("none")))
          .isInstanceOf(BankInvalidException.class)
          .hasMessageContaining("题库文件夹不存在");
    }

    @Test
    void areasMissing() throws IOException {
      Files.delete(root.resolve("areas.yaml"));
      assertThat(problems()).contains(new BankProblem("areas.yaml", 0, "", "读不出这个文件"));
    }

    @Test
    void areas_oneProblem_reportedOnce() {
      folder.write("areas.yaml", "方面:\n  - 代码: charter\n    名称: 党章\n  - 代码: discipline\n");
      assertProblem("areas.yaml", 4, "名称", "缺少这一栏");
    }

    @Test
    void areas_codeTwice() {
      folder.write("areas.yaml", "方面:\n  - {代码: charter, 名称: 党章}\n  - {代码: charter, 名称: 章程}\n");
      assertProblem("areas.yaml", 0, "代码", "写了两遍：charter");
    }

    @Test
    void documents_codeTwice() {
      folder.write(
          "documents.yaml",
          """
          文件:
            - {代码: doc, 标题: 章程, 版本: 2022年, 效力: 现行}
            - {代码: doc, 标题: 章程, 版本: 2017年, 效力: 现行}
          """);
      assertProblem("documents.yaml", 3, "代码", "写了两遍");
    }

    @Test
    void documents_forceUnknown() {
      folder.write("documents.yaml", "文件:\n  - {代码: d, 标题: 章程, 版本: 2022年, 效力: 有效}\n");
      assertProblem("documents.yaml", 2, "效力", "现行、存疑、失效");
    }

    @Test
    void fullWidthColon_inAField() {
      folder.questions(SINGLE.replace("难度: 1", "难度：1"));
      assertProblem(FILE, 7, "", "全角冒号");
    }

    @Test
    void fullWidthColon_inTheFirstFieldOfAQuestion() {
      folder.questions(SINGLE.replace("编号: ", "编号："));
      assertProblem(FILE, 5, "", "全角冒号");
    }

    @Test
    void fullWidthColon_inAChoice() {
      folder.questions(SINGLE.replace("B: 实", "B：实"));
      assertProblem(FILE, 11, "", "全角冒号");
    }

    @Test
    void fullWidthColon_inTheHead() {
      folder.write(FILE, HEAD.replace("文件: ", "文件：") + SINGLE);
      assertProblem(FILE, 2, "", "全角冒号");
    }

    @Test
    void tabIndentation() {
      folder.questions(SINGLE.replace("    难度", "\t难度"));
      assertProblem(FILE, 7, "", "不用制表符");
    }

    @Test
    void fieldMissing() {
      folder.questions(SINGLE.replace("    解析: 党章总纲写明。\n", ""));
      assertProblem(FILE, 5, "解析", "缺少这一栏");
    }

    @Test
    void fieldUnknown() {
      folder.questions(SINGLE.replace("解析", "说明") + "    解析: 如此。\n");
      assertProblem(FILE, 14, "说明", "没有这样一栏");
    }

    @Test
    void fieldEmpty() {
      folder.questions(SINGLE.replace("党章总纲写明。", ""));
      assertProblem(FILE, 14, "解析", "应当是一段文字");
    }

    @Test
    void headUnknown() {
      folder.write(FILE, "作者: 某人\n" + HEAD + SINGLE);
      assertProblem(FILE, 1, "作者", "没有这样一栏");
    }

    @Test
    void typeUnknown() {
      folder.questions(SINGLE.replace("单选", "单项"));
      assertProblem(FILE, 6, "题型", "应当是 单选、多选、判断、填空、简答 之一");
    }

    @Test
    void statusUnknown() {
      folder.questions(SINGLE + "    状态: 完成\n");
      assertProblem(FILE, 17, "状态", "草稿、发布、停用");
    }

    @ParameterizedTest
    @CsvSource({"0", "6", "1.5", "难"})
    void difficultyOutOfRange(String difficulty) {
      folder.questions(SINGLE.replace("难度: 1", "难度: " + difficulty));
      assertProblem(FILE, 7, "难度", "1 到 5");
    }

    @ParameterizedTest
    @CsvSource({"Charter-1", "charter", "01_charter", "01-党章"})
    void idMalformed(String id) {
      folder.questions(SINGLE.replace("01-charter-001", id));
      assertProblem(FILE, 5, "编号", "小写字母");
    }

    @ParameterizedTest
    @CsvSource({"D", "AA", "b"})
    void keyOutsideTheChoices(String key) {
      folder.questions(SINGLE.replace("答案: B", "答案: " + key));
      assertProblem(FILE, 13, "答案", "须在选项之中");
    }

    @Test
    void singleWithTwoKeys_multipleWithOne() {
      folder.questions(SINGLE.replace("答案: B", "答案: AB"));
      assertProblem(FILE, 13, "答案", "只有一个答案");
      folder.questions(SINGLE.replace("单选", "多选"));
      assertProblem(FILE, 13, "答案", "至少有两个");
    }

    @Test
    void choicesEqual() {
      folder.questions(SINGLE.replace("实现民族复兴", "实现 共同富裕"));
      assertProblem(FILE, 10, "选项", "有两个选项相同");
    }

    @Test
    void choicesNotInOrderOfLetters() {
      folder.questions(SINGLE.replace("C: 实", "D: 实"));
      assertProblem(FILE, 10, "选项", "依次写");
    }

    @Test
    void choicesTooFew() {
      folder.questions(single(1, "如何？", "A", "如此"));
      assertProblem(FILE, 10, "选项", "至少要有两个");
    }

    @Test
    void fixedOutsideTheChoices() {
      folder.questions(SINGLE + "    固定: E\n");
      assertProblem(FILE, 17, "固定", "选项的字母");
    }

    @Test
    void judgeNeitherRightNorWrong_orWithChoices() {
      folder.questions(question(1, "判断", "如此这般。", "答案: 正确"));
      assertProblem(FILE, 12, "答案", "写 对 或 错");
      folder.questions(question(1, "判断", "如此这般。", "答案: 对\n选项: {A: 对, B: 错}"));
      assertProblem(FILE, 13, "选项", "判断题不写选项");
    }

    @Test
    void blankCountMismatch() {
      folder.questions(question(1, "填空", "为____年，经____讨论。", "答案: [一]"));
      assertProblem(FILE, 12, "答案", "题干中有 2 处“____”，答案有 1 行");
    }

    @Test
    void blankWithoutABlank() {
      folder.questions(question(1, "填空", "为几年？", "答案: [一]"));
      assertProblem(FILE, 12, "答案", "题干中有 0 处");
    }

    @Test
    void foldingUnknown_orWhereThereIsNoBlank() {
      folder.questions(question(1, "填空", "为____年。", "答案: 一\n视同: 大小写"));
      assertProblem(FILE, 13, "视同", "全半角、空格、数字");
      folder.questions(SINGLE + "    视同: 数字\n");
      assertProblem(FILE, 17, "视同", "只有填空题");
    }

    @Test
    void orderOfBlanks_unknownOrWhereThereIsNone() {
      folder.questions(question(1, "填空", "____和____。", "空序: 随便\n答案: [甲, 乙]"));
      assertProblem(FILE, 12, "空序", "不限 或 固定");
      folder.questions(question(1, "填空", "____年。", "空序: 不限\n答案: [甲]"));
      assertProblem(FILE, 12, "空序", "有两空以上");
      folder.questions(SINGLE + "    空序: 不限\n");
      assertProblem(FILE, 17, "空序", "只有填空题");
    }

    /** Equal answers count once, so that nobody could have all points. */
    @Test
    void blanksInAnyOrder_withTheSameAnswer() {
      folder.questions(question(1, "填空", "____、____。", "空序: 不限\n视同: [数字]\n答案: [五, 5]"));
      assertProblem(FILE, 12, "空序", "不同的答案");
    }

    @Test
    void enemies_oneself_orTwice() {
      folder.questions(SINGLE + "    互斥: 01-charter-001\n");
      assertProblem(FILE, 17, "互斥", "别的题");
      folder.questions(SINGLE + "    互斥: [a-1, a-1]\n");
      assertProblem(FILE, 17, "互斥", "写一次");
    }

    @Test
    void duplicateIdAcrossFiles() {
      folder.questions(SINGLE).write("01-charter/more.yaml", HEAD + SINGLE);
      assertProblem("01-charter/more.yaml", 5, "编号", "01-charter-001 已经用在 " + FILE + " 第 5 行");
    }

    @Test
    void versionMismatch() {
      folder.write(FILE, HEAD.replace("2022年", "2017年") + SINGLE);
      assertProblem(FILE, 3, "版本", "2022年");
    }

    @Test
    void documentSuperseded() {
      folder.write(FILE, HEAD.replace("doc", "old").replace("2022年", "1990年") + SINGLE);
      assertProblem(FILE, 2, "文件", "已经失效");
    }

    @Test
    void documentUnknown() {
      folder.write(FILE, HEAD.replace("doc", "none") + SINGLE);
      assertProblem(FILE, 2, "文件", "documents.yaml 中没有 none");
    }

    @Test
    void areaUnknown_orOfAnotherFolder() {
      folder.write("03-harter/x.yaml", HEAD.replace("charter", "harter") + SINGLE);
      assertProblem("03-harter/x.yaml", 1, "方面", "areas.yaml 中没有 harter");
    }

    @Test
    void areaOfAnotherFolder() {
      folder.write(FILE, HEAD.replace("charter", "discipline") + SINGLE);
      assertProblem(FILE, 1, "方面", "与所在文件夹不符");
    }

    /** constitution is an area of its own, not the end of party-constitution. */
    @Test
    void areaThatIsTheEndOfAnotherName_isNotThatFolder() {
      folder.write(
          "areas.yaml", "方面:\n  - {代码: charter, 名称: 宪章}\n  - {代码: party-charter, 名称: 党章}\n");
      folder.write("02-party-charter/x.yaml", HEAD + SINGLE);
      assertProblem("02-party-charter/x.yaml", 1, "方面", "与所在文件夹不符");
    }

    @Test
    void notUtf8() throws IOException {
      Files.createDirectories(root.resolve("01-charter"));
      Files.write(root.resolve(FILE), (HEAD + SINGLE).getBytes(Charset.forName("GBK")));
      assertProblem(FILE, 0, "", "不是 UTF-8");
    }

    @Test
    void emptyFile() {
      folder.write(FILE, "");
      assertProblem(FILE, 0, "", "文件是空的");
      folder.write(FILE, "# 只有注释\n");
      assertProblem(FILE, 0, "", "文件是空的");
    }

    @Test
    void questionsEmpty() {
      folder.write(FILE, HEAD);
      assertThat(problems()).contains(new BankProblem(FILE, 4, "", "这里应当是“名称: 内容”的形式"));
    }

    @Test
    void mappingKeyTwice() {
      folder.questions(SINGLE + "    难度: 2\n");
      assertProblem(FILE, 17, "难度", "写了两遍");
    }

    @Test
    void controlCharacter() {
      folder.questions(SINGLE.replace("如此", "如\u0007此").replace("写明", "写\u0007明"));
      assertProblem(FILE, 0, "", "不能显示的字符");
    }

    @Test
    void severalProblemsInSeveralFiles_allTogether() {
      folder
          .questions(
              SINGLE.replace("难度: 1", "难度: 9").replace("答案: B", "答案: F"),
              single(2, "如何？", "A", "如此", "如此"))
          .write("01-charter/broken.yaml", HEAD + SINGLE.replace("题干: ", "题干："))
          .write("01-charter/empty.yaml", "")
          .write(
              "02-discipline/late.yaml",
              HEAD.replace("charter", "discipline").replace("2022年", "2021年"));
      assertThat(problems())
          .extracting(p -> "%s:%d %s".formatted(p.file(), p.line(), p.field()))
          .contains(
              FILE + ":13 答案",
              FILE + ":22 选项",
              "01-charter/broken.yaml:8 ",
              "01-charter/empty.yaml:0 ",
              "02-discipline/late.yaml:3 版本");
    }

    @Test
    void problem_asText_fileLineFieldReason() {
      assertThat(new BankProblem(FILE, 7, "难度", "应当是整数")).hasToString(FILE + " 第 7 行“难度”：应当是整数");
      assertThat(new BankProblem(FILE, 0, "", "文件是空的")).hasToString(FILE + " ：文件是空的");
    }
  }

  @Nested
  class RealBank {
    private final BankFiles bank = BankReader.read(Path.of("question-bank"));

    @Test
    void areas_seventeen_eachWithTwentyQuestionsOfAllTypes() {
      assertThat(bank.areas()).hasSize(17);
      for (var area : bank.areas()) {
        var questions =
            bank.entries().stream()
                .map(BankFiles.FileQuestion::question)
                .filter(q -> q.area().equals(area.code()))
                .toList();
        assertThat(questions).as(area.code()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(questions.stream().map(Question::type).collect(Collectors.toSet()))
            .as(area.code())
            .containsExactlyInAnyOrder(QuestionType.values());
      }
    }

    @Test
    void choices_identifiers_uniqueWithinEachQuestion() {
      for (var entry : bank.entries()) {
        var ids = new HashSet<String>();
        assertThat(entry.question().choices()).allMatch(choice -> ids.add(choice.id()));
      }
    }

    @Test
    void keys_ofBlanks_acceptThemselves() {
      for (var entry : bank.entries()) {
        if (entry.question().key() instanceof Key.OfBlanks key) {
          var texts = new ArrayList<>(key.blanks().stream().map(List::getFirst).toList());
          for (var blank = 0; blank < texts.size(); blank++) {
            for (var accepted : key.blanks().get(blank)) {
              var first = texts.set(blank, accepted);
              assertThat(key.filled(entry.question().stem(), texts))
                  .as(entry.question().id())
                  .isEqualTo(texts.size());
              texts.set(blank, first);
            }
          }
        }
      }
    }

    @Test
    void check_withoutSources_noError() {
      assertThat(BankCheck.check(bank, Optional.empty()).errors()).isEmpty();
    }
  }

  @Test
  void read_fourThousandQuestions_underTwoSeconds() {
    for (var file = 0; file < 40; file++) {
      var text = new StringBuilder(HEAD);
      for (var i = 0; i < 100; i++) {
        text.append(SINGLE.replace("001", "%d-%03d".formatted(file, i)));
      }
      folder.write("01-charter/f%02d.yaml".formatted(file), text.toString());
    }
    folder.read(); // warms up
    var best = Duration.ofDays(1);
    for (var i = 0; i < 3; i++) {
      var start = cpuTime();
      assertThat(folder.read().entries()).hasSize(4_000);
      var took = cpuTime().minus(start);
      best = took.compareTo(best) < 0 ? took : best;
    }
    assertThat(best).isLessThan(Duration.ofSeconds(2));
  }

  /** Time of this thread alone, so that what else the machine does changes nothing. */
  private static Duration cpuTime() {
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }
}
