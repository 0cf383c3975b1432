package yikao.load;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The keys that reviews have shown, by question. */
final class Keys {
  private final ConcurrentMap<Long, long[]> byQuestion = new ConcurrentHashMap<>();

  /**
   * Learns from a review.
   *
   * @return how many questions were new
   */
  int learn(Paper review) {
    var fresh = 0;
    for (var q = 0; q < review.size(); q++) {
      if (review.right(q) != null && byQuestion.put(review.hash(q), review.right(q)) == null) {
        fresh++;
      }
    }
    return fresh;
  }

  /** The hashes of the right choices; null where they are not known. */
  long[] of(long question) {
    return byQuestion.get(question);
  }

  int size() {
    return byQuestion.size();
  }
}
