package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.paper.Papers.ALL;
import static yikao.paper.Papers.any;
import static yikao.paper.Papers.blueprint;
import static yikao.paper.Papers.count;
import static yikao.paper.Papers.section;
import static yikao.question.QuestionType.SINGLE;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import yikao.question.Pool;
import yikao.question.Question;
import yikao.question.Questions;
import yikao.question.UsageSnapshot;

class LeastUsedSamplerTest {

  private static UsageSnapshot randomUsage(SplittableRandom random, Pool pool) {
    var counts = new HashMap<String, Integer>();
    for (var version : pool.all(SINGLE)) {
      if (random.nextInt(4) > 0) {
        counts.put(version.question().id(), random.nextInt(5));
      }
    }
    return new UsageSnapshot(1, counts);
  }

  @Test
  void draw_randomUsage_nothingLeftIsUsedLessThanWhatWasDrawn() {
    var random = new SplittableRandom(8);
    for (var n = 0; n < 2_000; n++) {
      var pool = Papers.randomPool(random, List.of(SINGLE), 3, 3, 5);
      if (pool.size() == 0) {
        continue;
      }
      var usage = randomUsage(random, pool);
      var blueprint = blueprint(any(SINGLE, 1 + random.nextInt(pool.size())));
      var paper = Draw.of(blueprint, pool).paper(new LeastUsedSampler(pool, usage), n, ALL);
      Papers.assertKeeps(blueprint, pool, paper);
      assertLeastUsed(pool, usage, paper);
    }
  }

  private static void assertLeastUsed(Pool pool, UsageSnapshot usage, Paper paper) {
    var drawn = new HashSet<Integer>();
    paper.slots().forEach(slot -> drawn.add(slot.version()));
    var most = drawn.stream().mapToInt(v -> uses(pool, usage, v)).max().orElseThrow();
    assertThat(pool.all(SINGLE))
        .filteredOn(q -> !drawn.contains(q.version()))
        .allMatch(q -> uses(pool, usage, q.version()) >= most);
  }

  private static int uses(Pool pool, UsageSnapshot usage, int version) {
    return usage.counts().getOrDefault(pool.version(version).orElseThrow().question().id(), 0);
  }

  @Test
  void draw_withAreaCounts_leastUsedOfEachArea() {
    var random = new SplittableRandom(9);
    var pool =
        Questions.pool(
            List.of(
                Questions.of(SINGLE, "a1", "a", 1),
                Questions.of(SINGLE, "a2", "a", 2),
                Questions.of(SINGLE, "b1", "b", 1),
                Questions.of(SINGLE, "b2", "b", 2)));
    var usage = new UsageSnapshot(1, Map.of("a1", 5, "a2", 4, "b1", 1, "b2", 2));
    var areas = List.of(count("a", 1), count("b", 1));
    for (var n = 0; n < 100; n++) {
      var paper =
          Draw.of(blueprint(section(SINGLE, 2, areas, Map.of())), pool)
              .paper(new LeastUsedSampler(pool, usage), random.nextLong(), ALL);
      assertThat(Papers.questions(pool, paper, 0).stream().map(Question::id))
          .containsExactlyInAnyOrder("a2", "b1");
    }
  }

  @Test
  void draw_sameSnapshotAndSeed_samePaper() {
    var random = new SplittableRandom(10);
    var pool = Papers.randomPool(random, List.of(SINGLE), 3, 3, 9);
    var usage = randomUsage(random, pool);
    for (var seed = 0; seed < 200; seed++) {
      assertThat(
              Draw.of(blueprint(any(SINGLE, 8)), pool)
                  .paper(new LeastUsedSampler(pool, usage), seed, ALL))
          .isEqualTo(
              Draw.of(blueprint(any(SINGLE, 8)), pool)
                  .paper(
                      new LeastUsedSampler(
                          pool, new UsageSnapshot(1, new HashMap<>(usage.counts()))),
                      seed,
                      ALL));
    }
  }

  @Test
  void draw_usageFollowsEachDraw_noQuestionEverTwoAhead() {
    var pool = Questions.pool(Questions.cell(SINGLE, "a", 1, 30));
    var counts = new HashMap<String, Integer>();
    for (var version = 1; version <= 100; version++) {
      var sampler = new LeastUsedSampler(pool, new UsageSnapshot(version, counts));
      var paper = Draw.of(blueprint(any(SINGLE, 7)), pool).paper(sampler, version, ALL);
      Papers.questions(pool, paper, 0).forEach(q -> counts.merge(q.id(), 1, Integer::sum));
      var least =
          counts.size() < 30 ? 0 : counts.values().stream().mapToInt(i -> i).min().orElse(0);
      assertThat(counts.values()).allMatch(n -> n <= least + 1);
    }
    assertThat(counts.values().stream().mapToInt(i -> i).sum()).isEqualTo(700);
  }

  @Test
  void usage_none_hasVersionZeroAndNothingDrawn() {
    assertThat(UsageSnapshot.NONE.version()).isZero();
    assertThat(UsageSnapshot.NONE.of("q")).isZero();
  }
}
