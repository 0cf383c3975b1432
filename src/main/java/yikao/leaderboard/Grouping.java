package yikao.leaderboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import yikao.leaderboard.BranchTotals.Total;
import yikao.leaderboard.Group.Members;
import yikao.leaderboard.Leaderboards.GroupPlace;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.participant.Branch;

/**
 * Sums totals of branches up to the rows of a board. Nobody is lost: the rows, with those that are
 * not shown, add up to the whole board, and those below an organisation to its own row. Pure.
 */
final class Grouping {
  private static final Comparator<Group> ORDER =
      Group.ORDER.thenComparing(group -> group.members().name());

  private Grouping() {}

  /**
   * Rows in their order.
   *
   * @param participants of all rows, shown or not
   * @param hidden participants of rows that are not shown, having too few
   */
  record Grouped(List<GroupPlace> places, int participants, int hidden) {
    static final Grouped NONE = new Grouped(List.of(), 0, 0);
  }

  /** Branches. */
  static Grouped branches(List<Total> totals, OrganisationTree tree, int minimum) {
    return places(sums(totals, branch -> Optional.of(branch(branch, tree))), minimum);
  }

  private static Members branch(Branch branch, OrganisationTree tree) {
    return switch (branch) {
      case Branch.Known(var id) ->
          tree.byId(id)
              .<Members>map(o -> new Members.Whole(o, tree.label(o)))
              .orElseGet(Members.Unlisted::new);
      case Branch.Named(var name) ->
          name.isEmpty() ? new Members.Unlisted() : new Members.Written(name);
    };
  }

  /**
   * The organisations directly below one, or at the top, each with all below it; that one itself,
   * and at the top those in none.
   */
  static Grouped organisations(
      List<Total> totals, OrganisationTree tree, Optional<Organisation> under, int minimum) {
    var sums = sums(totals, branch -> organisation(branch, tree, under));
    var labels = tree.labels(sums.stream().flatMap(Grouping::whole).toList());
    return places(
        sums.stream()
            .map(group ->
                whole(group)
                    .findFirst()
                    .map(o -> group.of(new Members.Whole(o, labels.getOrDefault(o.id(), o.name()))))
                    .orElse(group))
            .toList(),
        minimum);
  }

  private static Stream<Organisation> whole(Group group) {
    return group.members() instanceof Members.Whole(var organisation, _)
        ? Stream.of(organisation)
        : Stream.empty();
  }

  /** In which row a branch counts; absent where it is elsewhere. */
  private static Optional<Members> organisation(
      Branch branch, OrganisationTree tree, Optional<Organisation> under) {
    var known = branch.known().flatMap(tree::byId);
    if (known.isEmpty()) {
      return under.isEmpty() ? Optional.of(new Members.Unlisted()) : Optional.empty();
    }
    return known.map(Organisation::id).equals(under.map(Organisation::id))
        ? known.map(Members.Itself::new)
        : tree.below(under, known.get().id()).map(o -> new Members.Whole(o, o.name()));
  }

  private static Collection<Group> sums(
      List<Total> totals, Function<Branch, Optional<Members>> members) {
    Map<Members, Group> sums = new LinkedHashMap<>();
    for (var total : totals) {
      members
          .apply(total.branch())
          .ifPresent(m ->
              sums.merge(m, new Group(m, total.participants(), total.thousandths()), Group::plus));
    }
    return sums.values();
  }

  private static Grouped places(Collection<Group> groups, int minimum) {
    var ranked =
        groups.stream()
            .filter(g -> g.members().isUnit() && g.participants() >= minimum)
            .sorted(ORDER)
            .toList();
    var places = new ArrayList<GroupPlace>(ranked.size() + 1);
    for (var i = 0; i < ranked.size(); i++) {
      var tied = i > 0 && Group.ORDER.compare(ranked.get(i - 1), ranked.get(i)) == 0;
      places.add(
          new GroupPlace(tied ? places.getLast().rank() : Optional.of(i + 1L), ranked.get(i)));
    }
    groups.stream()
        .filter(g -> !g.members().isUnit())
        .forEach(g -> places.add(new GroupPlace(Optional.empty(), g)));
    var all = groups.stream().mapToInt(Group::participants).sum();
    var shown = places.stream().mapToInt(p -> p.group().participants()).sum();
    return new Grouped(List.copyOf(places), all, all - shown);
  }
}
