package yikao.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chinese text in the other script: simplified characters as traditional ones and back, by the
 * dictionaries of OpenCC, and by exceptions of our own for the language of party rules and law. Of
 * several phrases that match, the longest counts. The dictionaries are read when they are first
 * needed.
 */
public final class Conversion {
  private static final String OPENCC = "/opencc/";
  private static final String OWN = "/conversion/";

  private Conversion() {}

  /** Read when a text is first converted. */
  private static final class Traditional {
    static final Phrases PHRASES = traditional();
  }

  /** The same for the other direction. */
  private static final class Simplified {
    static final Phrases PHRASES =
        new Phrases(
            read(OPENCC + "TSCharacters.txt", OPENCC + "TSPhrases.txt", OWN + "to-simplified.txt"));
  }

  /** A text in traditional characters. */
  public static String toTraditional(String text) {
    return Traditional.PHRASES.replace(text);
  }

  /** A text in simplified characters. */
  public static String toSimplified(String text) {
    return Simplified.PHRASES.replace(text);
  }

  private static Phrases traditional() {
    var phrases =
        read(OPENCC + "STCharacters.txt", OPENCC + "STPhrases.txt", OWN + "to-traditional.txt");
    var newer = new Phrases(read(OWN + "variants.txt"));
    phrases.replaceAll((_, value) -> newer.replace(value));
    phrases.putAll(WholeWords.of(phrases, words()));
    return new Phrases(phrases);
  }

  private static Set<String> words() {
    return lines(OWN + "words.txt")
        .flatMap(line -> Stream.of(line.split(" ", -1)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A dictionary from files, of which the later ones count. */
  private static SortedMap<String, String> read(String... files) {
    var phrases = new TreeMap<String, String>();
    for (var file : files) {
      lines(file)
          .forEach(line -> {
            var tab = line.indexOf('\t');
            // of several that may stand for it, the first is the usual one
            var end = line.indexOf(' ', tab);
            phrases.put(
                line.substring(0, tab), line.substring(tab + 1, end < 0 ? line.length() : end));
          });
    }
    return phrases;
  }

  /** The lines of a file but for notes. */
  private static Stream<String> lines(String file) {
    try (var stream = Objects.requireNonNull(Conversion.class.getResourceAsStream(file), file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && line.charAt(0) != '#');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
