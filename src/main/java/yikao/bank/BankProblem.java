package yikao.bank;

/**
 * Something wrong in the bank's files, for the person who edits them.
 *
 * @param file the file's path below the bank's folder
 * @param line counted from 1; 0 where the file as a whole is meant
 * @param field the field, as the file writes it; empty where none is meant
 * @param reason what is wrong and what to do, in Chinese
 */
public record BankProblem(String file, int line, String field, String reason) {
  @Override
  public String toString() {
    var place = line > 0 ? "第 %d 行".formatted(line) : "";
    var named = field.isEmpty() ? "" : "“%s”".formatted(field);
    return "%s %s%s：%s".formatted(file, place, named, reason);
  }
}
