package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Section.AreaQuota;
import yikao.question.Pool;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;

/** Blueprints, and what must hold of a paper drawn from one. */
final class Papers {
  static final Shuffle ALL = new Shuffle(true, true);
  static final Shuffle NONE = new Shuffle(false, false);
  static final Draw.Sampler UNIFORM = new UniformSampler();

  private Papers() {}

  static Blueprint blueprint(Section... sections) {
    return new Blueprint(List.of(sections), DrawPolicy.UNIFORM, Set.of());
  }

  static Section any(QuestionType type, int count) {
    return section(type, count, List.of(), Map.of());
  }

  static Section section(
      QuestionType type, int count, List<AreaQuota> areas, Map<Integer, Integer> difficulty) {
    return new Section(type, count, BigDecimal.TWO, areas, difficulty);
  }

  static AreaQuota named(String area) {
    return new AreaQuota(area, 0, 0);
  }

  static AreaQuota count(String area, int count) {
    return new AreaQuota(area, count, 0);
  }

  static AreaQuota share(String area, int share) {
    return new AreaQuota(area, 0, share);
  }

  static Question question(Pool pool, Paper.Slot slot) {
    return pool.version(slot.version()).orElseThrow().question();
  }

  static List<Question> questions(Pool pool, Paper paper, int section) {
    return paper.slots().stream()
        .filter(slot -> slot.section() == section)
        .map(slot -> question(pool, slot))
        .toList();
  }

  /** How many pairs of the paper's questions should not be in one paper. */
  static int enemies(Pool pool, Paper paper) {
    var held = new HashSet<Integer>();
    paper.slots().forEach(slot -> held.add(slot.version()));
    var found = 0;
    for (var type : QuestionType.values()) {
      for (var place = 0; place < pool.all(type).size(); place++) {
        if (held.contains(pool.versionAt(type, place))) {
          found += (int) Arrays.stream(pool.enemiesAt(type, place)).filter(held::contains).count();
        }
      }
    }
    return found / 2;
  }

  /** What every paper of every blueprint keeps. */
  static void assertKeeps(Blueprint blueprint, Pool pool, Paper paper) {
    assertThat(paper.slots().stream().map(Paper.Slot::version)).doesNotHaveDuplicates();
    assertThat(paper.slots().stream().map(Paper.Slot::section).toList()).isSorted();
    for (var slot : paper.slots()) {
      assertThat(slot.order())
          .containsExactlyInAnyOrderElementsOf(indices(question(pool, slot).choices().size()));
    }
    for (var s = 0; s < blueprint.sections().size(); s++) {
      assertKeeps(blueprint.sections().get(s), questions(pool, paper, s));
    }
  }

  private static void assertKeeps(Section section, List<Question> questions) {
    assertThat(questions).hasSize(section.count()).allMatch(q -> q.type() == section.type());
    var counted = section.areas().stream().filter(a -> a.count() > 0).toList();
    for (var area : counted) {
      assertThat(questions.stream().filter(q -> q.area().equals(area.area())))
          .hasSize(area.count());
    }
    var names = section.areas().stream().map(AreaQuota::area).toList();
    if (!names.isEmpty()) {
      assertThat(questions).allMatch(q -> names.contains(q.area()));
    }
    var weights = section.difficulty();
    if (weights.values().stream().mapToInt(i -> i).sum() == section.count()) {
      weights.forEach((level, n) ->
          assertThat(questions.stream().filter(q -> q.difficulty() == level)).hasSize(n));
    }
    if (!weights.isEmpty()) {
      assertThat(questions).allMatch(q -> weights.containsKey(q.difficulty()));
    }
  }

  static List<Integer> indices(int size) {
    var indices = new ArrayList<Integer>();
    for (var i = 0; i < size; i++) {
      indices.add(i);
    }
    return indices;
  }

  /** A small pool with a random number of questions, 0 to {@code most}, in each cell. */
  static Pool randomPool(
      SplittableRandom random, List<QuestionType> types, int areas, int levels, int most) {
    var questions = new ArrayList<Question>();
    for (var type : types) {
      for (var area = 0; area < areas; area++) {
        for (var level = 1; level <= levels; level++) {
          questions.addAll(Questions.cell(type, "area" + area, level, random.nextInt(most + 1)));
        }
      }
    }
    return Questions.pool(questions);
  }

  /**
   * A random section. Counts of areas and weights of difficulties add up to the section's count, so
   * that they are exact.
   */
  static Section randomSection(
      SplittableRandom random, QuestionType type, int areas, int levels, int most, boolean joint) {
    var count = 1 + random.nextInt(most);
    var kind = joint ? 4 : random.nextInt(4);
    var quotas = new ArrayList<AreaQuota>();
    var mix = new TreeMap<Integer, Integer>();
    if (kind == 1 || kind == 4) {
      var counts = split(random, count, areas);
      for (var area = 0; area < areas; area++) {
        if (counts[area] > 0) {
          quotas.add(count("area" + area, counts[area]));
        }
      }
    }
    if (kind == 2 || (kind == 3 && random.nextBoolean())) {
      var some = new HashSet<String>();
      for (var i = 0; i < 2; i++) {
        some.add("area" + random.nextInt(areas));
      }
      some.forEach(area -> quotas.add(named(area)));
    }
    if (kind >= 3) {
      var counts = split(random, count, levels);
      for (var level = 1; level <= levels; level++) {
        if (counts[level - 1] > 0) {
          mix.put(level, counts[level - 1]);
        }
      }
    }
    return section(type, count, quotas, mix);
  }

  private static int[] split(SplittableRandom random, int total, int parts) {
    var counts = new int[parts];
    for (var i = 0; i < total; i++) {
      counts[random.nextInt(parts)]++;
    }
    return counts;
  }

  /** Pearson's statistic over cells that are equally likely. */
  static double chiSquare(long[] observed) {
    var expected = (double) Arrays.stream(observed).sum() / observed.length;
    return Arrays.stream(observed)
        .mapToDouble(o -> (o - expected) * (o - expected) / expected)
        .sum();
  }

  /** The value that chi-square exceeds in 1 of 2,000 cases (Wilson–Hilferty). */
  static double critical(int freedom) {
    var part = 2.0 / (9.0 * freedom);
    return freedom * Math.pow(1 - part + 3.2905 * Math.sqrt(part), 3);
  }
}
