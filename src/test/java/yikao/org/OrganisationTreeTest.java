package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
  void branch_isFoundByCodeAndByANameThatOneAloneHas() {
    assertThat(tree.branch("A1")).contains(A1);
    assertThat(tree.branch("第二支部")).contains(A2);
    assertThat(tree.branch("第一支部")).as("two have it").isEmpty();
    assertThat(tree.branch("A")).as("no branch: others are below").isEmpty();
    assertThat(tree.branch("甲党委")).isEmpty();
    assertThat(tree.branch("")).isEmpty();
  }

  /** A branch may have a name that is the code of another. */
  @Test
  void branch_codeGoesBeforeName() {
    var named = organisation(7, "N", "A1", 0);
    var both = new OrganisationTree(List.of(TOP, A, A1, named));
    assertThat(both.branch("A1")).contains(A1);
  }

  @Test
  void parentCode_isThatOfTheOneAbove() {
    assertThat(tree.parentCode("A1")).contains("A");
    assertThat(tree.parentCode("P")).isEmpty();
    assertThat(tree.parentCode("X")).isEmpty();
  }

  @Test
  void below_areTheChildrenOrThoseAtTheTop() {
    assertThat(tree.below(Optional.of(TOP))).containsExactlyInAnyOrder(A, B);
    assertThat(tree.below(Optional.of(A1))).isEmpty();
    assertThat(tree.below(Optional.empty())).containsExactlyInAnyOrder(TOP, ALONE);
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
    assertThat(empty.below(Optional.empty())).isEmpty();
  }
}
