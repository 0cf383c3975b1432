package yikao.sitting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import yikao.question.QuestionVersion;

/**
 * Draws questions for somebody who is asked on the spot: each that the person was not asked in the
 * last year is equally likely; only when none of them is left, those asked longest ago come again.
 * The same arguments give the same questions.
 */
final class SpotDraw {
  private SpotDraw() {}

  /**
   * Draws.
   *
   * @param from all that may be asked
   * @param asked when the person was last asked what in the last year, by the question's id
   * @param count at most so many are drawn
   */
  static List<QuestionVersion> draw(
      List<QuestionVersion> from, Map<String, Instant> asked, int count, long seed) {
    var fresh = new ArrayList<QuestionVersion>();
    var again = new ArrayList<QuestionVersion>();
    from.stream()
        .sorted(Comparator.comparing(SpotDraw::id))
        .forEach(q -> (asked.containsKey(id(q)) ? again : fresh).add(q));
    Collections.shuffle(fresh, new Random(seed));
    again.sort(
        Comparator.<QuestionVersion, Instant>comparing(q -> asked.getOrDefault(id(q), Instant.MIN))
            .thenComparing(SpotDraw::id));
    var drawn = new ArrayList<QuestionVersion>();
    pick(drawn, fresh, count, true);
    pick(drawn, fresh, count, false);
    pick(drawn, again, count, false);
    return List.copyOf(drawn);
  }

  /** Takes what is there, at first without what should not meet. */
  private static void pick(
      List<QuestionVersion> drawn, List<QuestionVersion> from, int count, boolean apart) {
    for (var candidate : from) {
      if (drawn.size() >= count) {
        return;
      }
      if (!drawn.contains(candidate)
          && (!apart || drawn.stream().noneMatch(d -> areEnemies(d, candidate)))) {
        drawn.add(candidate);
      }
    }
  }

  private static boolean areEnemies(QuestionVersion one, QuestionVersion other) {
    return one.question().enemies().contains(id(other))
        || other.question().enemies().contains(id(one));
  }

  private static String id(QuestionVersion question) {
    return question.question().id();
  }
}
