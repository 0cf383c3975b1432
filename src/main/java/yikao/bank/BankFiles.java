package yikao.bank;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import yikao.question.Question;

/**
 * What the bank's folder says.
 *
 * @param areas in their order
 * @param documents by code
 * @param entries every question with its place
 */
record BankFiles(List<Area> areas, Map<String, Document> documents, List<FileQuestion> entries) {

  /**
   * A question of a file.
   *
   * @param file path below the bank's folder
   * @param line of its 编号
   * @param saysOrder whether it says if the order of its blanks matters
   */
  record FileQuestion(Question question, Status status, String file, int line, boolean saysOrder) {}

  /** Whether papers may draw a question. */
  enum Status {
    DRAFT("草稿"),
    PUBLISHED("发布"),
    RETIRED("停用");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
