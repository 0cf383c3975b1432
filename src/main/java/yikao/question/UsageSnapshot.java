package yikao.question;

import java.util.Map;

/**
 * How often questions have been drawn, as of one moment.
 *
 * @param version identifies the snapshot; 0: nothing has been drawn
 * @param counts draws by question id; what is not named has never been drawn
 */
public record UsageSnapshot(long version, Map<String, Integer> counts) {
  /** Nothing drawn yet. */
  public static final UsageSnapshot NONE = new UsageSnapshot(0, Map.of());

  public UsageSnapshot {
    counts = Map.copyOf(counts);
  }

  /** How often a question was drawn. */
  public int of(String questionId) {
    return counts.getOrDefault(questionId, 0);
  }
}
