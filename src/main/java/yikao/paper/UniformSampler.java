package yikao.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import yikao.question.QuestionType;

/** Every eligible question is equally likely. */
public final class UniformSampler implements Draw.Sampler {
  /** Rejection costs at most this many draws for each question, on average. */
  private static final int CROWDED = 4;

  @Override
  public List<Integer> sample(
      QuestionType type, Ranges ranges, int count, Set<Integer> taken, SplittableRandom random) {
    return sample(ranges, count, taken, random, place -> place);
  }

  /** Draws from ranges of indices, each of which stands for the place that the function gives. */
  static List<Integer> sample(
      Ranges ranges,
      int count,
      Set<Integer> taken,
      SplittableRandom random,
      IntUnaryOperator place) {
    var size = ranges.size();
    if (size <= CROWDED * (count + taken.size())) {
      return sampleCrowded(ranges, count, taken, random, place);
    }
    var drawn = new ArrayList<Integer>(count);
    while (drawn.size() < count) {
      var candidate = place.applyAsInt(ranges.place(random.nextInt(size)));
      if (taken.add(candidate)) {
        drawn.add(candidate);
      }
    }
    return drawn;
  }

  /** Few are left beside those taken: lists them and draws from the list. */
  private static List<Integer> sampleCrowded(
      Ranges ranges,
      int count,
      Set<Integer> taken,
      SplittableRandom random,
      IntUnaryOperator place) {
    var free = new ArrayList<Integer>();
    for (var range : ranges.all()) {
      for (var i = range.from(); i < range.to(); i++) {
        if (!taken.contains(place.applyAsInt(i))) {
          free.add(place.applyAsInt(i));
        }
      }
    }
    Draw.shuffle(free, random);
    var drawn = List.copyOf(free.subList(0, Math.min(count, free.size())));
    taken.addAll(drawn);
    return drawn;
  }
}
