package yikao.leaderboard;

import static yikao.db.jooq.Tables.STANDING_CHANGE;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.jooq.Select;
import org.jooq.impl.DSL;
import yikao.db.Lane;
import yikao.db.LanePosition;
import yikao.db.Prepared;
import yikao.db.Together;

/**
 * Whose standings have changed, by the lane of the writer. A row is written with the standings, in
 * the same transaction, and kept for some minutes.
 */
@Singleton
final class ChangeFeed {
  private static final Prepared INSERT =
      new Prepared(dsl ->
          dsl.insertInto(
                  STANDING_CHANGE,
                  STANDING_CHANGE.LANE,
                  STANDING_CHANGE.NUMBER,
                  STANDING_CHANGE.LEADERBOARD_ID,
                  STANDING_CHANGE.PARTICIPANTS,
                  STANDING_CHANGE.CHANGED_AT)
              .values((Long) null, null, null, null, null));

  /** Who has not looked for longer has missed something. */
  static final Duration KEPT = Duration.ofMinutes(10);

  /**
   * What is new in the feed.
   *
   * @param positions the last number of each lane
   * @param changed the participants, by leaderboard
   */
  record News(Map<Long, Long> positions, Map<Long, Set<UUID>> changed) {}

  /** Says whose standings a transaction changes; returns the last number taken. */
  LanePosition append(
      Together changes, Map<Long, ? extends Collection<UUID>> changed, Instant now) {
    var first = Lane.next(changes.transaction(), changed.size(), now);
    var number = first.number();
    for (var board : changed.entrySet()) {
      var participants = board.getValue().toArray(new UUID[0]);
      changes.add(INSERT, first.lane(), number++, board.getKey(), participants, now);
    }
    return new LanePosition(first.lane(), number - 1);
  }

  /** Where the lanes are now. */
  Map<Long, Long> positions(DSLContext dsl) {
    var positions = new HashMap<Long, Long>();
    for (var lane : Lane.all(dsl)) {
      var last =
          dsl.select(DSL.max(STANDING_CHANGE.NUMBER))
              .from(STANDING_CHANGE)
              .where(STANDING_CHANGE.LANE.eq(lane))
              .fetchSingle()
              .value1();
      positions.put(lane, last == null ? 0L : last);
    }
    return positions;
  }

  /** What came after these positions; of a lane that is not among them, all that is kept. */
  News after(DSLContext dsl, Map<Long, Long> before) {
    var lanes = Lane.all(dsl);
    var positions = new HashMap<Long, Long>();
    var parts = new ArrayList<Select<Record4<Long, Long, Long, UUID[]>>>();
    for (var lane : lanes) {
      var position = before.getOrDefault(lane, 0L);
      positions.put(lane, position);
      parts.add(part(dsl, lane, position));
    }
    var changed = new HashMap<Long, Set<UUID>>();
    union(parts)
        .forEach(row -> {
          positions.merge(row.value1(), row.value2(), Math::max);
          changed
              .computeIfAbsent(row.value3(), _ -> new LinkedHashSet<>())
              .addAll(List.of(row.value4()));
        });
    return new News(positions, changed);
  }

  private static Select<Record4<Long, Long, Long, UUID[]>> part(
      DSLContext dsl, long lane, long position) {
    return dsl.select(
            STANDING_CHANGE.LANE,
            STANDING_CHANGE.NUMBER,
            STANDING_CHANGE.LEADERBOARD_ID,
            STANDING_CHANGE.PARTICIPANTS)
        .from(STANDING_CHANGE)
        .where(STANDING_CHANGE.LANE.eq(lane))
        .and(STANDING_CHANGE.NUMBER.gt(position));
  }

  private static Select<Record4<Long, Long, Long, UUID[]>> union(
      List<Select<Record4<Long, Long, Long, UUID[]>>> parts) {
    return parts.stream().reduce(Select::unionAll).orElseThrow();
  }

  /** Deletes what is older than it is kept, and lanes that nobody uses any more. */
  void tidy(DSLContext dsl, Instant now) {
    dsl.deleteFrom(STANDING_CHANGE).where(STANDING_CHANGE.CHANGED_AT.lt(now.minus(KEPT))).execute();
    Lane.forget(dsl, now);
  }
}
