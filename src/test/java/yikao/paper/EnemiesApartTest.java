package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.paper.Papers.ALL;
import static yikao.paper.Papers.UNIFORM;
import static yikao.paper.Papers.any;
import static yikao.paper.Papers.assertKeeps;
import static yikao.paper.Papers.blueprint;
import static yikao.paper.Papers.chiSquare;
import static yikao.paper.Papers.count;
import static yikao.paper.Papers.critical;
import static yikao.paper.Papers.enemies;
import static yikao.paper.Papers.named;
import static yikao.paper.Papers.section;
import static yikao.question.QuestionType.JUDGE;
import static yikao.question.QuestionType.MULTIPLE;
import static yikao.question.QuestionType.SINGLE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import yikao.question.Pool;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;
import yikao.question.UsageSnapshot;

/** Questions that give each other away do not meet in a paper, as long as there are others. */
class EnemiesApartTest {
  private static final int PAPERS = 500;

  /**
   * So many questions, each the enemy of the others of its group: every {@code size} neighbours.
   */
  private static List<Question> grouped(QuestionType type, String area, int count, int size) {
    var questions = new ArrayList<Question>();
    for (var question : Questions.cell(type, area, 1, count)) {
      var clause = "第%d条".formatted(questions.size() / size + 1);
      questions.add(Questions.citing(question, area, clause, "原文"));
    }
    return questions;
  }

  private static Paper draw(Blueprint blueprint, Pool pool, long seed) {
    return Draw.of(blueprint, pool).paper(UNIFORM, seed, ALL);
  }

  @Test
  void samplingOne_withEnemiesAround_neverMeetsThem() {
    var pool = Questions.pool(grouped(SINGLE, "a", 300, 3));
    assertThat(pool.enemyPairs()).isEqualTo(300);
    for (var wanted : new int[] {2, 20, 60, 90, 100}) {
      var blueprint = blueprint(any(SINGLE, wanted));
      for (var seed = 0; seed < 300; seed++) {
        var paper = draw(blueprint, pool, seed);
        assertKeeps(blueprint, pool, paper);
        assertThat(enemies(pool, paper)).isZero();
      }
    }
  }

  @Test
  void overSectionsAndTypes_neverMeet() {
    var questions = new ArrayList<Question>();
    for (var type : List.of(SINGLE, MULTIPLE, JUDGE)) {
      questions.addAll(grouped(type, "a", 40, 1));
    }
    var pool = Questions.pool(questions);
    assertThat(pool.enemyPairs()).as("one of each type for each clause").isEqualTo(120);
    var blueprint =
        blueprint(
            any(SINGLE, 8),
            any(MULTIPLE, 8),
            section(SINGLE, 6, List.of(named("a")), Map.of()),
            any(JUDGE, 8));
    var samplers = List.of(UNIFORM, new LeastUsedSampler(pool, usage(pool)));
    for (var sampler : samplers) {
      for (var seed = 0; seed < PAPERS; seed++) {
        var paper = Draw.of(blueprint, pool).paper(sampler, seed, ALL);
        assertKeeps(blueprint, pool, paper);
        assertThat(enemies(pool, paper)).isZero();
      }
    }
  }

  private static UsageSnapshot usage(Pool pool) {
    var random = new SplittableRandom(4);
    var counts = new HashMap<String, Integer>();
    pool.all(SINGLE).forEach(q -> counts.put(q.question().id(), random.nextInt(3)));
    return new UsageSnapshot(1, counts);
  }

  /** Whatever the blueprint and the pool, a paper that can be filled is filled, and ends. */
  @Test
  void randomPoolsAndBlueprints_areFilled_andApartWhereThatIsEasy() {
    var random = new SplittableRandom(19);
    var filled = 0;
    for (var n = 0; n < PAPERS; n++) {
      var questions = new ArrayList<Question>();
      for (var area : List.of("area0", "area1")) {
        for (var type : List.of(SINGLE, MULTIPLE)) {
          questions.addAll(grouped(type, area, random.nextInt(12), 1 + random.nextInt(4)));
        }
      }
      var pool = Questions.pool(questions);
      var first = Papers.randomSection(random, SINGLE, 2, 1, 6, random.nextInt(4) == 0);
      var second = Papers.randomSection(random, MULTIPLE, 2, 1, 6, random.nextInt(4) == 0);
      var blueprint = blueprint(first, second);
      if (Draw.shortage(blueprint, pool).isEmpty()) {
        var paper = draw(blueprint, pool, n);
        assertKeeps(blueprint, pool, paper);
        assertThat(draw(blueprint, pool, n)).as("reproducible").isEqualTo(paper);
        filled++;
      }
    }
    assertThat(filled).isGreaterThan(PAPERS / 4);
  }

