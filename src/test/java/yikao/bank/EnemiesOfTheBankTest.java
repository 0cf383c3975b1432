package yikao.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import yikao.paper.Blueprint;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Draw;
import yikao.paper.LeastUsedSampler;
import yikao.paper.Paper;
import yikao.paper.Section;
import yikao.paper.Section.AreaQuota;
import yikao.paper.Shuffle;
import yikao.paper.UniformSampler;
import yikao.question.Pool;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;
import yikao.question.UsageSnapshot;

/** Papers of the bank as it is shipped hold no two questions that give each other away. */
class EnemiesOfTheBankTest {
  private static final int PAPERS = 2_000;
  private static final Shuffle SHUFFLE = new Shuffle(true, true);
  private static final Pool POOL = pool();

  private static Pool pool() {
    var versions = new ArrayList<QuestionVersion>();
    for (var entry : BankReader.read(Path.of("question-bank")).entries()) {
      versions.add(new QuestionVersion(versions.size() + 1, entry.question()));
    }
    return new Pool(1, versions);
  }

  private static Section section(QuestionType type, int count, String... areas) {
    var quotas = Arrays.stream(areas).map(area -> new AreaQuota(area, 0, 0)).toList();
    return new Section(type, count, BigDecimal.ONE, quotas, Map.of());
  }

  private static Blueprint blueprint(int single, int multiple, int judge, int blank, String... in) {
    return new Blueprint(
        List.of(
            section(QuestionType.SINGLE, single, in),
            section(QuestionType.MULTIPLE, multiple, in),
            section(QuestionType.JUDGE, judge, in),
            section(QuestionType.BLANK, blank, in)),
        DrawPolicy.UNIFORM,
        Set.of());
  }

  private static Map<Integer, Set<Integer>> enemies() {
    var enemies = new HashMap<Integer, Set<Integer>>();
    for (var type : QuestionType.values()) {
      for (var place = 0; place < POOL.all(type).size(); place++) {
        enemies.put(
            POOL.versionAt(type, place),
            Arrays.stream(POOL.enemiesAt(type, place)).boxed().collect(Collectors.toSet()));
      }
    }
    return enemies;
  }

  private static void assertApart(Paper paper, Map<Integer, Set<Integer>> enemies) {
    var held = new HashSet<Integer>();
    for (var slot : paper.slots()) {
      assertThat(enemies.get(slot.version())).noneMatch(held::contains);
      held.add(slot.version());
    }
  }

  @Test
  void knownPairs_areEnemies() {
    assertEnemies("10-supervision-077", "10-supervision-078");
    assertEnemies("07-university-033", "07-university-034");
  }

  private static void assertEnemies(String one, String other) {
    assertThat(enemies().get(version(one))).contains(version(other));
  }

  private static int version(String id) {
    return Arrays.stream(QuestionType.values())
        .flatMap(type -> POOL.all(type).stream())
        .filter(q -> q.question().id().equals(id))
        .mapToInt(QuestionVersion::version)
        .findFirst()
        .orElseThrow();
  }

  /** Many would mean that papers repeat themselves, none that the rule does not see any. */
  @Test
  void enemies_fewForEach() {
    assertThat(POOL.enemyPairs()).isBetween(500, 2_000);
    assertThat(enemies().values()).allMatch(of -> of.size() <= 12);
  }

  @Test
  void papersOfTheStandardTestAndTheContest_holdNoTwoEnemies() {
    var enemies = enemies();
    var test =
        Draw.of(
            blueprint(
                20,
                10,
                15,
                5,
                "party-constitution",
                "party-discipline",
                "integrity-and-conduct",
                "political-life",
                "discipline-enforcement",
                "responsibility-and-sanctions",
                "grassroots-organisations",
                "membership-and-education"),
            POOL);
    var contest = Draw.of(blueprint(50, 20, 22, 8), POOL);
    var leastUsed = new LeastUsedSampler(POOL, UsageSnapshot.NONE);
    for (var seed = 0; seed < PAPERS; seed++) {
      assertApart(test.paper(new UniformSampler(), seed, SHUFFLE), enemies);
      assertApart(contest.paper(new UniformSampler(), seed, SHUFFLE), enemies);
      assertApart(test.paper(leastUsed, seed, SHUFFLE), enemies);
    }
  }
}
