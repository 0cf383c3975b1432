package yikao.paper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import yikao.paper.Quota.Cell;
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
 *
 * <p>Questions that give each other away are kept apart, over all sections of a paper. Where that
 * fails {@value #APART} times, as it does where a blueprint takes most of a small pool, those that
 * keep apart come first, and enemies fill what they leave.
 *
 * <p>Made once for a blueprint and a pool, from which any number of papers are drawn.
 */
public final class Draw {
  private static final int TRIES = 8;
  private static final int APART = 8;

  private final Blueprint blueprint;
  private final Pool pool;

  /** For each section where its questions may come from; nothing where a draw decides that. */
  private final List<List<Places>> prepared = new ArrayList<>();

  /** Places of the pool, of which so many are drawn for a section. */
  private record Places(int section, Ranges ranges, int count) {
    static Places of(Quota quota, QuestionType type, Pool pool) {
      var ranges = new ArrayList<Range>();
      for (var cell : quota.cells()) {
        var range = pool.cell(type, cell.area(), cell.difficulty());
        if (range.size() > 0) {
          ranges.add(range);
        }
      }
      return new Places(quota.section(), Ranges.of(ranges), quota.count());
    }

    int size() {
      return ranges.size();
    }
  }

  private Draw(Blueprint blueprint, Pool pool) {
    this.blueprint = blueprint;
    this.pool = pool;
    for (var i = 0; i < blueprint.sections().size(); i++) {
      var section = blueprint.sections().get(i);
      var quotas =
          Planner.fixesBoth(section)
              ? List.<Quota>of()
              : Quota.of(i, section, pool.areas(section.type()));
      prepared.add(quotas.stream().map(q -> Places.of(q, section.type(), pool)).toList());
    }
  }

  /** The papers of a blueprint from a pool. */
  public static Draw of(Blueprint blueprint, Pool pool) {
    return new Draw(blueprint, pool.narrowed(blueprint.documents()));
  }

  /**
   * What is drawn from, for which a sampler is prepared: the documents that the blueprint names.
   */
  public Pool pool() {
    return pool;
  }

  /** How many questions of the pool a section, counted from 0, draws from. */
  public int eligible(int section) {
    var drawing = blueprint.sections().get(section);
    return Quota.cells(drawing, pool.areas(drawing.type())).stream()
        .mapToInt(c -> pool.cell(drawing.type(), c.area(), c.difficulty()).size())
        .sum();
  }

  /** The section that the pool cannot fill together with all others, if there is one. */
  public static Optional<Shortage> shortage(Blueprint blueprint, Pool pool) {
    return Planner.shortage(blueprint, pool.narrowed(blueprint.documents()));
  }

  /**
   * Draws a paper. The same arguments give the same paper.
   *
   * @param sampler which questions are preferred, prepared for this pool
   * @throws PoolShortException where the pool cannot fill the blueprint
   */
  public Paper paper(Sampler sampler, long seed, Shuffle shuffle) {
    return new Drawing(sampler, new SplittableRandom(seed)).paper(shuffle);
  }

  /** One paper being drawn. */
  private final class Drawing {
    private final Sampler sampler;
    private final SplittableRandom random;
    private final List<List<Integer>> drawn = new ArrayList<>();

    /** The versions that are drawn so far. */
    private final Set<Integer> held = new HashSet<>();

    Drawing(Sampler sampler, SplittableRandom random) {
      this.sampler = sampler;
      this.random = random;
    }

    Paper paper(Shuffle shuffle) {
      drawApartOrTogether();
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

    private void drawApartOrTogether() {
      for (var i = 0; i < APART && pool.enemyPairs() > 0; i++) {
        if (drawAll(true)) {
          return;
        }
      }
      drawAll(false);
    }

    private boolean drawAll(boolean apart) {
      held.clear();
      drawn.clear();
      blueprint.sections().forEach(_ -> drawn.add(new ArrayList<>()));
      return blueprint.sections().stream()
          .map(Section::type)
          .distinct()
          .allMatch(type -> drawType(type, apart));
    }

    private boolean drawType(QuestionType type, boolean apart) {
      for (var i = 0; i < TRIES; i++) {
        if (draw(type, places(type), apart)) {
          return true;
        }
      }
      var plan = Planner.plan(blueprint, pool, type, random);
      if (plan.shortage().isPresent()) {
        plan = Planner.plan(blueprint, pool, type);
      }
      if (plan.shortage().isPresent()) {
        throw new PoolShortException(plan.shortage().get());
      }
      return draw(type, plan.quotas().stream().map(q -> Places.of(q, type, pool)).toList(), apart);
    }

    /** Where the type's sections draw, those with the fewest eligible questions first. */
    private List<Places> places(QuestionType type) {
      var all = new ArrayList<Places>();
      for (var i = 0; i < blueprint.sections().size(); i++) {
        var section = blueprint.sections().get(i);
        if (section.type() == type) {
          all.addAll(Planner.fixesBoth(section) ? pairs(i, section) : prepared.get(i));
        }
      }
      all.sort(Comparator.comparingInt(Places::size));
      return all;
    }

    /** Pairs the areas of a section with its difficulties at random. */
    private List<Places> pairs(int index, Section section) {
      var levels = new ArrayList<Integer>();
      section
          .difficultyCounts()
          .forEach((level, n) -> IntStream.range(0, n).forEach(_ -> levels.add(level)));
      shuffle(levels, random);
      var pairs = new ArrayList<Places>();
      var next = levels.iterator();
      section
          .areaCounts()
          .forEach((area, n) ->
              IntStream.range(0, n)
                  .mapToObj(_ -> new Quota(index, List.of(new Cell(area, next.next())), 1))
                  .forEach(quota -> pairs.add(Places.of(quota, section.type(), pool))));
      return pairs;
    }

    private boolean draw(QuestionType type, List<Places> all, boolean apart) {
      var own = new HashSet<Integer>();
      var found = new ArrayList<List<Integer>>();
      for (var places : all) {
        var some = new ArrayList<>(sample(type, places, places.count(), taken(type, own, true)));
        if (some.size() < places.count() && !apart) {
          var left = places.count() - some.size();
          some.addAll(sample(type, places, left, taken(type, own, false)));
        }
        if (some.size() < places.count()) {
          return false;
        }
        found.add(some);
      }
      held.addAll(own);
      for (var i = 0; i < all.size(); i++) {
        drawn.get(all.get(i).section()).addAll(found.get(i));
      }
      return true;
    }

    private Taken taken(QuestionType type, Set<Integer> own, boolean apart) {
      return new TakenVersions(pool, type, own, held, apart);
    }

    private List<Integer> sample(QuestionType type, Places places, int count, Taken taken) {
      return sampler.sample(type, places.ranges(), count, taken, random);
    }

    private Paper.Slot slot(int section, int place, boolean shuffled) {
      var type = blueprint.sections().get(section).type();
      var choices = pool.choicesAt(type, place);
      var order = new ArrayList<Integer>(choices.count());
      for (var i = 0; i < choices.count(); i++) {
        order.add(i);
      }
      if (shuffled && type != QuestionType.JUDGE) {
        shuffleFree(order, choices.free(), random);
      }
      return new Paper.Slot(section, pool.versionAt(type, place), order);
    }
  }

  /** Shuffles what stands at these places among them. */
  static void shuffleFree(List<Integer> order, List<Integer> places, SplittableRandom random) {
    var free = new ArrayList<>(places);
    shuffle(free, random);
    for (var i = 0; i < places.size(); i++) {
      order.set(places.get(i), free.get(i));
    }
  }

  /** Fisher–Yates. */
  static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (var i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  /** Which of the eligible places are drawn. */
  public interface Sampler {
    /**
     * Draws places that are free, and takes them.
     *
     * @return at most {@code count} places; fewer where there are not so many
     */
    List<Integer> sample(
        QuestionType type, Ranges ranges, int count, Taken taken, SplittableRandom random);
  }
}
