package yikao.paper;

import java.util.Map;

/**
 * How often questions have been drawn, as of one moment.
 *
 * @param version identifies the snapshot; 0: nothing has been drawn
 * @param counts draws by question id; what is not named has never been drawn
 */
public record Usage(long version, Map<String, Integer> counts) {
  /** Nothing drawn yet. */
  public static final Usage NONE = new Usage(0, Map.of());

  public Usage {
    counts = Map.copyOf(counts);
  }

  int of(String questionId) {
    return counts.getOrDefault(questionId, 0);
  }
}
