package yikao.leaderboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import yikao.leaderboard.BranchTotals.Total;
import yikao.leaderboard.Grouping.Grouped;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;

/** Branches and organisations in their order; sorted again only where a total has changed. */
final class GroupRanking {
  private static final int MOST_PLACES = 200_000;

  private final Cache<RankingOf, Ranked> cache =
      Caffeine.newBuilder()
          .maximumWeight(MOST_PLACES)
          .weigher((RankingOf _, Ranked ranked) -> ranked.grouped().places().size() + 1)
          .expireAfterAccess(Duration.ofMinutes(1))
          .build();

  private enum Kind {
    BRANCHES,
    ORGANISATIONS
  }

  private record RankingOf(BoardOwner owner, Kind kind, Optional<Long> under, int minimum) {}

  private record Ranked(StandingIndex index, long version, OrganisationTree tree, Grouped grouped) {
    boolean isOf(StandingIndex other, long now, OrganisationTree current) {
      return index == other && version == now && tree == current;
    }
  }

  /** Branches with at least so many participants. */
  Grouped branches(BoardOwner owner, StandingIndex index, OrganisationTree tree, int minimum) {
    var key = new RankingOf(owner, Kind.BRANCHES, Optional.empty(), minimum);
    return ranked(key, index, tree, totals -> Grouping.branches(totals, tree, minimum));
  }

  /** Organisations directly below one, or at the top, with at least so many participants. */
  Grouped organisations(
      BoardOwner owner,
      StandingIndex index,
      OrganisationTree tree,
      Optional<Organisation> under,
      int minimum) {
    var key = new RankingOf(owner, Kind.ORGANISATIONS, under.map(Organisation::id), minimum);
    return ranked(key, index, tree, totals -> Grouping.organisations(totals, tree, under, minimum));
  }

  private Grouped ranked(
      RankingOf key,
      StandingIndex index,
      OrganisationTree tree,
      Function<List<Total>, Grouped> grouping) {
    var known = cache.getIfPresent(key);
    if (known != null && known.isOf(index, index.version(), tree)) {
      return known.grouped();
    }
    var totals = index.totals();
    var grouped = grouping.apply(totals.branches());
    cache.put(key, new Ranked(index, totals.version(), tree, grouped));
    return grouped;
  }
}
