package yikao.question;

import java.util.Map;
import java.util.regex.Pattern;

/** Chinese numerals as Arabic ones: 二十 → 20, 一百零五 → 105, 二〇二六 → 2026, 3万 → 30000. */
public final class Numerals {
  private static final String DIGITS = "〇一二三四五六七八九";
  private static final Pattern NUMBER = Pattern.compile("[〇零一二两三四五六七八九十百千万亿0-9]+");

  /** Financial numerals and traditional forms, each above the plain one that it stands for. */
  private static final String FORMAL = "壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟萬億兩";

  private static final String PLAIN = "一二二三三三四五六六七八九十百千万亿两";

  private static final Map<Character, String> OLD_TENS = Map.of('廿', "二十", '卅', "三十", '卌', "四十");

  private Numerals() {}

  /** Whether a sign is part of numerals, in whatever way people write them. */
  static boolean isNumeral(char c) {
    return (c >= '0' && c <= '9')
        || DIGITS.indexOf(c) >= 0
        || "零两十百千万亿".indexOf(c) >= 0
        || FORMAL.indexOf(c) >= 0
        || OLD_TENS.containsKey(c);
  }

  /**
   * What people write as numerals, as Arabic digits: {@link #toArabic}, and before that the
   * financial numerals and the old tens, 贰拾 and 廿 for 二十. Turns words into something else, 队伍 into
   * 队5; it is for telling whether two texts are the same.
   */
  static String read(String text) {
    var plain = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var formal = FORMAL.indexOf(c);
      plain.append(OLD_TENS.getOrDefault(c, String.valueOf(formal < 0 ? c : PLAIN.charAt(formal))));
    }
    return toArabic(plain.toString());
  }

  /**
   * The text with every numeral in it as Arabic digits; a value beyond 10^18 stays as it stands.
   */
  public static String toArabic(String text) {
    return NUMBER.matcher(text).replaceAll(match -> arabic(match.group()));
  }

  private static String arabic(String numeral) {
    try {
      return isPositional(numeral) ? positional(numeral) : Long.toString(value(numeral));
    } catch (ArithmeticException | NumberFormatException e) {
      return numeral;
    }
  }

  private static boolean isPositional(String numeral) {
    return numeral.chars().noneMatch(c -> "十百千万亿".indexOf(c) >= 0);
  }

  private static String positional(String numeral) {
    var digits = new StringBuilder();
    numeral.chars().forEach(c -> digits.append(c >= '0' && c <= '9' ? c - '0' : digit(c)));
    return digits.toString();
  }

  private static int digit(int c) {
    return switch (c) {
      case '零' -> 0;
      case '两' -> 2;
      default -> DIGITS.indexOf(c);
    };
  }

  private static long value(String numeral) {
    long total = 0; // closed by 万 or 亿
    long part = 0; // below 万
    long number = -1; // the digits before the next unit; -1 where none stand there
    for (var i = 0; i < numeral.length(); i++) {
      var c = numeral.charAt(i);
      var unit = unit(c);
      if (unit == 0) {
        number = next(number, c);
      } else if (unit < 10_000) {
        part = Math.addExact(part, Math.multiplyExact(number < 0 ? 1 : number, unit));
        number = -1;
      } else {
        var closed = Math.addExact(part, Math.max(number, 0));
        total =
            unit == 10_000
                ? Math.addExact(total, Math.multiplyExact(closed, unit))
                : Math.multiplyExact(Math.addExact(total, closed), unit);
        part = 0;
        number = -1;
      }
    }
    return Math.addExact(Math.addExact(total, part), Math.max(number, 0));
  }

  private static long next(long number, char c) {
    if (c == '零' || c == '〇') {
      return number > 0 ? Math.multiplyExact(number, 10L) : 0;
    }
    var digit = c >= '0' && c <= '9' ? c - '0' : digit(c);
    return number > 0 ? Math.addExact(Math.multiplyExact(number, 10L), digit) : digit;
  }

  private static long unit(char c) {
    return switch (c) {
      case '十' -> 10;
      case '百' -> 100;
      case '千' -> 1_000;
      case '万' -> 10_000;
      case '亿' -> 100_000_000;
      default -> 0;
    };
  }
}
