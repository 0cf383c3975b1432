package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.leaderboard.BranchTotals.Total;
import yikao.leaderboard.Group.Members;
import yikao.leaderboard.Grouping.Grouped;
import yikao.leaderboard.Leaderboards.GroupPlace;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.org.Trees;
import yikao.participant.Branch;

/** Rows add up to the row above, whoever is where. */
final class GroupingTest {
  private static Total total(Branch branch, int participants, int points) {
    return new Total(branch, participants, points * 1_000L);
  }

  private static Branch known(long id) {
    return new Branch.Known(id);
  }

  private static Branch named(String name) {
    return new Branch.Named(name);
  }

  /** Rank, what it is, participants and points. */
  private static List<String> lines(Grouped grouped) {
    return grouped.places().stream().map(GroupingTest::line).toList();
  }

  private static String line(GroupPlace place) {
    return "%s %s %d %s"
        .formatted(
            place.rank().map(String::valueOf).orElse("-"),
            key(place.group().members()),
            place.group().participants(),
            place.group().total().stripTrailingZeros().toPlainString());
  }

  private static String key(Members members) {
    return switch (members) {
      case Members.Whole(_, var name) -> name;
      case Members.Written(var name) -> "~" + name;
      case Members.Itself(var o) -> "=" + o.code();
      case Members.Unlisted _ -> "?";
    };
  }

  private static final OrganisationTree TREE =
      Trees.of("P,市委,", "A,甲党委,P", "B,乙党委,P", "A1,第一支部,A", "B1,第一支部,B", "A2,第二支部,A");

  @Test
  void organisations_thoseInTheUnitItself_haveARowOfTheirOwn() {
    var totals = List.of(total(known(2), 3, 30), total(known(4), 2, 18), total(known(5), 1, 7));
    assertThat(lines(top(totals, 1))).containsExactly("1 市委 6 55");
    assertThat(lines(under(totals, "P", 1))).containsExactly("1 甲党委 5 48", "2 乙党委 1 7");
    assertThat(lines(under(totals, "A", 1))).containsExactly("1 =A 3 30", "2 第一支部 2 18");
    assertThat(lines(under(totals, "B", 1))).containsExactly("1 第一支部 1 7");
    assertThat(lines(under(totals, "B1", 1))).containsExactly("1 =B1 1 7");
    assertThat(under(totals, "A", 1).participants()).isEqualTo(5);
  }

  @Test
  void organisations_thoseInNone_standAtTheTopWithoutARank() {
    var totals =
        List.of(
            total(named("别处"), 1, 10),
            total(known(99), 2, 20),
            total(known(4), 1, 1),
            total(named(""), 1, 10));
    assertThat(lines(top(totals, 1))).containsExactly("1 市委 1 1", "- ? 4 40");
    assertThat(lines(top(totals, 5))).containsExactly("- ? 4 40");
    assertThat(top(totals, 5).hidden()).isEqualTo(1);
    assertThat(lines(under(totals, "P", 1))).containsExactly("1 甲党委 1 1");
  }

  @Test
  void organisations_withTooFew_areCountedAsHidden() {
    var totals = List.of(total(known(1), 1, 9), total(known(4), 3, 18), total(known(5), 1, 7));
    var shown = under(totals, "P", 2);
    assertThat(lines(shown)).containsExactly("1 甲党委 3 18");
    assertThat(shown.hidden()).isEqualTo(2);
    assertThat(shown.participants()).isEqualTo(5);
  }

  @Test
  void branches_ofOneName_areToldApart() {
    var totals =
        List.of(
            total(known(4), 1, 9),
            total(known(5), 1, 8),
            total(known(6), 1, 7),
            total(named("第一支部"), 1, 6),
            total(known(99), 1, 5),
            total(named(""), 2, 4));
    var branches = Grouping.branches(totals, TREE, 1);
    assertThat(lines(branches))
        .containsExactly(
            "1 甲党委 / 第一支部 1 9", "2 乙党委 / 第一支部 1 8", "3 第二支部 1 7", "4 ~第一支部 1 6", "- ? 3 9");
    assertThat(branches.participants()).isEqualTo(7);
    assertThat(Grouping.branches(totals, TREE, 2).hidden()).isEqualTo(4);
  }

