package yikao.leaderboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import yikao.leaderboard.BranchTotals.Total;
import yikao.leaderboard.Leaderboards.GroupPlace;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.participant.Branch;

/** Branches and organisations in their order; sorted again only where a total has changed. */
final class GroupRanking {
  private static final int MOST_PLACES = 200_000;

  private final Cache<RankingOf, Ranked> cache =
      Caffeine.newBuilder()
          .maximumWeight(MOST_PLACES)
          .weigher((RankingOf _, Ranked ranked) -> ranked.places().size() + 1)
          .expireAfterAccess(Duration.ofMinutes(1))
          .build();

  private enum Kind {
    BRANCHES,
    ORGANISATIONS
  }

  private record RankingOf(BoardOwner owner, Kind kind, Optional<Long> under, int minimum) {}

  private record Ranked(
      StandingIndex index, long version, OrganisationTree tree, List<GroupPlace> places) {
    boolean isOf(StandingIndex other, long now, OrganisationTree current) {
      return index == other && version == now && tree == current;
    }
  }

  /** Branches with at least so many participants. */
  List<GroupPlace> branches(
      BoardOwner owner, StandingIndex index, OrganisationTree tree, int minimum) {
    var key = new RankingOf(owner, Kind.BRANCHES, Optional.empty(), minimum);
    return ranked(key, index, tree, GroupRanking::branches);
  }

  /** Organisations directly below one, or at the top, with at least so many participants. */
  List<GroupPlace> organisations(
      BoardOwner owner,
      StandingIndex index,
      OrganisationTree tree,
      Optional<Organisation> under,
      int minimum) {
    var key = new RankingOf(owner, Kind.ORGANISATIONS, under.map(Organisation::id), minimum);
    return ranked(key, index, tree, (totals, t) -> organisations(totals, t, under));
  }

  private List<GroupPlace> ranked(
      RankingOf key,
      StandingIndex index,
      OrganisationTree tree,
      BiFunction<List<Total>, OrganisationTree, Collection<Group>> groups) {
    var known = cache.getIfPresent(key);
    if (known != null && known.isOf(index, index.version(), tree)) {
      return known.places();
    }
    var totals = index.totals();
    var places = places(groups.apply(totals.branches(), tree), key.minimum());
    cache.put(key, new Ranked(index, totals.version(), tree, places));
    return places;
  }

  private static Collection<Group> branches(List<Total> totals, OrganisationTree tree) {
    return totals.stream()
        .map(t -> new Group(name(t.branch(), tree), t.participants(), t.thousandths()))
        .toList();
  }

  /** The name of a branch; empty where it is no longer known. */
  static String name(Branch branch, OrganisationTree tree) {
    return switch (branch) {
      case Branch.Known known ->
          tree.byId(known.organisationId()).map(Organisation::name).orElse("");
      case Branch.Named(var name) -> name;
    };
  }

  private static Collection<Group> organisations(
      List<Total> totals, OrganisationTree tree, Optional<Organisation> under) {
    Map<Long, Group> groups = new LinkedHashMap<>();
    for (var total : totals) {
      if (total.branch() instanceof Branch.Known known) {
        tree.below(under, known.organisationId())
            .ifPresent(o ->
                groups.merge(
                    o.id(),
                    new Group(o.name(), total.participants(), total.thousandths()),
                    Group::plus));
      }
    }
    return groups.values();
  }

  private static List<GroupPlace> places(Collection<Group> groups, int minimum) {
    var sorted =
        groups.stream()
            .filter(g -> g.participants() >= minimum)
            .sorted(Group.ORDER.thenComparing(Group::name))
            .toList();
    var places = new ArrayList<GroupPlace>(sorted.size());
    for (var i = 0; i < sorted.size(); i++) {
      var tied = i > 0 && Group.ORDER.compare(sorted.get(i - 1), sorted.get(i)) == 0;
      places.add(new GroupPlace(tied ? places.getLast().rank() : i + 1, sorted.get(i)));
    }
    return places;
  }
}
