package yikao.paper;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import yikao.question.QuestionType;

/**
 * A part of a paper with questions of one type.
 *
 * @param type of all its questions
 * @param count how many questions, at least 1
 * @param points for each question, above 0
 * @param areas empty: any area. With counts: exactly so many of each. With shares: divided in
 *     proportion, by largest remainders. With neither: any of the named areas
 * @param difficulty empty: any. Otherwise weights of difficulties 1 to 5, by which the questions
 *     are divided, by largest remainders
 */
public record Section(
    QuestionType type,
    int count,
    BigDecimal points,
    List<AreaQuota> areas,
    Map<Integer, Integer> difficulty) {
  public Section {
    areas = List.copyOf(areas);
    difficulty = Map.copyOf(difficulty);
  }

  /**
   * An area of a section.
   *
   * @param area the area's code
   * @param count exactly so many questions; 0 where shares or neither are given
   * @param share the weight of the area; 0 where counts or neither are given
   */
  public record AreaQuota(String area, int count, int share) {}

  /** Questions for each area; empty where the section leaves it open. */
  Map<String, Integer> areaCounts() {
    var counts = new LinkedHashMap<String, Integer>();
    if (areas.stream().anyMatch(quota -> quota.count() > 0)) {
      areas.forEach(quota -> counts.merge(quota.area(), quota.count(), Integer::sum));
    } else if (areas.stream().anyMatch(quota -> quota.share() > 0)) {
      var weights = new LinkedHashMap<String, Integer>();
      areas.forEach(quota -> weights.merge(quota.area(), quota.share(), Integer::sum));
      counts.putAll(Apportionment.largestRemainders(weights, count));
    }
    counts.values().removeIf(n -> n == 0);
    return counts;
  }

  /** Questions for each difficulty; empty where the section leaves it open. */
  Map<Integer, Integer> difficultyCounts() {
    if (difficulty.isEmpty()) {
      return Map.of();
    }
    var counts = Apportionment.largestRemainders(new TreeMap<>(difficulty), count);
    counts.values().removeIf(n -> n == 0);
    return counts;
  }

  /** The areas that questions may come from; empty: any. */
  List<String> namedAreas() {
    return areas.stream().map(AreaQuota::area).distinct().toList();
  }
}
