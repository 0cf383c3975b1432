package yikao.paper;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Division of a whole number in proportion to weights (Hare–Niemeyer, largest remainders). */
final class Apportionment {
  private Apportionment() {}

  /** Whole parts that add up to the total; equal remainders go to the first in the map's order. */
  static <K> Map<K, Integer> largestRemainders(Map<K, Integer> weights, int total) {
    long sum = weights.values().stream().mapToLong(Integer::longValue).sum();
    var parts = new LinkedHashMap<K, Integer>();
    var remainders = new LinkedHashMap<K, Long>();
    weights.forEach((key, weight) -> {
      var exact = (long) weight * total;
      parts.put(key, (int) (exact / sum));
      remainders.put(key, exact % sum);
    });
    var left = total - parts.values().stream().mapToInt(Integer::intValue).sum();
    remainders.entrySet().stream()
        .sorted(Map.Entry.<K, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(left)
        .forEach(entry -> parts.merge(entry.getKey(), 1, Integer::sum));
    return parts;
  }
}
