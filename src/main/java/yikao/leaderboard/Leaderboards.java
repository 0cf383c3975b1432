package yikao.leaderboard;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.leaderboard.FollowedBoard.View;
import yikao.leaderboard.Grouping.Grouped;
import yikao.leaderboard.LeaderboardMeters.Kind;
import yikao.leaderboard.StandingIndex.Part;
import yikao.leaderboard.StandingIndex.Ranked;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.participant.ShownBranch;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.web.Problem;

/** Leaderboards, read from indexes in memory that follow the standings. */
@Singleton
public final class Leaderboards {
  private static final int NEIGHBOURS = 3;

  private final Transactions transactions;
  private final Boards boards;
  private final Follower follower;
  private final StandingNames names;
  private final LeaderboardMeters meters;
  private final Organisations organisations;
  private final NodeClock clock;
  private final GroupRanking ranking = new GroupRanking();

  Leaderboards(
      Transactions transactions,
      Boards boards,
      Follower follower,
      StandingNames names,
      LeaderboardMeters meters,
      Organisations organisations,
      NodeClock clock) {
    this.transactions = transactions;
    this.boards = boards;
    this.follower = follower;
    this.names = names;
    this.meters = meters;
    this.organisations = organisations;
    this.clock = clock;
  }

  /**
   * A participant on a leaderboard.
   *
   * @param rank equal for those equal in all
   * @param me whether this is the caller
   */
  public record Place(long rank, String name, ShownBranch branch, Standing standing, boolean me) {}

  /**
   * A branch or organisation on a leaderboard.
   *
   * @param rank absent where the group is no unit
   */
  public record GroupPlace(Optional<Long> rank, Group group) {}

  /**
   * A part of a leaderboard.
   *
   * @param asOf up to when everything committed is in it
   * @param total how many are on it
   */
  public record Board<P>(Instant asOf, long total, List<P> places) {}

  /**
   * A part of a leaderboard of branches or organisations.
   *
   * @param participants of all rows of the board, shown or not
   * @param hidden participants of rows that are not shown anywhere, having too few
   */
  public record GroupBoard(Board<GroupPlace> board, int participants, int hidden) {}

  /**
   * Makes sure that the quiz shows scores now; participants see its leaderboard then.
   *
   * @throws Problem {@code leaderboard-hidden}
   */
  public void checkShown(Quiz quiz) {
    var shown = quiz.shown(clock.instant());
    if (shown.compareTo(What.SCORE) < 0) {
      throw Problem.of(HttpStatus.FORBIDDEN, "leaderboard-hidden");
    }
  }

  /** Participants from an offset on. */
  public Board<Place> participants(BoardOwner owner, int offset, int limit, Optional<UUID> me) {
    return meters.answer(
        Kind.TOP, () -> participants(owner, me, index -> index.page(offset, limit)));
  }

  /** The caller and those around; empty where the caller has no standing. */
  public Board<Place> around(BoardOwner owner, UUID me) {
    return meters.answer(
        Kind.ME, () -> participants(owner, Optional.of(me), index -> index.around(me, NEIGHBOURS)));
  }

  private Board<Place> participants(
      BoardOwner owner, Optional<UUID> me, Function<StandingIndex, Part> read) {
    var now = clock.instant();
    var board = boards.find(transactions.read(), owner);
    if (board.isEmpty()) {
      return new Board<>(now, 0, List.of());
    }
    var view = follower.view(board.get(), me);
    var part = read.apply(view.index());
    var known =
        names.of(board.get(), part.rows().stream().map(r -> r.row().participant()).toList());
    var tree = organisations.tree();
    var places =
        part.rows().stream()
            .map(r -> place(r, known.getOrDefault(r.row().participant(), ""), tree, me))
            .toList();
    return new Board<>(view.asOf(), part.total(), places);
  }

  private static Place place(Ranked ranked, String name, OrganisationTree tree, Optional<UUID> me) {
    var row = ranked.row();
    return new Place(
        ranked.rank(),
        name,
        ShownBranch.of(row.branch(), tree),
        row.standing(),
        me.filter(row.participant()::equals).isPresent());
  }

  /** Branches, those with too few participants left out. */
  public GroupBoard branches(BoardOwner owner, int minimum, int offset, int limit) {
    return groups(
        Kind.BRANCH,
        owner,
        offset,
        limit,
        (index, tree) -> ranking.branches(owner, index, tree, minimum));
  }

  /**
   * The organisations directly below one, each with all below it, and that one itself; or those at
   * the top, and who is in none.
   */
  public GroupBoard organisations(
      BoardOwner owner, Optional<Organisation> under, int minimum, int offset, int limit) {
    return groups(
        Kind.ORGANISATION,
        owner,
        offset,
        limit,
        (index, tree) -> ranking.organisations(owner, index, tree, under, minimum));
  }

  private GroupBoard groups(
      Kind kind,
      BoardOwner owner,
      int offset,
      int limit,
      BiFunction<StandingIndex, OrganisationTree, Grouped> ranked) {
    return meters.answer(
        kind,
        () -> {
          var now = clock.instant();
          var view = view(owner, Optional.empty());
          var grouped =
              view.map(v -> ranked.apply(v.index(), organisations.tree())).orElse(Grouped.NONE);
          var places = grouped.places().stream().skip(offset).limit(limit).toList();
          return new GroupBoard(
              new Board<>(view.map(View::asOf).orElse(now), grouped.places().size(), places),
              grouped.participants(),
              grouped.hidden());
        });
  }

  private Optional<View> view(BoardOwner owner, Optional<UUID> me) {
    return boards.find(transactions.read(), owner).map(id -> follower.view(id, me));
  }
}
