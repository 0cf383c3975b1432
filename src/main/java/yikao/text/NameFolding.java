package yikao.text;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The one spelling of a name that people write by hand: what only the keyboard makes different is
 * the same. Forms of full and half width become the usual ones, white space beside Chinese
 * characters goes, and any other is one blank.
 */
public final class NameFolding {
  private static final Pattern RUN = Pattern.compile(WrittenText.WHITE);

  private NameFolding() {}

  /** A name in its one spelling; folded again it stays the same. Not longer by more than NFKC. */
  public static String fold(String name) {
    if (isPlain(name)) {
      return name;
    }
    // normalizing makes blanks of its own
    var tidy = WrittenText.tidy(Normalizer.normalize(WrittenText.tidy(name), Normalizer.Form.NFKC));
    return RUN.matcher(tidy).replaceAll(run -> isBesideChinese(tidy, run) ? "" : " ");
  }

  private static boolean isBesideChinese(String text, MatchResult run) {
    return (run.start() > 0 && isChinese(text.codePointBefore(run.start())))
        || (run.end() < text.length() && isChinese(text.codePointAt(run.end())));
  }

  /** Letters, and the punctuation that only Chinese has. */
  private static boolean isChinese(int c) {
    return (c >= 0x3001 && c <= 0x301f)
        || Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }

  /** What stands between white space, each folded; none of an empty text. */
  public static List<String> words(String text) {
    return RUN.splitAsStream(text).map(NameFolding::fold).filter(w -> !w.isEmpty()).toList();
  }

  /** Nearly every name has only what is left as it is; a million are read at a time. */
  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> isIdeograph(c) || isAsciiAlphanumeric(c));
  }

  private static boolean isIdeograph(int c) {
    return c >= 0x4e00 && c <= 0x9fff;
  }

  private static boolean isAsciiAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
