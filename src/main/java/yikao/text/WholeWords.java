package yikao.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
    var byStart = new HashMap<Character, List<String>>();
    words.forEach(w -> byStart.computeIfAbsent(w.charAt(0), _ -> new ArrayList<>()).add(w));
    var added = new TreeMap<String, String>();
    for (var phrase : phrases.keySet()) {
      var last = phrase.length() - 1;
      var following = byStart.getOrDefault(phrase.charAt(last), List.of());
      if (last == 0 || following.isEmpty() || words.stream().anyMatch(phrase::endsWith)) {
        continue;
      }
      for (var word : following) {
        var whole = phrase + word.substring(1);
        var wanted = plain.replace(phrase.substring(0, last)) + plain.replace(word);
        if (!phrases.containsKey(whole) && !plain.replace(whole).equals(wanted)) {
          added.put(whole, wanted);
        }
      }
    }
    return added;
  }
}
