package yikao.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import yikao.question.QuestionType;

/** Every eligible question is equally likely. */
public final class UniformSampler implements Draw.Sampler {
  /** Rejection of those taken costs at most this many draws for each question, on average. */
  private static final int CROWDED = 4;

  /**
   * So many are rejected at most for each question, and a few: of those free many may be barred.
   */
  private static final int REJECTED = 8;

  private static final int FEW = 64;

  @Override
  public List<Integer> sample(
      QuestionType type, Ranges ranges, int count, Taken taken, SplittableRandom random) {
    return sample(ranges, count, taken, random, place -> place);
  }

  /** Draws from ranges of indices, each of which stands for the place that the function gives. */
  static List<Integer> sample(
      Ranges ranges, int count, Taken taken, SplittableRandom random, IntUnaryOperator place) {
    var size = ranges.size();
    if (size <= CROWDED * (count + taken.size())) {
      return sampleCrowded(ranges, count, taken, random, place);
    }
    var drawn = new ArrayList<Integer>(count);
    var rejected = 0;
    while (drawn.size() < count && rejected < REJECTED * count + FEW) {
      var candidate = place.applyAsInt(ranges.place(random.nextInt(size)));
      if (taken.isFree(candidate)) {
        taken.take(candidate);
        drawn.add(candidate);
      } else {
        rejected++;
      }
    }
    if (drawn.size() < count) {
      drawn.addAll(sampleCrowded(ranges, count - drawn.size(), taken, random, place));
    }
    return drawn;
  }

  /** Few are left beside those taken: lists them and draws from the list. */
  private static List<Integer> sampleCrowded(
      Ranges ranges, int count, Taken taken, SplittableRandom random, IntUnaryOperator place) {
    var free = new ArrayList<Integer>();
    for (var range : ranges.all()) {
      for (var i = range.from(); i < range.to(); i++) {
        if (taken.isFree(place.applyAsInt(i))) {
          free.add(place.applyAsInt(i));
        }
      }
    }
    Draw.shuffle(free, random);
    var drawn = new ArrayList<Integer>(count);
    for (var candidate : free) {
      if (drawn.size() < count && taken.isFree(candidate)) {
        taken.take(candidate);
        drawn.add(candidate);
      }
    }
    return drawn;
  }
}
