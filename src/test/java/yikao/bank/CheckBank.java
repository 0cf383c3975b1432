package yikao.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The check of the bank by command line: {@code CheckBank <question-bank> <source texts, or empty>
 * [<report.html>]}. Prints what it finds, writes a report, and ends with 1 where there is an error.
 */
public final class CheckBank {
  private CheckBank() {}

  /** Runs the check. */
  public static void main(String[] args) {
    System.exit(run(args) ? 0 : 1);
  }

  @SuppressWarnings("SystemOut")
  private static boolean run(String[] args) {
    var sources =
        args.length > 1 && !args[1].isBlank()
            ? Optional.of(new SourceTexts(Path.of(args[1])))
            : Optional.<SourceTexts>empty();
    try {
      var bank = BankReader.read(Path.of(args[0]));
      var findings = BankCheck.check(bank, sources);
      findings.warnings().forEach(w -> System.out.println("提醒 " + w));
      if (args.length > 2) {
        Files.writeString(Path.of(args[2]), BankReport.of(bank, findings, sources).page());
      }
      return report(findings, bank, sources.isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BankInvalidException e) {
      e.problems().forEach(p -> System.out.println("错误 " + p));
      return false;
    }
  }

  @SuppressWarnings("SystemOut")
  private static boolean report(BankCheck.Findings findings, BankFiles bank, boolean compared) {
    var errors = findings.errors();
    errors.forEach(e -> System.out.println("错误 " + e));
    System.out.printf(
        "题库检查：%d 题，%d 个方面，互斥 %d 对，%d 处错误；%s%n",
        bank.entries().size(),
        BankCheck.byArea(bank).size(),
        findings.enemies(),
        errors.size(),
        compared ? "已逐题与原文核对" : "没有给出原文文件夹（-Dbank.sources=…），未与原文核对");
    return errors.isEmpty();
  }
}
