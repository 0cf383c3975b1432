package yikao.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Longer phrases for the places where the longest phrase from the left would cut a word in two: for
 * each phrase whose last character begins such a word, the two together.
 */
final class WholeWords {
  private WholeWords() {}

  /**
   * The phrases to add to a dictionary.
   *
   * @param words that stay whole; a phrase that ends with one of them is not cut itself
   */
  static Map<String, String> of(SortedMap<String, String> phrases, Set<String> words) {
    var plain = new Phrases(phrases);
    var byStart =
        words.stream()
            .map(word -> Word.of(word, plain))
            .collect(Collectors.groupingBy(word -> word.text().charAt(0)));
    var added = new TreeMap<String, String>();
    phrases.forEach((phrase, value) -> {
      var last = phrase.length() - 1;
      var following = byStart.getOrDefault(phrase.charAt(last), List.of());
      if (last == 0 || following.isEmpty() || endsWithOne(phrase, words)) {
        return;
      }
      var before = plain.replace(phrase.substring(0, last));
      for (var word : following) {
        var whole = phrase + word.text().substring(1);
        var wanted = before + word.value();
        if (!wanted.equals(value + word.rest()) && !phrases.containsKey(whole)) {
          added.put(whole, wanted);
        }
      }
    });
    return added;
  }

  private static boolean endsWithOne(String phrase, Set<String> words) {
    return IntStream.range(0, phrase.length() - 1)
        .anyMatch(i -> words.contains(phrase.substring(i)));
  }

  /**
   * A word that stays whole.
   *
   * @param value what stands for it
   * @param rest what stands for it without its first character, where a phrase has taken that
   */
  private record Word(String text, String value, String rest) {
    static Word of(String text, Phrases plain) {
      return new Word(text, plain.replace(text), plain.replace(text.substring(1)));
    }
  }
}
