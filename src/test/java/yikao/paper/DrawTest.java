package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static yikao.paper.Papers.ALL;
import static yikao.paper.Papers.NONE;
import static yikao.paper.Papers.UNIFORM;
import static yikao.paper.Papers.any;
import static yikao.paper.Papers.assertKeeps;
import static yikao.paper.Papers.blueprint;
import static yikao.paper.Papers.count;
import static yikao.paper.Papers.named;
import static yikao.paper.Papers.questions;
import static yikao.paper.Papers.section;
import static yikao.paper.Papers.share;
import static yikao.question.QuestionType.BLANK;
import static yikao.question.QuestionType.ESSAY;
import static yikao.question.QuestionType.JUDGE;
import static yikao.question.QuestionType.MULTIPLE;
import static yikao.question.QuestionType.SINGLE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import yikao.question.Choice;
import yikao.question.Pool;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;
import yikao.question.UsageSnapshot;

class DrawTest {
  private static final Pool WIDE = wide();

  private static Pool wide() {
    var questions = new ArrayList<Question>();
    for (var type : QuestionType.values()) {
      for (var area : List.of("a", "b", "c")) {
        for (var level = 1; level <= 5; level++) {
          questions.addAll(Questions.cell(type, area, level, 6));
        }
      }
    }
    return Questions.pool(questions);
  }

  private static Paper draw(Blueprint blueprint, Pool pool, long seed) {
    return Draw.of(blueprint, pool).paper(UNIFORM, seed, ALL);
  }

  private static <K> Map<K, Long> tally(List<Question> questions, Function<Question, K> by) {
    return questions.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
  }

  @Test
  void draw_sameSeed_samePaper() {
    var blueprint =
        blueprint(
            any(SINGLE, 10),
            section(MULTIPLE, 6, List.of(share("a", 1), share("b", 2)), Map.of(1, 1, 3, 2)),
            section(SINGLE, 9, List.of(count("a", 4), count("c", 5)), Map.of(2, 1, 4, 1)),
            any(JUDGE, 5));
    for (var seed = 0; seed < 500; seed++) {
      assertThat(draw(blueprint, wide(), seed)).isEqualTo(draw(blueprint, WIDE, seed));
    }
  }

  /** A stored seed must give its paper in another process and another release as well. */
  @Test
  void draw_seedOfAnotherProcess_thePaperItGaveThere() {
    var blueprint =
        blueprint(
            section(SINGLE, 4, List.of(count("a", 2), count("c", 2)), Map.of(2, 1, 4, 1)),
            section(MULTIPLE, 3, List.of(), Map.of(1, 1, 3, 2)),
            any(JUDGE, 2));
    assertThat(PaperCodec.encode(draw(blueprint, WIDE, 42)))
        .isEqualTo("22:2310 71:2013 83:2013 7:2031|136:3102 107:2310 155:3102|237:01 202:01");
  }

  @Test
  void draw_otherSeeds_otherPapers() {
    var papers = new HashSet<Paper>();
    for (var seed = 0; seed < 2_000; seed++) {
      papers.add(draw(blueprint(any(SINGLE, 10)), WIDE, seed));
    }
    assertThat(papers).hasSize(2_000);
  }

  @Test
  void draw_randomBlueprintsAndPools_keepEverythingAndNoQuestionTwice() {
    var random = new SplittableRandom(3);
    var drawn = 0;
    for (var n = 0; n < 6_000; n++) {
      var pool = Papers.randomPool(random, List.of(SINGLE, MULTIPLE), 3, 3, 4);
      var sections = new ArrayList<Section>();
      var size = 1 + random.nextInt(4);
      for (var i = 0; i < size; i++) {
        sections.add(
            Papers.randomSection(
                random, random.nextBoolean() ? SINGLE : MULTIPLE, 3, 3, 6, random.nextInt(4) == 0));
      }
      var blueprint = blueprint(sections.toArray(Section[]::new));
      if (Draw.shortage(blueprint, pool).isEmpty()) {
        assertKeeps(blueprint, pool, draw(blueprint, pool, random.nextLong()));
        drawn++;
      }
    }
    assertThat(drawn).isGreaterThan(2_000);
  }