  /** A group of each clause can be met once; the paper wants two more than there are clauses. */
  @Test
  void smallPool_enemiesMeetRatherThanThatNobodyCanStart_andNoMoreThanNeedBe() {
    var pool = Questions.pool(grouped(SINGLE, "a", 14, 2));
    var fits = blueprint(any(SINGLE, 7));
    var tight = blueprint(any(SINGLE, 9));
    var least = new LeastUsedSampler(pool, usage(pool));
    for (var seed = 0; seed < PAPERS; seed++) {
      assertThat(enemies(pool, draw(fits, pool, seed))).isZero();
      assertThat(enemies(pool, draw(tight, pool, seed))).isEqualTo(2);
      assertThat(enemies(pool, Draw.of(tight, pool).paper(least, seed, ALL))).isEqualTo(2);
      assertKeeps(tight, pool, draw(tight, pool, seed));
    }
    var whole = draw(blueprint(any(SINGLE, 14)), pool, 1);
    assertThat(whole.slots().stream().map(Paper.Slot::version)).hasSize(14).doesNotHaveDuplicates();
  }

  /**
   * What the first section takes can leave the second nothing but enemies: then all is drawn anew.
   */
  @Test
  void aTypeThatAnotherOneBars_bothAreDrawnAgain() {
    var questions = new ArrayList<Question>();
    questions.addAll(grouped(SINGLE, "a", 4, 1));
    questions.addAll(grouped(MULTIPLE, "a", 2, 1));
    var pool = Questions.pool(questions);
    var blueprint = blueprint(any(SINGLE, 2), any(MULTIPLE, 2));
    var apart = 0;
    for (var seed = 0; seed < PAPERS; seed++) {
      var paper = draw(blueprint, pool, seed);
      assertKeeps(blueprint, pool, paper);
      apart += enemies(pool, paper) == 0 ? 1 : 0;
    }
    // one of six draws is apart, and there are eight tries
    assertThat(apart).isGreaterThan((int) (0.7 * PAPERS));
  }

  /** Where all have as many enemies, all are equally likely, and so are all pairs that may meet. */
  @Test
  void fairness_questionsWithAsManyEnemies_equallyLikely() {
    var pool = Questions.pool(grouped(SINGLE, "a", 24, 2));
    for (var wanted : new int[] {2, 8}) {
      var times = new long[24];
      var pairs = new HashMap<Set<Integer>, Long>();
      for (var seed = 0; seed < 20_000; seed++) {
        var versions = new HashSet<Integer>();
        draw(blueprint(any(SINGLE, wanted)), pool, seed)
            .slots()
            .forEach(slot -> versions.add(slot.version()));
        versions.forEach(v -> times[v - 1]++);
        if (wanted == 2) {
          pairs.merge(versions, 1L, Long::sum);
        }
      }
      // without replacement the counts vary less than a multinomial's: the test is strict
      assertThat(chiSquare(times)).isLessThan(critical(23));
      if (wanted == 2) {
        assertThat(pairs).hasSize(24 * 22 / 2);
        assertThat(chiSquare(pairs.values().stream().mapToLong(n -> n).toArray()))
            .isLessThan(critical(24 * 22 / 2 - 1));
      }
    }
  }

  @Test
  void leastUsedFirst_anEnemyComesLater_notNever() {
    var pool = Questions.pool(grouped(SINGLE, "a", 12, 2));
    var counts = new HashMap<String, Integer>();
    for (var version = 1; version <= 200; version++) {
      var sampler = new LeastUsedSampler(pool, new UsageSnapshot(version, counts));
      var paper = Draw.of(blueprint(any(SINGLE, 5)), pool).paper(sampler, version, ALL);
      assertThat(enemies(pool, paper)).isZero();
      Papers.questions(pool, paper, 0).forEach(q -> counts.merge(q.id(), 1, Integer::sum));
    }
    assertThat(counts).hasSize(12);
    var most = counts.values().stream().mapToInt(n -> n).max().orElseThrow();
    var least = counts.values().stream().mapToInt(n -> n).min().orElseThrow();
    assertThat(most - least).isLessThanOrEqualTo(2);
  }

  /** Sections by area whose enemies lie in one another. */
  @Test
  void sectionsByArea_apartToo() {
    var questions = new ArrayList<>(grouped(SINGLE, "a", 30, 3));
    questions.addAll(grouped(SINGLE, "b", 30, 3));
    var pool = Questions.pool(questions);
    var blueprint =
        blueprint(
            section(SINGLE, 5, List.of(count("a", 2), count("b", 3)), Map.of()),
            section(SINGLE, 4, List.of(count("a", 2), count("b", 2)), Map.of(1, 4)));
    for (var seed = 0; seed < PAPERS; seed++) {
      var paper = draw(blueprint, pool, seed);
      assertKeeps(blueprint, pool, paper);
      assertThat(enemies(pool, paper)).isZero();
    }
  }

  /** Where nearly all that is left is barred, the search ends. */
  @Test
  void oneLargeGroup_andFewOthers_ends() {
    var questions = new ArrayList<>(grouped(SINGLE, "a", 2_000, 2_000));
    for (var question : Questions.cell(SINGLE, "b", 1, 3)) {
      questions.add(question);
    }
    var pool = Questions.pool(questions);
    var blueprint = blueprint(any(SINGLE, 4));
    for (var seed = 0; seed < 200; seed++) {
      var paper = draw(blueprint, pool, seed);
      assertKeeps(blueprint, pool, paper);
      assertThat(enemies(pool, paper)).isZero();
    }
  }
}
