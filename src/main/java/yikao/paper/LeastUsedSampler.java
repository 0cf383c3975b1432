package yikao.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import yikao.question.Pool;
import yikao.question.Pool.Range;
import yikao.question.QuestionType;
import yikao.question.UsageSnapshot;

/**
 * The questions drawn least often so far come first; among those drawn equally often each is
 * equally likely. Prepared once for a pool and a usage snapshot: the places of each cell in order
 * of use.
 */
public final class LeastUsedSampler implements Draw.Sampler {
  private final Map<QuestionType, Order> orders = new EnumMap<>(QuestionType.class);

  /** For each index the place in the type's list, and how often its question was drawn. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Order(int[] places, int[] uses) {}

  /** Prepares the order of use. */
  public LeastUsedSampler(Pool pool, UsageSnapshot usage) {
    for (var type : QuestionType.values()) {
      var questions = pool.all(type);
      var order = new ArrayList<>(IntStream.range(0, questions.size()).boxed().toList());
      order.sort(
          Comparator.<Integer, String>comparing(i -> questions.get(i).question().area())
              .thenComparingInt(i -> questions.get(i).question().difficulty())
              .thenComparingInt(i -> usage.of(questions.get(i).question().id()))
              .thenComparingInt(i -> i));
      orders.put(
          type,
          new Order(
              order.stream().mapToInt(i -> i).toArray(),
              order.stream().mapToInt(i -> usage.of(questions.get(i).question().id())).toArray()));
    }
  }

  @Override
  public List<Integer> sample(
      QuestionType type, Ranges ranges, int count, Taken taken, SplittableRandom random) {
    var drawn = new ArrayList<Integer>();
    var use = -1;
    while (drawn.size() < count) {
      var next = nextUse(type, ranges.all(), use);
      if (next < 0) {
        break;
      }
      use = next;
      var level = use;
      var same = ranges.all().stream().map(range -> withUse(type, range, level)).toList();
      drawn.addAll(
          UniformSampler.sample(
              Ranges.of(same), count - drawn.size(), taken, random, i -> order(type).places()[i]));
    }
    return drawn;
  }

  private Order order(QuestionType type) {
    return Objects.requireNonNull(orders.get(type));
  }

  /** The smallest number of uses above the given one; -1 where there is none. */
  private int nextUse(QuestionType type, List<Range> ranges, int above) {
    return ranges.stream()
        .map(range -> firstAbove(type, range, above))
        .filter(i -> i >= 0)
        .mapToInt(i -> order(type).uses()[i])
        .min()
        .orElse(-1);
  }

  private Range withUse(QuestionType type, Range range, int use) {
    var from = firstAbove(type, range, use - 1);
    var to = firstAbove(type, range, use);
    return new Range(from < 0 ? range.to() : from, to < 0 ? range.to() : to);
  }

  /** Binary search for the first index of the range with more uses; -1 where there is none. */
  private int firstAbove(QuestionType type, Range range, int use) {
    var counts = order(type).uses();
    var low = range.from();
    var high = range.to();
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (counts[middle] > use) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < range.to() ? low : -1;
  }
}
