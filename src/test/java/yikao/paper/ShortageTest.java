package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static yikao.paper.Papers.ALL;
import static yikao.paper.Papers.UNIFORM;
import static yikao.paper.Papers.any;
import static yikao.paper.Papers.blueprint;
import static yikao.paper.Papers.count;
import static yikao.paper.Papers.named;
import static yikao.paper.Papers.section;
import static yikao.question.QuestionType.MULTIPLE;
import static yikao.question.QuestionType.SINGLE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.question.Pool;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;

class ShortageTest {
  private static Pool pool(int a1, int a2, int b1, int b2) {
    var questions = new ArrayList<Question>();
    questions.addAll(Questions.cell(SINGLE, "area0", 1, a1));
    questions.addAll(Questions.cell(SINGLE, "area0", 2, a2));
    questions.addAll(Questions.cell(SINGLE, "area1", 1, b1));
    questions.addAll(Questions.cell(SINGLE, "area1", 2, b2));
    return Questions.pool(questions);
  }

  @Test
  void shortage_enough_absent() {
    assertThat(Draw.shortage(blueprint(any(SINGLE, 4)), pool(1, 1, 1, 1))).isEmpty();
  }

  @Test
  void shortage_tooFewInAll_theSectionThatRunsOut() {
    assertThat(
            Draw.shortage(
                blueprint(any(SINGLE, 2), any(SINGLE, 3), any(SINGLE, 1)), pool(1, 1, 1, 1)))
        .contains(new Shortage(2, 1));
  }

  @Test
  void shortage_typeAbsent_itsWholeSection() {
    assertThat(Draw.shortage(blueprint(any(SINGLE, 1), any(MULTIPLE, 5)), pool(1, 1, 1, 1)))
        .contains(new Shortage(2, 5));
  }

  @Test
  void shortage_severalTypes_theFirstSectionOfThePaper() {
    assertThat(Draw.shortage(blueprint(any(MULTIPLE, 5), any(SINGLE, 6)), pool(1, 1, 1, 1)))
        .contains(new Shortage(1, 5));
  }

  @Test
  void shortage_unknownArea_itsCount() {
    assertThat(
            Draw.shortage(
                blueprint(section(SINGLE, 2, List.of(count("nowhere", 2)), Map.of())),
                pool(9, 9, 9, 9)))
        .contains(new Shortage(1, 2));
    assertThat(
            Draw.shortage(
                blueprint(section(SINGLE, 2, List.of(named("nowhere")), Map.of())),
                pool(9, 9, 9, 9)))
        .contains(new Shortage(1, 2));
  }

  @Test
  void shortage_twoAreasOfOneSection_bothCounted() {
    var areas = List.of(count("area0", 3), count("area1", 3));
    assertThat(Draw.shortage(blueprint(section(SINGLE, 6, areas, Map.of())), pool(1, 0, 1, 0)))
        .contains(new Shortage(1, 4));
  }

  @Test
  void shortage_twoDifficultiesOfOneSection_bothCounted() {
    assertThat(
            Draw.shortage(
                blueprint(section(SINGLE, 8, List.of(), Map.of(1, 1, 2, 1))), pool(1, 1, 1, 0)))
        .contains(new Shortage(1, 5));
  }

  @Test
  void shortage_areaEatenByAnEarlierSection_theLaterOneLacks() {
    assertThat(
            Draw.shortage(
                blueprint(
                    section(SINGLE, 3, List.of(named("area0")), Map.of()),
                    section(SINGLE, 3, List.of(count("area0", 3)), Map.of())),
                pool(2, 2, 9, 9)))
        .contains(new Shortage(2, 2));
  }

  @Test
  void shortage_openSectionBesideNarrowOne_absentWhereTogetherTheyFit() {
    assertThat(
            Draw.shortage(
                blueprint(any(SINGLE, 6), section(SINGLE, 2, List.of(), Map.of(2, 1))),
                pool(3, 1, 3, 1)))
        .isEmpty();
  }

  @Test
  void shortage_areasAndDifficultiesThatOnlyCrosswiseFit_absent() {
    var areas = List.of(count("area0", 2), count("area1", 2));
    var section = section(SINGLE, 4, areas, Map.of(1, 1, 2, 1));
    assertThat(Draw.shortage(blueprint(section), pool(2, 0, 0, 2))).isEmpty();
    assertThat(Draw.shortage(blueprint(section), pool(2, 0, 1, 2))).isEmpty();
    assertThat(Draw.shortage(blueprint(section), pool(2, 0, 2, 1))).contains(new Shortage(1, 1));
  }