  @Test
  void organisations_ofOneNameInOneBoard_areToldApart() {
    var tree = Trees.of("P,机关,", "Q,机关,", "A,第一支部,P", "B,第一支部,Q");
    var totals = List.of(total(known(3), 1, 9), total(known(4), 1, 8));
    assertThat(lines(Grouping.organisations(totals, tree, Optional.empty(), 1)))
        .containsExactly("1 机关 (P) 1 9", "2 机关 (Q) 1 8");
    assertThat(lines(Grouping.organisations(totals, tree, tree.byCode("P"), 1)))
        .as("one is shown")
        .containsExactly("1 第一支部 1 9");
  }

  @Test
  void ties_shareARank() {
    var totals = List.of(total(known(4), 1, 9), total(known(6), 1, 9), total(known(2), 1, 8));
    assertThat(lines(under(totals, "A", 1)))
        .containsExactly("1 第一支部 1 9", "1 第二支部 1 9", "3 =A 1 8");
  }

  private static Grouped top(List<Total> totals, int minimum) {
    return Grouping.organisations(totals, TREE, Optional.empty(), minimum);
  }

  private static Grouped under(List<Total> totals, String code, int minimum) {
    return Grouping.organisations(totals, TREE, TREE.byCode(code), minimum);
  }

  // whoever is where

  /** Somebody in a branch, with a score. */
  private record Person(Branch branch, int thousandths) {}

  /** How many, and their scores together. */
  private record Sum(int participants, long thousandths) {
    static Sum of(Stream<Person> people) {
      return people.reduce(
          new Sum(0, 0),
          (sum, p) -> new Sum(sum.participants + 1, sum.thousandths + p.thousandths),
          Sum::plus);
    }

