package yikao.org;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import yikao.text.NameFolding;

/** What a name is searched and compared by: what only a keyboard makes different is the same. */
final class NameKey {
  /** The longest key (UTF-16). */
  static final int MOST = 100;

  /** The dots between the parts of a name, as keyboards have them, and blanks around them. */
  private static final Pattern DOT =
      Pattern.compile(" *[\\u00b7\\u0387\\u2022\\u2027\\u2219\\u22c5\\u30fb\\u25cf\\uff65] *");

  /** Before the first character; no name has it, since it is folded away. */
  private static final String BEGIN = "\n";

  private NameKey() {}

  static String of(String name) {
    var key = DOT.matcher(NameFolding.fold(name)).replaceAll("\u00b7").toLowerCase(Locale.ROOT);
    return key.length() <= MOST ? key : key.substring(0, key.offsetByCodePoints(0, MOST / 2));
  }

  /** By which a key is found: its first character, and every two that stand side by side. */
  static List<String> parts(String key) {
    return key.isEmpty()
        ? List.of()
        : Stream.concat(Stream.of(first(key)), pairs(key)).distinct().toList();
  }

  /** What a key that has this in it has among its parts; of one character: at its beginning. */
  static List<String> sought(String key) {
    var pairs = pairs(key).distinct().toList();
    return pairs.isEmpty() ? List.of(first(key)) : pairs;
  }

  private static String first(String key) {
    return BEGIN + Character.toString(key.codePointAt(0));
  }

  private static Stream<String> pairs(String key) {
    var characters = key.codePoints().toArray();
    return IntStream.range(1, characters.length)
        .mapToObj(i -> new String(Arrays.copyOfRange(characters, i - 1, i + 1), 0, 2));
  }
}
