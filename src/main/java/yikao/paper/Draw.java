package yikao.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import yikao.paper.Quota.Cell;
import yikao.question.Choice;
import yikao.question.Pool;
import yikao.question.Pool.Range;
import yikao.question.QuestionType;

/**
 * The draw: blueprint + pool + usage + seed → paper.
 *
 * <p>Questions within a cell (type, area, difficulty) are exchangeable, so within a section, area
 * and difficulty each is equally likely; a section that leaves area or difficulty open draws
 * uniformly over all that it admits. Sections with fewer eligible questions draw first, so that an
 * open section does not take what a narrow one needs; where that still fails, the division of
 * {@link Planner} decides. The cost depends on the number of questions drawn, not on the size of
 * the pool.
 */
public final class Draw {
  private static final int TRIES = 8;

  private final Blueprint blueprint;
  private final Pool pool;
  private final Sampler sampler;
  private final SplittableRandom random;

  private Draw(Blueprint blueprint, Pool pool, Sampler sampler, long seed) {
    this.blueprint = blueprint;
    this.pool = pool;
    this.sampler = sampler;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Draws a paper. The same arguments give the same paper.
   *
   * @param sampler which questions are preferred, prepared for this pool
   * @throws PoolShortException where the pool cannot fill the blueprint
   */
  public static Paper draw(
      Blueprint blueprint, Pool pool, Sampler sampler, long seed, Shuffle shuffle) {
    return new Draw(blueprint, pool, sampler, seed).paper(shuffle);
  }

  /** The section that the pool cannot fill together with all others, if there is one. */
  public static Optional<Shortage> shortage(Blueprint blueprint, Pool pool) {
    return Planner.shortage(blueprint, pool);
  }

  private Paper paper(Shuffle shuffle) {
    var drawn = new ArrayList<List<Integer>>();
    blueprint.sections().forEach(_ -> drawn.add(new ArrayList<>()));
    blueprint.sections().stream().map(Section::type).distinct().forEach(type -> draw(type, drawn));
    var slots = new ArrayList<Paper.Slot>();
    for (var s = 0; s < drawn.size(); s++) {
      var places = drawn.get(s);
      if (shuffle.questions()) {
        shuffle(places, random);
      } else {
        places.sort(Comparator.naturalOrder());
      }
      for (var place : places) {
        slots.add(slot(s, place, shuffle.choices()));
      }
    }
    return new Paper(slots);
  }

  private void draw(QuestionType type, List<List<Integer>> drawn) {
    for (var i = 0; i < TRIES; i++) {
      if (draw(type, quotas(type), drawn)) {
        return;
      }
    }
    var plan = Planner.plan(blueprint, pool, type, random);
    if (plan.shortage().isPresent()) {
      plan = Planner.plan(blueprint, pool, type);
    }
    if (plan.shortage().isPresent()) {
      throw new PoolShortException(plan.shortage().get());
    }
    draw(type, plan.quotas(), drawn);
  }

  /** The quotas of the type's sections, those with the fewest eligible questions first. */
  private List<Quota> quotas(QuestionType type) {
    var quotas = new ArrayList<Quota>();
    for (var i = 0; i < blueprint.sections().size(); i++) {
      var section = blueprint.sections().get(i);
      if (section.type() == type) {
        quotas.addAll(
            Planner.fixesBoth(section)
                ? pairs(i, section)
                : Quota.of(i, section, pool.areas(type)));
      }
    }
    quotas.sort(Comparator.comparingInt(quota -> quota.eligible(pool, type)));
    return quotas;
  }

  /** Pairs the areas of a section with its difficulties at random. */
  private List<Quota> pairs(int index, Section section) {
    var levels = new ArrayList<Integer>();
    section
        .difficultyCounts()
        .forEach((level, n) -> IntStream.range(0, n).forEach(_ -> levels.add(level)));
    shuffle(levels, random);
    var quotas = new ArrayList<Quota>();
    var next = levels.iterator();
    section
        .areaCounts()
        .forEach((area, n) ->
            IntStream.range(0, n)
                .forEach(
                    _ -> quotas.add(new Quota(index, List.of(new Cell(area, next.next())), 1))));
    return quotas;
  }

  private boolean draw(QuestionType type, List<Quota> quotas, List<List<Integer>> drawn) {
    var taken = new HashSet<Integer>();
    var places = new ArrayList<List<Integer>>();
    for (var quota : quotas) {
      var found = sampler.sample(type, ranges(type, quota), quota.count(), taken, random);
      if (found.size() < quota.count()) {
        return false;
      }
      places.add(found);
    }
    for (var i = 0; i < quotas.size(); i++) {
      drawn.get(quotas.get(i).section()).addAll(places.get(i));
    }
    return true;
  }

  private List<Range> ranges(QuestionType type, Quota quota) {
    var ranges = new ArrayList<Range>();
    for (var cell : quota.cells()) {
      var range = pool.cell(type, cell.area(), cell.difficulty());
      if (range.size() > 0) {
        ranges.add(range);
      }
    }
    return ranges;
  }

  private Paper.Slot slot(int section, int place, boolean shuffled) {
    var question = pool.at(blueprint.sections().get(section).type(), place);
    var choices = question.question().choices();
    var order = new ArrayList<Integer>(choices.size());
    for (var i = 0; i < choices.size(); i++) {
      order.add(i);
    }
    if (shuffled && question.question().type() != QuestionType.JUDGE) {
      shuffleFree(order, choices);
    }
    return new Paper.Slot(section, question.version(), order);
  }

  private void shuffleFree(List<Integer> order, List<Choice> choices) {
    var free = new ArrayList<Integer>(choices.size());
    for (var i = 0; i < choices.size(); i++) {
      if (!choices.get(i).fixed()) {
        free.add(i);
      }
    }
    var places = List.copyOf(free);
    shuffle(free, random);
    for (var i = 0; i < places.size(); i++) {
      order.set(places.get(i), free.get(i));
    }
  }

  /** Fisher–Yates. */
  static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (var i = list.size() - 1; i > 0; i--) {
      java.util.Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  /** Which of the eligible places are drawn. */
  public interface Sampler {
    /**
     * Draws places that are not yet taken, and takes them.
     *
     * @return at most {@code count} places; fewer where there are not so many
     */
    List<Integer> sample(
        QuestionType type,
        List<Range> ranges,
        int count,
        Set<Integer> taken,
        SplittableRandom random);
  }
}
