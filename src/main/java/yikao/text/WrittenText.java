package yikao.text;

import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * The one rule for texts that people write and other people see, and the one folding for what is
 * invisible or stands at the edges. Invisible are the code points that Unicode says to ignore in
 * display (Default_Ignorable_Code_Point, and the fillers of Hangul), white space, and the blank of
 * Braille.
 */
public final class WrittenText {
  /** Without width: joined with what is around it, one does not see whether it is there. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f"
              + "\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8"
              + "\\x{1bca0}-\\x{1bca3}\\x{1d173}-\\x{1d17a}\\x{e0000}-\\x{e0fff}]+");

  private static final Pattern TURNING =
      Pattern.compile("[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  static final String WHITE = "[\\s\\p{Z}\\u0085\\u2800]+";

  /** What people type or paste around an answer and do not mean: punctuation, quotation marks. */
  private static final String AROUND = "。．.，,、；;：:！!？?“”‘’\"'＂＇「」『』…";

  private WrittenText() {}

  /**
   * Whether a text can be stored and sent: without NUL, which PostgreSQL does not hold, and without
   * halves of surrogate pairs, which are no characters.
   */
  public static boolean isStorable(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Without what is invisible, and without white space at the edges. */
  public static String tidy(String text) {
    return isPlain(text)
        ? text
        : trim(INVISIBLE.matcher(text).replaceAll(""), WrittenText::isWhite);
  }

  /** Ideographs, and what ASCII shows: most texts, of which nothing goes. */
  private static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c <= ' ' || (c > '~' && c < 0x4e00) || c > 0x9fff) {
        return false;
      }
    }
    return true;
  }

  /**
   * What is left of an answer without what is invisible, and at its edges without white space,
   * punctuation and quotation marks. Empty where nothing was said.
   */
  public static String core(String text) {
    return trim(tidy(text), c -> isWhite(c) || AROUND.indexOf(c) >= 0);
  }

  /** By index: a regular expression for both edges takes quadratic time over blanks in between. */
  private static String trim(String text, IntPredicate isEdge) {
    var from = 0;
    var to = text.length();
    while (from < to && isEdge.test(text.charAt(from))) {
      from++;
    }
    while (from < to && isEdge.test(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** The same as {@link #WHITE}. */
  private static boolean isWhite(int c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || c == '\u2800' || Character.isSpaceChar(c);
  }

  /**
   * A text as it may be shown to others: tidied, of so many characters (UTF-16), one of them
   * visible, and none that turns the direction of writing, controls a terminal, or means nothing.
   * Line breaks and tabs are for texts of several lines.
   *
   * @return absent where it may not be shown
   */
  public static Optional<String> shown(String text, int least, int most, boolean lines) {
    if (TURNING.matcher(text).find()) {
      return Optional.empty();
    }
    var tidy = tidy(text);
    var fits = tidy.length() >= least && tidy.length() <= most;
    return fits && tidy.codePoints().allMatch(c -> isShown(c, lines))
        ? Optional.of(tidy)
        : Optional.empty();
  }

  private static boolean isShown(int c, boolean lines) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> lines && (c == '\n' || c == '\r' || c == '\t');
      case Character.UNASSIGNED,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
