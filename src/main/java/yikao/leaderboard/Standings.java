package yikao.leaderboard;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import yikao.db.NodeClock;
import yikao.db.StatementBatch;
import yikao.leaderboard.StandingIndex.Ranking;
import yikao.leaderboard.StandingStore.Placed;
import yikao.participant.Participant;

/**
 * Stores standings in the transaction of whatever they come from, and says there whose have
 * changed: two statements for any number. Boards of quizzes are kept by {@link StandingsListener};
 * whoever owns a board of another kind stores its standings here.
 */
@Singleton
public final class Standings {
  private final Boards boards;
  private final StandingStore store;
  private final ChangeFeed feed;
  private final LocalChanges local;
  private final NodeClock clock;

  Standings(
      Boards boards, StandingStore store, ChangeFeed feed, LocalChanges local, NodeClock clock) {
    this.boards = boards;
    this.store = store;
    this.feed = feed;
    this.local = local;
    this.clock = clock;
  }

  /**
   * What a participant has reached on a board.
   *
   * @param participant with the name and branch that the board shows
   * @param standing absent: none any more
   */
  public record Reached(BoardOwner board, Participant participant, Optional<Standing> standing) {}

  /** A row of a leaderboard; two nodes that store theirs in this order cannot block each other. */
  private record Position(long board, UUID participant) implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
        Comparator.comparingLong(Position::board).thenComparing(Position::participant);

    @Override
    public int compareTo(Position other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Adds the statements that store what participants have reached.
   *
   * @param reached of several of one participant on one board the last counts
   */
  public void store(StatementBatch changes, Collection<Reached> reached) {
    if (reached.isEmpty()) {
      return;
    }
    var owners = new LinkedHashSet<BoardOwner>();
    reached.forEach(r -> owners.add(r.board()));
    var ids = boards.findOrMake(changes.transaction(), owners);
    var byPosition = new TreeMap<Position, Reached>();
    for (var one : reached) {
      var board = Objects.requireNonNull(ids.get(one.board()));
      byPosition.put(new Position(board, one.participant().id()), one);
    }
    write(changes, byPosition);
    announce(changes, byPosition.keySet());
  }

  private void write(StatementBatch changes, Map<Position, Reached> byPosition) {
    var upserts = new ArrayList<Placed>();
    var gone = new TreeMap<Long, Set<UUID>>();
    byPosition.forEach((position, reached) ->
        reached
            .standing()
            .ifPresentOrElse(
                standing -> upserts.add(placed(position, reached, standing)),
                () -> add(gone, position)));
    store.upsert(changes, upserts);
    gone.forEach((board, participants) -> store.delete(changes, board, participants));
  }

  private static Placed placed(Position position, Reached reached, Standing standing) {
    return new Placed(
        position.board(),
        new Ranking(position.participant(), reached.participant().branch(), standing),
        reached.participant().name());
  }

  private static void add(Map<Long, Set<UUID>> byBoard, Position position) {
    byBoard.computeIfAbsent(position.board(), _ -> new TreeSet<>()).add(position.participant());
  }

  private void announce(StatementBatch changes, Collection<Position> positions) {
    var byBoard = new TreeMap<Long, Set<UUID>>();
    positions.forEach(position -> add(byBoard, position));
    var position = feed.append(changes, byBoard, clock.instant());
    byBoard.forEach((board, participants) -> local.note(board, position, participants));
  }
}