    Sum plus(Sum other) {
      return new Sum(participants + other.participants, thousandths + other.thousandths);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anyTree_everyLevel_isTheNaiveCount(long seed) {
    var random = new Random(seed);
    for (var round = 0; round < 40; round++) {
      var stored = organisations(random);
      var tree = Trees.of(stored);
      var people = people(random, stored.size());
      var totals = totals(people);
      var minimum = 1 + random.nextInt(4);
      check(stored, tree, people, totals, Optional.empty(), minimum);
      stored.forEach(o -> check(stored, tree, people, totals, Optional.of(o), minimum));
      checkBranches(tree, people, totals, minimum);
    }
  }

  private static List<Organisation> organisations(Random random) {
    var all = new ArrayList<Organisation>();
    var size = random.nextInt(60);
    var depth = new HashMap<Long, Integer>();
    depth.put(0L, 0);
    for (var id = 1L; id <= size; id++) {
      var parent = random.nextLong(random.nextBoolean() ? id : Math.min(id, 3));
      parent = depth.get(parent) == 21 ? 0 : parent;
      depth.put(id, depth.get(parent) + 1);
      all.add(
          new Organisation(
              id,
              "C" + id,
              "支部" + random.nextInt(8),
              parent == 0 ? Optional.empty() : Optional.of(parent)));
    }
    return all;
  }

  /** Anywhere in the tree, in organisations that are not there, and in what they wrote. */
  private static List<Person> people(Random random, int organisations) {
    return Stream.generate(() ->
            new Person(
                switch (random.nextInt(8)) {
                  case 0 -> named("支部" + random.nextInt(4));
                  case 1 -> named("");
                  case 2 -> known(1_000 + random.nextInt(3));
                  default -> known(1 + random.nextInt(organisations + 1));
                },
                random.nextInt(100_000) - 20_000))
        .limit(random.nextInt(200))
        .toList();
  }

  private static List<Total> totals(List<Person> people) {
    var index = new BranchTotals();
    people.forEach(p -> index.add(index.number(p.branch()), p.thousandths()));
    return index.all();
  }

  private static void check(
      List<Organisation> stored,
      OrganisationTree tree,
      List<Person> people,
      List<Total> totals,
      Optional<Organisation> under,
      int minimum) {
    var expected = new TreeMap<String, Sum>();
    for (var o : stored) {
      if (o.parentId().equals(under.map(Organisation::id))) {
        put(expected, o.code(), people.stream().filter(p -> isIn(stored, p, o)));
      }
    }
    under.ifPresent(
        o -> put(expected, "=" + o.code(), people.stream().filter(p -> isExactlyIn(p, o))));
    if (under.isEmpty()) {
      put(
          expected,
          "?",
          people.stream().filter(p -> stored.stream().noneMatch(o -> isExactlyIn(p, o))));
    }
    var grouped = Grouping.organisations(totals, tree, under, minimum);
    checkRows(grouped, expected, minimum);
    var above =
        Sum.of(people.stream().filter(p -> under.isEmpty() || isIn(stored, p, under.get())));
    assertThat(grouped.participants()).isEqualTo(above.participants());
    assertThat(expected.values().stream().reduce(new Sum(0, 0), Sum::plus)).isEqualTo(above);
  }

  private static void put(Map<String, Sum> rows, String row, Stream<Person> people) {
    var sum = Sum.of(people);
    if (sum.participants() > 0) {
      rows.put(row, sum);
    }
  }

  private static boolean isExactlyIn(Person person, Organisation organisation) {
    return person.branch().known().filter(id -> id == organisation.id()).isPresent();
  }

  /** Up from where somebody is, one after the other. */
  private static boolean isIn(List<Organisation> stored, Person person, Organisation organisation) {
    var at = person.branch().known().orElse(0L);
    while (at != 0 && at <= stored.size() && at != organisation.id()) {
      at = stored.get((int) (at - 1)).parentId().orElse(0L);
    }
    return at == organisation.id();
  }

  private static void checkBranches(
      OrganisationTree tree, List<Person> people, List<Total> totals, int minimum) {
    var expected = new TreeMap<String, Sum>();
    for (var person : people) {
      var row =
          switch (person.branch()) {
            case Branch.Known(var id) -> tree.byId(id).map(Organisation::code).orElse("?");
            case Branch.Named(var name) -> name.isEmpty() ? "?" : "~" + name;
          };
      expected.merge(row, new Sum(1, person.thousandths()), Sum::plus);
    }
    checkRows(Grouping.branches(totals, tree, minimum), expected, minimum);
  }

  /** The rows with enough, each once and in order, and how many are in the others. */
  private static void checkRows(Grouped grouped, Map<String, Sum> expected, int minimum) {
    var shown = new TreeMap<String, Sum>();
    var hidden = 0;
    for (var row : expected.entrySet()) {
      if (row.getValue().participants() >= minimum || row.getKey().equals("?")) {
        shown.put(row.getKey(), row.getValue());
      } else {
        hidden += row.getValue().participants();
      }
    }
    var actual = new TreeMap<String, Sum>();
    for (var place : grouped.places()) {
      var group = place.group();
      var key =
          group.members() instanceof Members.Whole(var o, _) ? o.code() : key(group.members());
      assertThat(actual.put(key, new Sum(group.participants(), group.thousandths()))).isNull();
    }
    assertThat(actual).isEqualTo(shown);
    assertThat(grouped.hidden()).isEqualTo(hidden);
    assertThat(grouped.places().stream().map(GroupPlace::group).filter(g -> g.members().isUnit()))
        .isSortedAccordingTo(Group.ORDER);
    assertThat(grouped.places().stream().map(p -> key(p.group().members())))
        .doesNotHaveDuplicates();
  }
}