  /** Sections that fix areas or difficulties, but not both: the answer is exact. */
  @Test
  void shortage_randomSections_whatAMatchingFinds() {
    var random = new SplittableRandom(4);
    var shortages = 0;
    for (var n = 0; n < 4_000; n++) {
      var pool = Papers.randomPool(random, List.of(SINGLE, MULTIPLE), 3, 3, 3);
      var sections = new ArrayList<Section>();
      var size = 1 + random.nextInt(4);
      for (var i = 0; i < size; i++) {
        var type = random.nextInt(3) == 0 ? MULTIPLE : SINGLE;
        sections.add(Papers.randomSection(random, type, 3, 3, 8, false));
      }
      var blueprint = blueprint(sections.toArray(Section[]::new));
      var expected = matching(blueprint, pool);
      assertThat(Draw.shortage(blueprint, pool)).as(blueprint.toString()).isEqualTo(expected);
      shortages += expected.isPresent() ? 1 : 0;
    }
    assertThat(shortages).isBetween(1_000, 3_000);
  }

  /** One section that fixes both: exact as well, by trying every division. */
  @Test
  void shortage_randomSectionOfBoth_whatTryingEveryDivisionFinds() {
    var random = new SplittableRandom(5);
    var shortages = 0;
    for (var n = 0; n < 4_000; n++) {
      var pool = Papers.randomPool(random, List.of(SINGLE), 3, 3, 3);
      var section = Papers.randomSection(random, SINGLE, 3, 3, 8, true);
      var possible = divisible(section, pool);
      assertThat(Draw.shortage(blueprint(section), pool).isEmpty())
          .as(section.toString())
          .isEqualTo(possible);
      shortages += possible ? 0 : 1;
    }
    assertThat(shortages).isBetween(500, 3_500);
  }

  @Test
  void draw_whereNothingIsShort_succeedsAlways() {
    var random = new SplittableRandom(6);
    var drawn = 0;
    for (var n = 0; n < 150; n++) {
      var pool = Papers.randomPool(random, List.of(SINGLE), 3, 3, 2);
      var sections = new ArrayList<Section>();
      var size = 2 + random.nextInt(3);
      for (var i = 0; i < size; i++) {
        sections.add(Papers.randomSection(random, SINGLE, 3, 3, 3, random.nextInt(3) > 0));
      }
      var blueprint = blueprint(sections.toArray(Section[]::new));
      if (Draw.shortage(blueprint, pool).isPresent()) {
        continue;
      }
      for (var seed = 0; seed < 200; seed++) {
        var s = seed;
        assertThatCode(() -> Draw.of(blueprint, pool).paper(UNIFORM, s, ALL))
            .as("%s seed %d", blueprint, s)
            .doesNotThrowAnyException();
        drawn++;
      }
    }
    assertThat(drawn).isGreaterThan(5_000);
  }

  /**
   * Sections that fix both and leave one another almost no choice. The division found when the quiz
   * was saved was once missed by one draw in twelve.
   */
  @ParameterizedTest
  @ValueSource(longs = {95, 491, 1447})
  void draw_divisionHardToFind_foundAgainAtEveryDraw(long dealt) {
    var random = new SplittableRandom(dealt);
    var pool = Papers.randomPool(random, List.of(SINGLE), 4, 4, 2);
    var blueprint = usingEverything(random, pool);
    assertThat(Draw.shortage(blueprint, pool)).isEmpty();
    for (var seed = 0; seed < 60; seed++) {
      Papers.assertKeeps(blueprint, pool, Draw.of(blueprint, pool).paper(UNIFORM, seed, ALL));
    }
  }

  /** Deals the whole pool out to sections, which then fix both what they got. */
  private static Blueprint usingEverything(SplittableRandom random, Pool pool) {
    var dealt = new ArrayList<List<Question>>();
    for (var i = 0; i < 4; i++) {
      dealt.add(new ArrayList<>());
    }
    pool.all(SINGLE).forEach(q -> dealt.get(random.nextInt(4)).add(q.question()));
    var sections = new ArrayList<Section>();
    for (var questions : dealt) {
      var areas = new TreeMap<String, Integer>();
      var levels = new TreeMap<Integer, Integer>();
      questions.forEach(q -> areas.merge(q.area(), 1, Integer::sum));
      questions.forEach(q -> levels.merge(q.difficulty(), 1, Integer::sum));
      var quotas = areas.entrySet().stream().map(e -> count(e.getKey(), e.getValue())).toList();
      if (!questions.isEmpty()) {
        sections.add(section(SINGLE, questions.size(), quotas, levels));
      }
    }
    return blueprint(sections.toArray(Section[]::new));
  }

