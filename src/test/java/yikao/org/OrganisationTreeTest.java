package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A committee with two below it, of which one has two branches, and an organisation of its own. */
final class OrganisationTreeTest {
  private static final Organisation TOP = organisation(1, "P", "市委", 0);
  private static final Organisation A = organisation(2, "A", "甲党委", 1);
  private static final Organisation B = organisation(3, "B", "第一支部", 1);
  private static final Organisation A2 = organisation(4, "A2", "第二支部", 2);
  private static final Organisation A1 = organisation(5, "A1", "第一支部", 2);
  private static final Organisation ALONE = organisation(6, "Z", "独立支部", 0);

  private final OrganisationTree tree = new OrganisationTree(List.of(TOP, A, B, A2, A1, ALONE));

  private static Organisation organisation(long id, String code, String name, long parent) {
    return new Organisation(id, code, name, parent == 0 ? Optional.empty() : Optional.of(parent));
  }

  @Test
  void all_areFoundByIdAndCode() {
    assertThat(tree.all()).containsExactlyInAnyOrder(TOP, A, B, A2, A1, ALONE);
    assertThat(tree.byId(4)).contains(A2);
    assertThat(tree.byId(7)).isEmpty();
    assertThat(tree.byCode("A2")).contains(A2);
    assertThat(tree.byCode("第二支部")).as("a name is no code").isEmpty();
  }

  @Test
  void branches_areThoseWithNoneBelowByCode() {
    assertThat(tree.branches()).containsExactly(A1, A2, B, ALONE);
  }

  @Test
  void parentCode_isThatOfTheOneAbove() {
    assertThat(tree.parentCode("A1")).contains("A");
    assertThat(tree.parentCode("P")).isEmpty();
    assertThat(tree.parentCode("X")).isEmpty();
  }

  @Test
  void hasBelow_whereOthersAre() {
    assertThat(tree.hasBelow(A)).isTrue();
    assertThat(tree.hasBelow(A1)).isFalse();
    assertThat(tree.hasBelow(ALONE)).isFalse();
  }

  @Test
  void path_isFromTheTopDown() {
    assertThat(tree.way(A1)).containsExactly(TOP, A, A1);
    assertThat(tree.path(A1)).isEqualTo("市委 / 甲党委 / 第一支部");
    assertThat(tree.path(ALONE)).isEqualTo("独立支部");
  }

  @Test
  void belowOneOnTheWayUp_isTheAncestorOrItself() {
    assertThat(tree.below(Optional.empty(), A1.id())).contains(TOP);
    assertThat(tree.below(Optional.of(TOP), A1.id())).contains(A);
    assertThat(tree.below(Optional.of(A), A1.id())).contains(A1);
    assertThat(tree.below(Optional.of(A1), A1.id())).as("not below itself").isEmpty();
    assertThat(tree.below(Optional.of(A), B.id())).as("elsewhere").isEmpty();
    assertThat(tree.below(Optional.empty(), 99)).isEmpty();
  }

  @Test
  void noOrganisations_noBranches() {
    var empty = new OrganisationTree(List.of());
    assertThat(empty.branches()).isEmpty();
    assertThat(empty.all()).isEmpty();
    assertThat(Trees.below(empty, Optional.empty())).isEmpty();
  }

  // what no import makes

  /** The codes of those that only count as standing at the top. */
  private static List<String> raised(OrganisationTree of) {
    return of.raised().stream().map(Organisation::code).toList();
  }

  @Test
  void circle_standsAtTheTopAndWhatIsBelowItStaysThere() {
    var cut =
        Trees.of("T,顶,", "A,甲,C", "B,乙,A", "C,丙,B", "B1,乙一,B", "B2,乙二,B1", "S,自己,S", "U,顶下,T");
    assertThat(raised(cut)).containsExactly("A", "B", "C", "S");
    assertThat(Trees.below(cut, Optional.empty()))
        .extracting(Organisation::code)
        .containsExactlyInAnyOrder("T", "A", "B", "C", "S");
    var deep = cut.byCode("B2").orElseThrow();
    assertThat(cut.path(deep)).isEqualTo("乙 / 乙一 / 乙二");
    assertThat(cut.below(Optional.empty(), deep.id())).map(Organisation::code).contains("B");
    assertThat(cut.below(cut.byCode("T"), deep.id())).isEmpty();
    assertThat(cut.parentCode("A")).isEmpty();
    assertThat(cut.parentCode("U")).contains("T");
    assertThat(cut.branches())
        .extracting(Organisation::code)
        .containsExactly("A", "B2", "C", "S", "U");
  }

  @Test
  void parentThatIsNotThere_leavesOneAtTheTop() {
    var cut = new OrganisationTree(List.of(TOP, organisation(9, "L", "失联支部", 77)));
    assertThat(raised(cut)).containsExactly("L");
    assertThat(cut.path(cut.byCode("L").orElseThrow())).isEqualTo("失联支部");
  }

