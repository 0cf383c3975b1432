package yikao.question;

import java.util.Locale;

/** The kinds of question. */
public enum QuestionType {
  /** One right choice (单选). */
  SINGLE,
  /** Two or more right choices (多选). */
  MULTIPLE,
  /** A statement, right or wrong (判断). */
  JUDGE,
  /** Words to fill in, each with accepted equivalents (填空). */
  BLANK,
  /** A short answer, marked by a person (简答). */
  ESSAY;

  /** The name in the API and in stored documents. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a participant answers by choosing, not by writing. */
  public boolean hasChoices() {
    return this == SINGLE || this == MULTIPLE || this == JUDGE;
  }
}