  @Test
  void draw_wholePool_everyQuestionOnce() {
    var pool = Questions.pool(Questions.cell(SINGLE, "a", 1, 12));
    var paper = draw(blueprint(any(SINGLE, 5), any(SINGLE, 7)), pool, 1);
    assertThat(paper.slots().stream().map(Paper.Slot::version))
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void draw_areaCounts_exactlyThese() {
    var blueprint = blueprint(section(SINGLE, 10, List.of(count("a", 7), count("c", 3)), Map.of()));
    for (var seed = 0; seed < 200; seed++) {
      assertThat(tally(questions(WIDE, draw(blueprint, WIDE, seed), 0), Question::area))
          .isEqualTo(Map.of("a", 7L, "c", 3L));
    }
  }

  @Test
  void draw_areaShares_byLargestRemainders() {
    assertShares(10, 5, 3, 2, Map.of("a", 5L, "b", 3L, "c", 2L));
    assertShares(10, 1, 1, 1, Map.of("a", 4L, "b", 3L, "c", 3L));
    assertShares(7, 50, 30, 20, Map.of("a", 4L, "b", 2L, "c", 1L));
    assertShares(1, 1, 3, 1, Map.of("b", 1L));
  }

  private static void assertShares(int count, int a, int b, int c, Map<String, Long> expected) {
    var areas = List.of(share("a", a), share("b", b), share("c", c));
    var blueprint = blueprint(section(SINGLE, count, areas, Map.of()));
    for (var seed = 0; seed < 50; seed++) {
      assertThat(tally(questions(WIDE, draw(blueprint, WIDE, seed), 0), Question::area))
          .isEqualTo(expected);
    }
  }

  @Test
  void draw_difficultyMix_byLargestRemainders() {
    var blueprint = blueprint(section(SINGLE, 8, List.of(), Map.of(1, 1, 2, 2, 5, 1)));
    var uneven = blueprint(section(SINGLE, 10, List.of(), Map.of(1, 30, 3, 50, 4, 25)));
    for (var seed = 0; seed < 200; seed++) {
      assertThat(tally(questions(WIDE, draw(blueprint, WIDE, seed), 0), Question::difficulty))
          .isEqualTo(Map.of(1, 2L, 2, 4L, 5, 2L));
      // 2.857, 4.762, 2.381: one more for 3, then for 1
      assertThat(tally(questions(WIDE, draw(uneven, WIDE, seed), 0), Question::difficulty))
          .isEqualTo(Map.of(1, 3L, 3, 5L, 4, 2L));
    }
  }

  @Test
  void draw_areasAndDifficultiesTogether_bothExact() {
    var areas = List.of(count("a", 5), count("b", 1), count("c", 4));
    var blueprint = blueprint(section(SINGLE, 10, areas, Map.of(1, 5, 3, 3, 5, 2)));
    for (var seed = 0; seed < 500; seed++) {
      var questions = questions(WIDE, draw(blueprint, WIDE, seed), 0);
      assertThat(tally(questions, Question::area)).isEqualTo(Map.of("a", 5L, "b", 1L, "c", 4L));
      assertThat(tally(questions, Question::difficulty)).isEqualTo(Map.of(1, 5L, 3, 3L, 5, 2L));
    }
  }

  @Test
  void draw_areasAndDifficultiesTogether_whereOnlyOneDivisionIsPossible() {
    var questions = new ArrayList<Question>();
    questions.addAll(Questions.cell(SINGLE, "a", 1, 3));
    questions.addAll(Questions.cell(SINGLE, "a", 2, 1));
    questions.addAll(Questions.cell(SINGLE, "b", 2, 4));
    var pool = Questions.pool(questions);
    var areas = List.of(count("a", 4), count("b", 4));
    var blueprint = blueprint(section(SINGLE, 8, areas, Map.of(1, 3, 2, 5)));
    assertThat(Draw.shortage(blueprint, pool)).isEmpty();
    for (var seed = 0; seed < 200; seed++) {
      assertKeeps(blueprint, pool, draw(blueprint, pool, seed));
    }
  }

  @Test
  void draw_namedAreas_onlyFromThese() {
    var blueprint = blueprint(section(SINGLE, 12, List.of(named("a"), named("c")), Map.of()));
    var seen = new HashSet<String>();
    for (var seed = 0; seed < 100; seed++) {
      questions(WIDE, draw(blueprint, WIDE, seed), 0).forEach(q -> seen.add(q.area()));
    }
    assertThat(seen).containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void draw_openSectionFirst_neverStarvesANarrowOne() {
    var questions = new ArrayList<Question>();
    questions.addAll(Questions.cell(SINGLE, "a", 1, 3));
    questions.addAll(Questions.cell(SINGLE, "b", 1, 20));
    var pool = Questions.pool(questions);
    var blueprint =
        blueprint(any(SINGLE, 15), section(SINGLE, 3, List.of(count("a", 3)), Map.of()));
    assertThat(Draw.shortage(blueprint, pool)).isEmpty();
    for (var seed = 0; seed < 1_000; seed++) {
      assertKeeps(blueprint, pool, draw(blueprint, pool, seed));
    }
  }

  /** Two sections of the same width that overlap: neither order alone saves them. */
  @Test
  void draw_overlappingSections_fillBothToTheLastQuestion() {
    var questions = new ArrayList<Question>();
    for (var area : List.of("a", "b", "c")) {
      questions.addAll(Questions.cell(SINGLE, area, 1, 4));
    }
    var pool = Questions.pool(questions);
    var blueprint =
        blueprint(
            section(SINGLE, 6, List.of(named("a"), named("b")), Map.of()),
            section(SINGLE, 6, List.of(named("b"), named("c")), Map.of()));
    for (var seed = 0; seed < 1_000; seed++) {
      assertKeeps(blueprint, pool, draw(blueprint, pool, seed));
    }
  }

  @Test
  void draw_documentsNamed_questionsOfTheseAlone() {
    var questions = new ArrayList<Question>();
    for (var document : List.of("statute", "code", "rules")) {
      Questions.cell(SINGLE, "a", 1, 4).forEach(q -> questions.add(Questions.citing(q, document)));
    }
    var pool = Questions.pool(questions);
    var all = blueprint(any(SINGLE, 8));
    var named = new Blueprint(all.sections(), all.policy(), Set.of("statute", "rules"));
    var sampler = new LeastUsedSampler(Draw.of(named, pool).pool(), UsageSnapshot.NONE);
    for (var seed = 0; seed < 100; seed++) {
      for (var by : List.of(UNIFORM, sampler)) {
        var paper = Draw.of(named, pool).paper(by, seed, ALL);
        assertThat(questions(pool, paper, 0))
            .hasSize(8)
            .extracting(q -> q.citation().document())
            .containsOnly("statute", "rules");
      }
    }
    var tooMany = new Blueprint(List.of(any(SINGLE, 9)), all.policy(), named.documents());
    assertThat(Draw.shortage(tooMany, pool)).contains(new Shortage(1, 1));
    assertThat(Draw.shortage(blueprint(any(SINGLE, 9)), pool)).isEmpty();
  }

  @Test
  void draw_questionsNotShuffled_orderOfThePoolWithinEachSection() {
    for (var seed = 0; seed < 100; seed++) {
      var paper =
          Draw.of(blueprint(any(MULTIPLE, 9), any(SINGLE, 9)), WIDE)
              .paper(UNIFORM, seed, new Shuffle(false, true));
      for (var s = 0; s < 2; s++) {
        assertThat(questions(WIDE, paper, s).stream().map(Question::id).toList()).isSorted();
      }
    }
  }

  @Test
  void draw_choicesNotShuffled_orderOfTheQuestion() {
    var paper = Draw.of(blueprint(any(SINGLE, 50)), WIDE).paper(UNIFORM, 5, NONE);
    assertThat(paper.slots()).allMatch(slot -> slot.order().equals(List.of(0, 1, 2, 3)));
  }

  @Test
  void draw_judgeShuffled_rightStaysBeforeWrong() {
    var paper = draw(blueprint(any(JUDGE, 60)), WIDE, 5);
    assertThat(paper.slots()).hasSize(60).allMatch(slot -> slot.order().equals(List.of(0, 1)));
  }

  @Test
  void draw_blankAndEssay_haveNoOrder() {
    var paper = draw(blueprint(any(BLANK, 10), any(ESSAY, 10)), WIDE, 5);
    assertThat(paper.slots()).hasSize(20).allMatch(slot -> slot.order().isEmpty());
  }

  @Test
  void draw_fixedChoices_keepTheirPlaceWhileTheOthersMove() {
    var choices =
        List.of(
            new Choice("a", "甲", false),
            new Choice("b", "乙", true),
            new Choice("c", "丙", false),
            new Choice("d", "以上都对", true));
    var pool = Questions.pool(List.of(Questions.single("q", choices, "d")));
    var orders = new HashSet<List<Integer>>();
    for (var seed = 0; seed < 200; seed++) {
      orders.add(draw(blueprint(any(SINGLE, 1)), pool, seed).slot(1).order());
    }
    assertThat(orders).containsExactlyInAnyOrder(List.of(0, 1, 2, 3), List.of(2, 1, 0, 3));
  }

  @Test
  void draw_poolTooSmall_namesTheSection() {
    var pool = Questions.pool(Questions.cell(SINGLE, "a", 1, 9));
    assertThatThrownBy(() -> draw(blueprint(any(SINGLE, 5), any(SINGLE, 7)), pool, 1))
        .isInstanceOfSatisfying(
            PoolShortException.class, e -> assertThat(e.shortage()).isEqualTo(new Shortage(2, 3)));
  }

  @Test
  void draw_costOfTheSampler_doesNotGrowWithThePool() {
    for (var size : new int[] {400, 4_000, 400_000, 40_000_000}) {
      var looked = new int[1];
      for (var seed = 0; seed < 50; seed++) {
        var drawn =
            UniformSampler.sample(
                Ranges.of(List.of(new Pool.Range(0, size / 2), new Pool.Range(size / 2, size))),
                50,
                taken(new HashSet<>()),
                new SplittableRandom(seed),
                place -> {
                  looked[0]++;
                  return place;
                });
        assertThat(drawn).hasSize(50).doesNotHaveDuplicates();
      }
      assertThat(looked[0]).isBetween(50 * 50, 50 * 60);
    }
  }

  private static Taken taken(Set<Integer> places) {
    return new Taken() {
      @Override
      public boolean isFree(int place) {
        return !places.contains(place);
      }

      @Override
      public void take(int place) {
        places.add(place);
      }

      @Override
      public int size() {
        return places.size();
      }
    };
  }
}
