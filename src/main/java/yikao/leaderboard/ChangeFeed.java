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
import yikao.db.CommitSequence;
import yikao.db.RenderedQuery;
import yikao.db.SequencePosition;
import yikao.db.StatementBatch;

/**
 * Whose standings have changed, by the sequence of the writer. A row is written with the standings,
 * in the same transaction, and kept for some minutes.
 */
@Singleton
final class ChangeFeed {
  private static final RenderedQuery INSERT =
      new RenderedQuery(dsl ->
          dsl.insertInto(
                  STANDING_CHANGE,
                  STANDING_CHANGE.SEQUENCE,
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
   * @param positions the last number of each sequence
   * @param changed the participants, by leaderboard
   */
  record News(Map<Long, Long> positions, Map<Long, Set<UUID>> changed) {}

  /** Says whose standings a transaction changes; returns the last number taken. */
  SequencePosition append(
      StatementBatch changes, Map<Long, ? extends Collection<UUID>> changed, Instant now) {
    var first = CommitSequence.next(changes.transaction(), changed.size(), now);
    var number = first.number();
    for (var board : changed.entrySet()) {
      var participants = board.getValue().toArray(new UUID[0]);
      changes.add(INSERT, first.sequence(), number++, board.getKey(), participants, now);
    }
    return new SequencePosition(first.sequence(), number - 1);
  }

  /** Where the sequences are now. */
  Map<Long, Long> positions(DSLContext dsl) {
    var positions = new HashMap<Long, Long>();
    for (var sequence : CommitSequence.all(dsl)) {
      var last =
          dsl.select(DSL.max(STANDING_CHANGE.NUMBER))
              .from(STANDING_CHANGE)
              .where(STANDING_CHANGE.SEQUENCE.eq(sequence))
              .fetchSingle()
              .value1();
      positions.put(sequence, last == null ? 0L : last);
    }
    return positions;
  }

  /** What came after these positions; of a sequence that is not among them, all that is kept. */
  News after(DSLContext dsl, Map<Long, Long> before) {
    var sequences = CommitSequence.all(dsl);
    var positions = new HashMap<Long, Long>();
    var parts = new ArrayList<Select<Record4<Long, Long, Long, UUID[]>>>();
    for (var sequence : sequences) {
      var position = before.getOrDefault(sequence, 0L);
      positions.put(sequence, position);
      parts.add(part(dsl, sequence, position));
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
      DSLContext dsl, long sequence, long position) {
    return dsl.select(
            STANDING_CHANGE.SEQUENCE,
            STANDING_CHANGE.NUMBER,
            STANDING_CHANGE.LEADERBOARD_ID,
            STANDING_CHANGE.PARTICIPANTS)
        .from(STANDING_CHANGE)
        .where(STANDING_CHANGE.SEQUENCE.eq(sequence))
        .and(STANDING_CHANGE.NUMBER.gt(position));
  }

  private static Select<Record4<Long, Long, Long, UUID[]>> union(
      List<Select<Record4<Long, Long, Long, UUID[]>>> parts) {
    return parts.stream().reduce(Select::unionAll).orElseThrow();
  }

  /** Deletes what is older than it is kept, and sequences that nobody uses any more. */
  void tidy(DSLContext dsl, Instant now) {
    dsl.deleteFrom(STANDING_CHANGE).where(STANDING_CHANGE.CHANGED_AT.lt(now.minus(KEPT))).execute();
    CommitSequence.forget(dsl, now);
  }
}
