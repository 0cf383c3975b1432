package yikao.org;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import yikao.text.NameFolding;

/** What a name is searched and compared by: what only a keyboard makes different is the same. */
final class NameKey {
  /** The longest key (UTF-16). */
  static final int MOST = 100;

  /** The dots between the parts of a name, as keyboards have them, and blanks around them. */
  private static final Pattern DOT =
      Pattern.compile(" *[\\u00b7\\u0387\\u2022\\u2027\\u2219\\u22c5\\u30fb\\u25cf\\uff65] *");

  private NameKey() {}

  static String of(String name) {
    var key = DOT.matcher(NameFolding.fold(name)).replaceAll("\u00b7").toLowerCase(Locale.ROOT);
    return key.length() <= MOST ? key : key.substring(0, key.offsetByCodePoints(0, MOST / 2));
  }

  /** Every two characters that stand beside each other in a key, each once. */
  static List<String> parts(String key) {
    var characters = key.codePoints().toArray();
    return IntStream.range(1, characters.length)
        .mapToObj(i -> new String(Arrays.copyOfRange(characters, i - 1, i + 1), 0, 2))
        .distinct()
        .toList();
  }
}
