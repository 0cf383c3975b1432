package yikao.question;

import java.util.Locale;

/** The kinds of question. */
public enum QuestionType {
  /** One right choice (单选). */
  SINGLE("单选", "单项选择题"),
  /** Two or more right choices (多选). */
  MULTIPLE("多选", "多项选择题"),
  /** A statement, right or wrong (判断). */
  JUDGE("判断", "判断题"),
  /** Words to fill in, each with accepted equivalents (填空). */
  BLANK("填空", "填空题"),
  /** A short answer, marked by a person (简答). */
  ESSAY("简答", "简答题");

  private final String label;
  private final String heading;

  QuestionType(String label, String heading) {
    this.label = label;
    this.heading = heading;
  }

  /** The short Chinese name, as the bank's files write it. */
  public String label() {
    return label;
  }

  /** The Chinese name as a section's heading shows it. */
  public String heading() {
    return heading;
  }

  /** The name in the API and in stored documents. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a participant answers by choosing, not by writing. */
  public boolean hasChoices() {
    return this == SINGLE || this == MULTIPLE || this == JUDGE;
  }
}
