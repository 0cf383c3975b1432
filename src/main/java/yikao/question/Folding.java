package yikao.question;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import yikao.text.Conversion;
import yikao.text.WrittenText;

/** A difference between two spellings that a blank may overlook. */
public enum Folding {
  /** Full-width and half-width forms, and upper and lower case, are the same. */
  WIDTH("全半角"),
  /** White space does not count. */
  SPACE("空格"),
  /** 阿拉伯 and 中文 numerals are the same: 15, 十五, 拾伍 and 一五 are one number. */
  NUMERAL("数字");

  private static final Pattern SPACES = Pattern.compile("[\\s\\u3000]+");
  private static final Pattern WHITE = Pattern.compile("[\\s\\u3000\\u00a0]+");

  private final String label;

  Folding(String label) {
    this.label = label;
  }

  /** The name in the bank's files. */
  public String label() {
    return label;
  }

  /**
   * A text without what is never meant, and without the differences that are overlooked; in
   * simplified characters, whatever script it was typed in. A text of nothing but punctuation
   * stands for itself: it may be what is asked for.
   */
  static String fold(String text, Set<Folding> foldings) {
    var core = WrittenText.core(text);
    var folded = core.isEmpty() ? WrittenText.tidy(text) : core;
    if (foldings.contains(WIDTH)) {
      folded = Normalizer.normalize(folded, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
    if (foldings.contains(SPACE)) {
      folded = WHITE.matcher(folded).replaceAll("");
    }
    // numerals first: they know the traditional forms, of which 參 would become a word
    return Conversion.toSimplified(foldings.contains(NUMERAL) ? Numerals.read(folded) : folded);
  }

  /** Without spaces, of either width. */
  public static String squeeze(String text) {
    return SPACES.matcher(text).replaceAll("");
  }
}
