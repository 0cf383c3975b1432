package yikao.org;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import yikao.text.WrittenText;

/** Numbers of phones as people and spreadsheets write them. Pure. */
final class PhoneNumber {
  /** How many digits the end has by which people are told apart. */
  static final int TAIL = 4;

  private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}\\p{Pd}().\\u2212]+");
  private static final Pattern DIGITS = Pattern.compile("\\d{7,15}");
  private static final Pattern OF_CHINA = Pattern.compile("(?:\\+|00)?86(1\\d{10})");
  private static final Pattern WITH_POINT = Pattern.compile("(\\d{7,15})\\.0+");
  private static final Pattern SCIENTIFIC = Pattern.compile("\\d(?:\\.\\d+)?[eE]\\+?\\d{1,2}");

  private PhoneNumber() {}

  /**
   * The digits of a phone; those of China's mobile phones without the country.
   *
   * @param exact whether a number in scientific notation is the whole of it, as in the cell of a
   *     spreadsheet; in a text it may have lost its last digits, and has to show them all
   * @return absent where it is none
   */
  static Optional<String> of(String written, boolean exact) {
    var tidy = WrittenText.tidy(Normalizer.normalize(written, Normalizer.Form.NFKC));
    if (SCIENTIFIC.matcher(tidy).matches()) {
      return scientific(tidy, exact);
    }
    var point = WITH_POINT.matcher(tidy);
    var plain = BETWEEN.matcher(point.matches() ? point.group(1) : tidy).replaceAll("");
    var china = OF_CHINA.matcher(plain);
    var digits = china.matches() ? china.group(1) : plain.replaceFirst("^\\+", "");
    return DIGITS.matcher(digits).matches() ? Optional.of(digits) : Optional.empty();
  }

  private static Optional<String> scientific(String written, boolean exact) {
    var number = new BigDecimal(written);
    var isWhole = number.stripTrailingZeros().scale() <= 0;
    var digits = isWhole ? number.toBigInteger().toString() : "";
    var shown = written.replaceAll("[eE].*|\\.", "").length();
    return DIGITS.matcher(digits).matches() && (exact || shown >= digits.length())
        ? Optional.of(digits)
        : Optional.empty();
  }

  /** The last four digits. */
  static String tail(String digits) {
    return digits.substring(digits.length() - TAIL);
  }
}
