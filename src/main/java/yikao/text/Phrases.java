package yikao.text;

import java.util.Arrays;
import java.util.SortedMap;

/**
 * A dictionary of phrases and what stands for each, for replacing the longest that matches, from
 * the left. Some fifty thousand phrases are held in about a megabyte: sorted, one behind the other.
 * Immutable.
 */
final class Phrases {
  private final char[] keys;
  private final int[] keyEnds;
  private final char[] values;
  private final int[] valueEnds;

  /** The first character that {@link #starts} knows. */
  private final int lowest;

  /** For each first character, where its phrases begin; those of the next begin where they end. */
  private final int[] starts;

  /** A dictionary; no phrase is empty. */
  Phrases(SortedMap<String, String> phrases) {
    keys = String.join("", phrases.keySet()).toCharArray();
    values = String.join("", phrases.values()).toCharArray();
    keyEnds = ends(phrases.keySet());
    valueEnds = ends(phrases.values());
    lowest = phrases.isEmpty() ? 0 : phrases.firstKey().charAt(0);
    var highest = phrases.isEmpty() ? -1 : phrases.lastKey().charAt(0);
    starts = new int[highest - lowest + 2];
    var index = 0;
    for (var phrase : phrases.keySet()) {
      starts[phrase.charAt(0) - lowest + 1] = ++index;
    }
    for (var c = 1; c < starts.length; c++) {
      starts[c] = Math.max(starts[c], starts[c - 1]);
    }
  }

  private static int[] ends(Iterable<String> texts) {
    var ends = new int[16];
    var count = 0;
    var end = 0;
    for (var text : texts) {
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, 2 * count);
      }
      end += text.length();
      ends[count++] = end;
    }
    return Arrays.copyOf(ends, count);
  }

  /** A text in which every longest phrase, from the left, is replaced by what stands for it. */
  String replace(String text) {
    var result = new StringBuilder(text.length());
    var place = 0;
    while (place < text.length()) {
      var found = longest(text, place);
      if (found < 0) {
        result.append(text.charAt(place++));
      } else {
        var from = start(valueEnds, found);
        result.append(values, from, valueEnds[found] - from);
        place += keyEnds[found] - start(keyEnds, found);
      }
    }
    return result.toString();
  }

  /** The longest phrase at a place; negative where there is none. */
  private int longest(String text, int place) {
    var first = text.charAt(place) - lowest;
    if (first < 0 || first >= starts.length - 1) {
      return -1;
    }
    var from = starts[first];
    var to = starts[first + 1];
    var found = -1;
    // all phrases of the range have so many characters of the text in common
    for (var length = 1; from < to; length++) {
      if (keyEnds[from] - start(keyEnds, from) == length) {
        found = from++;
      }
      if (place + length == text.length()) {
        break;
      }
      var next = text.charAt(place + length);
      from = bound(from, to, length, next);
      to = bound(from, to, length, next + 1);
    }
    return found;
  }

  /** The first phrase of a range whose character at an index is at least this one. */
  private int bound(int first, int end, int index, int least) {
    var from = first;
    var to = end;
    while (from < to) {
      var middle = (from + to) >>> 1;
      if (keys[start(keyEnds, middle) + index] < least) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private static int start(int[] ends, int index) {
    return index == 0 ? 0 : ends[index - 1];
  }
}
