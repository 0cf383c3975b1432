package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.bank.Folders.question;
import static yikao.bank.Folders.single;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import yikao.question.Questions;

class ProofCheckTest {
  @TempDir Path root;

  private List<ProofCheck.Finding> findings(String question, String words, String... clause) {
    var bank = new Folders(root).questions(question.replace("原文: 如此", "原文: " + words)).read();
    return ProofCheck.check(bank.entries().getFirst().question(), List.of(clause));
  }

  private void assertFound(List<ProofCheck.Finding> findings, String field, String reason) {
    assertThat(findings).as("%s", findings).hasSize(1);
    assertThat(findings.getFirst().field()).isEqualTo(field);
    assertThat(findings.getFirst().reason()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "三个月, 期限为三个月",
    "3个月, 期限为三个月",
    "每年一次, 应当每年进行检查",
    "50人, 一般不超过50人",
    "十二次, 每月不少于一次共十二次",
    "一名负责人, 由负责人决定",
    "办公厅主任, 由主任决定",
  })
  void numberOfTheKey_inTheWords_fine(String key, String words) {
    assertThat(findings(single(1, "怎样规定？", "A", key, "没有规定"), words)).isEmpty();
  }

  @Test
  void numberOfTheKey_notInTheWords_found() {
    var question = single(1, "期限多长？", "A", "六个月", "三个月");
    assertFound(findings(question, "期限为三个月"), "原文", "数字 6");
    assertThat(findings(question, "期限为三个月").getFirst().error()).isTrue();
  }

  @Test
  void numberWorkedOut_explained_fine() {
    var question = single(1, "至少几人赞成？", "A", "11人", "10人");
    assertFound(findings(question, "超过半数为通过"), "原文", "数字 11");
    assertThat(findings(question.replace("解析: 如此。", "解析: 20人的半数是10人，至少11人。"), "超过半数为通过")).isEmpty();
  }

  @Test
  void blank_keyNotInTheWords_found() {
    var question = question(1, "填空", "党支部委员会一般由____人组成。", "答案: [[3至5, 三至五]]");
    assertThat(findings(question, "党支部委员会由3至5人组成")).isEmpty();
    assertFound(findings(question, "党支部委员会由7人组成"), "原文", "“3至5”");
  }

  @Test
  void blank_filledInReadsOtherThanTheClause_warned() {
    var question = question(1, "填空", "小组每季度____汇报。", "答案: 一次");
    var found = findings(question, "每月一次会议", "每月一次会议，汇报工作。");
    assertFound(found, "题干", "读不成");
    assertThat(found.getFirst().error()).isFalse();
    assertThat(findings(question, "每季度一次", "每季度至少开会。每季度一次。")).isEmpty();
  }

  @Test
  void judgeWrong_statementOfTheClause_found() {
    var question = question(1, "判断", "党员有权利，也有义务。", "答案: 错");
    assertFound(findings(question, "有义务", "总则：党员有权利 也有义务；等等。"), "答案", "正是这样说");
    assertThat(findings(question, "有义务", "党员有义务，无权利。")).isEmpty();
  }

  @Test
  void judgeRight_withANumberOfItsOwn_warned() {
    var question = question(1, "判断", "任期为五年。", "答案: 对");
    assertFound(findings(question, "任期为三年"), "原文", "数字 5");
    assertThat(findings(question, "任期为五年")).isEmpty();
  }

  @Test
  void numberOfTheDocumentsTitle_fine() {
    var named = question(1, "判断", "十九届全会公报提到任期。", "答案: 对");
    assertFound(findings(named, "任期"), "原文", "数字 19");
    var bank = new Folders(root).questions(named).read();
    var titled = Questions.citing(bank.entries().getFirst().question(), "第十九届全会公报");
    assertThat(ProofCheck.check(titled, List.of())).isEmpty();
  }
}