  /** The first section that a maximum matching of places and questions leaves short. */
  private static Optional<Shortage> matching(Blueprint blueprint, Pool pool) {
    for (var s = 0; s < blueprint.sections().size(); s++) {
      var wanted = 0;
      var matched = 0;
      for (var type : QuestionType.values()) {
        var places = new ArrayList<Set<Integer>>();
        for (var section : blueprint.sections().subList(0, s + 1)) {
          if (section.type() == type) {
            places.addAll(places(section, pool));
          }
        }
        wanted += places.size();
        matched += matched(places);
      }
      if (matched < wanted) {
        return Optional.of(new Shortage(s + 1, wanted - matched));
      }
    }
    return Optional.empty();
  }

  /** For each question that a section wants, the versions that will do. */
  private static List<Set<Integer>> places(Section section, Pool pool) {
    var places = new ArrayList<Set<Integer>>();
    if (section.areas().stream().anyMatch(a -> a.count() > 0)) {
      for (var area : section.areas()) {
        for (var i = 0; i < area.count(); i++) {
          places.add(versions(section.type(), pool, Set.of(area.area()), Set.of(1, 2, 3)));
        }
      }
      return places;
    }
    var areas =
        section.areas().isEmpty()
            ? Set.of("area0", "area1", "area2")
            : Set.copyOf(section.namedAreas());
    if (section.difficulty().isEmpty()) {
      for (var i = 0; i < section.count(); i++) {
        places.add(versions(section.type(), pool, areas, Set.of(1, 2, 3)));
      }
    }
    section
        .difficulty()
        .forEach((level, n) -> {
          for (var i = 0; i < n; i++) {
            places.add(versions(section.type(), pool, areas, Set.of(level)));
          }
        });
    return places;
  }

  private static Set<Integer> versions(
      QuestionType type, Pool pool, Set<String> areas, Set<Integer> levels) {
    var versions = new HashSet<Integer>();
    for (var q : pool.all(type)) {
      if (areas.contains(q.question().area()) && levels.contains(q.question().difficulty())) {
        versions.add(q.version());
      }
    }
    return versions;
  }

  /** The size of a maximum matching (Kuhn). */
  private static int matched(List<Set<Integer>> places) {
    var holder = new HashMap<Integer, Integer>();
    var matched = 0;
    for (var place = 0; place < places.size(); place++) {
      matched += seat(place, places, holder, new HashSet<>()) ? 1 : 0;
    }
    return matched;
  }

  private static boolean seat(
      int place, List<Set<Integer>> places, Map<Integer, Integer> holder, Set<Integer> seen) {
    for (var version : places.get(place)) {
      if (seen.add(version)
          && (!holder.containsKey(version) || seat(holder.get(version), places, holder, seen))) {
        holder.put(version, place);
        return true;
      }
    }
    return false;
  }

  private static boolean divisible(Section section, Pool pool) {
    var areas = section.areas();
    var levels = new HashMap<>(section.difficulty());
    return divisible(
        areas.stream().map(a -> a.area()).toList(), 0, 1, remaining(areas), levels, pool);
  }

  private static int[] remaining(List<Section.AreaQuota> areas) {
    return areas.stream().mapToInt(Section.AreaQuota::count).toArray();
  }

  private static boolean divisible(
      List<String> areas,
      int area,
      int level,
      int[] left,
      Map<Integer, Integer> levels,
      Pool pool) {
    if (area == areas.size()) {
      return levels.values().stream().allMatch(n -> n == 0);
    }
    if (level > 3) {
      return left[area] == 0 && divisible(areas, area + 1, 1, left, levels, pool);
    }
    var wanted = levels.getOrDefault(level, 0);
    var room = pool.cell(SINGLE, areas.get(area), level).size();
    for (var n = 0; n <= Math.min(room, Math.min(wanted, left[area])); n++) {
      levels.put(level, wanted - n);
      left[area] -= n;
      var possible = divisible(areas, area, level + 1, left, levels, pool);
      left[area] += n;
      levels.put(level, wanted);
      if (possible) {
        return true;
      }
    }
    return false;
  }
}
