package yikao.leaderboard;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import yikao.attempt.ResultListener;
import yikao.db.NodeClock;
import yikao.db.Together;
import yikao.leaderboard.StandingIndex.Row;
import yikao.leaderboard.StandingStore.Placed;

/**
 * Keeps standings in the transaction that stores the results, and says there whose have changed:
 * two statements for a group of any size.
 */
@Singleton
final class StandingWriter implements ResultListener {
  private final LeaderboardIds ids;
  private final StandingStore store;
  private final ChangeFeed feed;
  private final LocalChanges local;
  private final NodeClock clock;

  StandingWriter(
      LeaderboardIds ids,
      StandingStore store,
      ChangeFeed feed,
      LocalChanges local,
      NodeClock clock) {
    this.ids = ids;
    this.store = store;
    this.feed = feed;
    this.local = local;
    this.clock = clock;
  }

  /** A row of a leaderboard; two nodes that store theirs in this order cannot block each other. */
  private record Key(long leaderboard, UUID participant) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::leaderboard).thenComparing(Key::participant);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  @Override
  public void stored(Together changes, List<ParticipantResults> changed) {
    var quizzes = changed.stream().map(c -> c.quiz().id()).distinct().sorted().toList();
    var boards = ids.findOrMake(changes.transaction(), quizzes);
    var byKey = new TreeMap<Key, ParticipantResults>();
    for (var results : changed) {
      var board = Objects.requireNonNull(boards.get(results.quiz().id()));
      byKey.put(new Key(board, results.participantId()), results);
    }
    write(changes, byKey);
    tell(changes, byKey.keySet());
  }

  private void write(Together changes, SequencedMap<Key, ParticipantResults> byKey) {
    var upserts = new ArrayList<Placed>();
    var gone = new TreeMap<Long, Set<UUID>>();
    byKey.forEach((key, results) ->
        Standing.of(results.results(), results.quiz().tries().counting())
            .ifPresentOrElse(
                standing -> upserts.add(placed(key, results, standing)), () -> add(gone, key)));
    store.upsert(changes, upserts);
    gone.forEach((board, participants) -> store.delete(changes, board, participants));
  }

  private static Placed placed(Key key, ParticipantResults results, Standing standing) {
    var branch = Branch.of(results.organisationId(), results.branch());
    return new Placed(key.leaderboard(), new Row(key.participant(), branch, standing));
  }

  private static void add(Map<Long, Set<UUID>> byBoard, Key key) {
    byBoard.computeIfAbsent(key.leaderboard(), _ -> new LinkedHashSet<>()).add(key.participant());
  }

  private void tell(Together changes, Collection<Key> keys) {
    var byBoard = new TreeMap<Long, Set<UUID>>();
    keys.forEach(key -> add(byBoard, key));
    var position = feed.append(changes, byBoard, clock.instant());
    byBoard.forEach((board, participants) -> local.note(board, position, participants));
  }
}