  @Test
  void depthBeyondTheLimit_beginsAgainAtTheTop() {
    var lines =
        IntStream.rangeClosed(1, 50)
            .mapToObj(i -> "O%d,第%d层,%s".formatted(i, i, i == 1 ? "" : "O" + (i - 1)))
            .toArray(String[]::new);
    var cut = Trees.of(lines);
    assertThat(raised(cut)).containsExactly("O22", "O43");
    assertThat(cut.way(cut.byCode("O21").orElseThrow())).hasSize(21);
    assertThat(cut.way(cut.byCode("O22").orElseThrow())).hasSize(1);
    assertThat(cut.way(cut.byCode("O50").orElseThrow())).hasSize(8);
  }

  /** Whatever parents there are: every walk ends, nobody is lost, and what is a tree stays. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @Timeout(20)
  void anyParents_giveATreeOfAll(long seed) {
    var random = new Random(seed);
    for (var round = 0; round < 100; round++) {
      var size = 1 + random.nextInt(120);
      var parents = parents(random, size);
      var stored =
          IntStream.rangeClosed(1, size)
              .mapToObj(id -> organisation(id, "C" + id, "名" + random.nextInt(9), parents[id]))
              .toList();
      var any = new OrganisationTree(stored);
      var reached = new HashSet<Long>();
      reach(any, Optional.empty(), reached);
      assertThat(reached).hasSize(size);
      for (var o : any.all()) {
        assertThat(any.way(o)).hasSizeLessThanOrEqualTo(OrganisationTree.LEVELS);
        assertThat(any.below(Optional.empty(), o.id())).contains(any.way(o).getFirst());
      }
      if (IntStream.rangeClosed(1, size).allMatch(id -> depth(parents, id) <= 21)) {
        assertThat(any.raised()).isEmpty();
        assertThat(any.all()).containsExactlyInAnyOrderElementsOf(stored);
      }
      assertThat(any.labels(any.all()).values()).doesNotHaveDuplicates();
    }
  }

  /** Every third round anything, else a tree, deep or flat; 0 is the top. */
  private static int[] parents(Random random, int size) {
    var parents = new int[size + 1];
    var kind = random.nextInt(3);
    for (var id = 1; id <= size; id++) {
      parents[id] =
          switch (kind) {
            case 0 -> random.nextInt(size + 2);
            case 1 -> random.nextInt(id);
            default -> Math.max(0, id - 1 - random.nextInt(3));
          };
    }
    return parents;
  }

  private static int depth(int[] parents, int of) {
    var depth = 0;
    for (var id = of; id > 0 && id < parents.length && depth < 200; id = parents[id]) {
      depth++;
    }
    return of > 0 && parents[of] >= parents.length ? 200 : depth;
  }

  private static void reach(OrganisationTree any, Optional<Organisation> from, Set<Long> reached) {
    for (var below : Trees.below(any, from)) {
      assertThat(reached.add(below.id())).isTrue();
      reach(any, Optional.of(below), reached);
    }
  }

  // names

  @Test
  void label_isTheNameUnlessOthersHaveIt() {
    var alike =
        Trees.of(
            "P,市委,",
            "D,城东街道党工委,P",
            "X,城西街道党工委,P",
            "D0,一总支,D",
            "X0,一总支,X",
            "D1,第一党支部,D0",
            "X1,第一党支部,X0",
            "X2,第二党支部,X0",
            "X3,第二党支部,X",
            "T,第二党支部,");
    assertThat(labels(alike, "D1", "X1", "X2", "X3", "T", "D0", "P"))
        .containsExactly(
            "城东街道党工委 / 一总支 / 第一党支部",
            "城西街道党工委 / 一总支 / 第一党支部",
            "一总支 / 第二党支部",
            "城西街道党工委 / 第二党支部",
            "第二党支部",
            "城东街道党工委 / 一总支",
            "市委");
    assertThat(alike.labels(codes(alike, "D1", "X2"))).containsValues("第一党支部", "第二党支部");
    assertThat(alike.labels(codes(alike, "X2", "X3")))
        .containsValues("一总支 / 第二党支部", "城西街道党工委 / 第二党支部");
  }

  @Test
  void label_ofTheSamePathThroughout_hasTheCode() {
    var alike = Trees.of("P,市委,", "A,第一支部,P", "B,第一支部,P", "Q,市委 / 第二支部,", "C,第二支部,P", "D,第二支部,");
    assertThat(labels(alike, "A", "B", "Q", "C", "D"))
        .containsExactly(
            "市委 / 第一支部 (A)", "市委 / 第一支部 (B)", "市委 / 第二支部 (Q)", "市委 / 第二支部 (C)", "第二支部");
  }

  private static List<Organisation> codes(OrganisationTree in, String... codes) {
    return Stream.of(codes).map(code -> in.byCode(code).orElseThrow()).toList();
  }

  private static List<String> labels(OrganisationTree in, String... codes) {
    return codes(in, codes).stream().map(in::label).toList();
  }
}
