package yikao.leaderboard;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import yikao.db.NodeClock;
import yikao.db.RepeatedWork;
import yikao.db.Transactions;
import yikao.leaderboard.FollowedBoard.View;
import yikao.web.Problem;

/**
 * Keeps the indexes of leaderboards that somebody has looked at in the last hour: the feed is asked
 * what is new, five times a second or when a reader waits for it, and only those participants are
 * read again. While the database is disconnected the indexes stay as they are, and say so by their
 * {@code asOf}.
 */
@Singleton
final class Follower implements ApplicationEventListener<ServerStartupEvent> {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration TIDY = Duration.ofSeconds(30);
  private static final Duration UNLOADED = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Half of what the feed keeps. */
  private static final Duration TOO_LONG = ChangeFeed.KEPT.dividedBy(2);

  private final Transactions transactions;
  private final StandingStore store;
  private final ChangeFeed feed;
  private final LocalChanges local;
  private final NodeClock clock;
  private final Duration tooLong;
  private final Map<Long, FollowedBoard> boards = new ConcurrentHashMap<>();
  private final RepeatedWork polls =
      new RepeatedWork("leaderboards", INTERVAL, _ -> poll(), () -> {});

  /** How far the indexes are; empty before the first poll, and while nothing is followed. */
  private volatile Map<Long, Long> positions = Map.of();

  private volatile Instant asOf = Instant.EPOCH;
  private long lastPoll;
  private long lastTidy = System.nanoTime();

  @Inject
  Follower(
      Transactions transactions,
      StandingStore store,
      ChangeFeed feed,
      LocalChanges local,
      NodeClock clock) {
    this(transactions, store, feed, local, clock, TOO_LONG);
  }

  /**
   * A follower that is to be started.
   *
   * @param tooLong after how long without a poll everything is read again
   */
  Follower(
      Transactions transactions,
      StandingStore store,
      ChangeFeed feed,
      LocalChanges local,
      NodeClock clock,
      Duration tooLong) {
    this.tooLong = tooLong;
    this.transactions = transactions;
    this.store = store;
    this.feed = feed;
    this.local = local;
    this.clock = clock;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    start();
  }

  void start() {
    polls.start();
  }

  /**
   * The index of a leaderboard; loaded where it is not. Who has just been ranked by this node is in
   * it.
   *
   * @param me the reader, where known
   * @throws Problem {@code database-disconnected} where it cannot be loaded now
   */
  View view(long leaderboard, Optional<UUID> me) {
    var board = board(leaderboard);
    var view = board.view().orElseGet(() -> board.load(this::followed));
    if (local.concern(leaderboard, me, positions) && polls.await(PATIENCE)) {
      return board.view().orElse(view);
    }
    return view;
  }

  private FollowedBoard board(long leaderboard) {
    return Objects.requireNonNull(
        boards.compute(
            leaderboard,
            (id, board) ->
                (board == null ? new FollowedBoard(id, transactions.read(), store) : board)
                    .looked()));
  }

  private void unload() {
    for (var id : boards.keySet()) {
      boards.computeIfPresent(
          id, (_, board) -> board.isForgotten(UNLOADED.toNanos()) ? null : board);
    }
  }

  /** Since when everything that is committed is followed. */
  private Instant followed() {
    if (!polls.await(PATIENCE)) {
      throw Problem.unavailable("database-disconnected", PATIENCE);
    }
    return asOf;
  }

  private void poll() {
    unload();
    if (boards.isEmpty()) {
      positions = Map.of();
    } else {
      follow();
    }
    if (isOver(lastTidy, TIDY)) {
      lastTidy = System.nanoTime();
      feed.tidy(transactions.read(), clock.instant());
    }
  }

  private static boolean isOver(long since, Duration time) {
    return System.nanoTime() - since > time.toNanos();
  }

  private void follow() {
    var now = clock.instant();
    if (positions.isEmpty() || isOver(lastPoll, tooLong)) {
      begin(now);
    } else {
      var news = feed.after(transactions.read(), positions);
      // those that were added since are included: their loading relies on it
      boards.forEach((id, board) -> board.follow(news.changed().getOrDefault(id, Set.of()), now));
      positions = Map.copyOf(news.positions());
    }
    lastPoll = System.nanoTime();
    asOf = now;
  }

  /** Takes up following from where the feed is; what came before is in what is read after it. */
  private void begin(Instant now) {
    var from = feed.positions(transactions.read());
    boards.values().forEach(board -> board.reload(now));
    positions = Map.copyOf(from);
  }

  /** How many leaderboards are followed. */
  int followedBoards() {
    return boards.size();
  }

  /** How many standings are in the indexes. */
  long followedStandings() {
    return boards.values().stream()
        .flatMap(b -> b.view().stream())
        .mapToLong(v -> v.index().size())
        .sum();
  }

  /** How old the indexes are, in seconds; 0 while nothing is followed. */
  double lag() {
    return positions.isEmpty()
        ? 0
        : Duration.between(asOf, clock.instant()).toMillis()
            / (double) TimeUnit.SECONDS.toMillis(1);
  }

  @PreDestroy
  void close() {
    polls.close();
  }
}
