package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.bank.Folders.question;
import static yikao.bank.Folders.single;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BankReportTest {
  @TempDir Path root;

  private BankReport report(String... questions) throws IOException {
    Files.writeString(root.resolve("doc.txt"), SourceTextsTest.TEXT);
    var sources = Optional.of(new SourceTexts(root));
    var bank = new Folders(root.resolve("bank")).questions(questions).read();
    return BankReport.of(bank, BankCheck.check(bank, sources), sources);
  }

  @Test
  void report_countsAndCoverage() throws IOException {
    var report =
        report(
            single(1, "党员王某怎么办？", "B", "甲", "乙二"),
            question(2, "判断", "如此这般。", "答案: 对"),
            question(3, "多选", "哪些？", "选项:\n  A: 子\n  B: 丑\n  C: 寅\n答案: AC"),
            question(4, "判断", "并非如此。", "答案: 错").replace("编号", "状态: 草稿\n    编号"));
    assertThat(report.questions()).isEqualTo(3);
    assertThat(report.cases()).isEqualTo(1);
    assertThat(report.positions()).containsExactlyEntriesOf(Map.of("B", 1L));
    assertThat(report.longest()).isEqualTo(1);
    assertThat(report.rightChoices()).containsExactlyEntriesOf(Map.of("2", 1L));
    assertThat(report.judged()).containsExactlyEntriesOf(Map.of("对", 1L));
    assertThat(report.areas().getFirst().questions()).isEqualTo(3);
    var document = report.documents().getFirst();
    assertThat(document.asked()).isEqualTo(1);
    assertThat(document.articles()).isEqualTo(4);
    assertThat(document.unasked()).containsExactly("第一条之一", "第三条", "第二十条");
  }

  @Test
  void page_namesWhatIsWrongAndWhatIsMissing() throws IOException {
    var page = report(Folders.SINGLE).page();
    assertThat(page).contains("已发布 1 题", "这几个字不在第一条", "第一条之一、第三条、第二十条");
  }
}
