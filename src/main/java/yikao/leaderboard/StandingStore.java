package yikao.leaderboard;

import static yikao.db.jooq.Tables.STANDING;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record6;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.Dialect;
import yikao.db.Lookup;
import yikao.db.RenderedQuery;
import yikao.db.StatementBatch;
import yikao.leaderboard.StandingIndex.Ranking;
import yikao.participant.Branch;

/** The rows of standings. */
@Singleton
final class StandingStore {
  private static final List<Field<?>> KEYS =
      List.of(STANDING.LEADERBOARD_ID, STANDING.PARTICIPANT_ID);

  private static final List<Field<?>> COLUMNS =
      List.of(
          STANDING.LEADERBOARD_ID,
          STANDING.PARTICIPANT_ID,
          STANDING.ORGANISATION_ID,
          STANDING.BRANCH,
          STANDING.NAME,
          STANDING.SCORE,
          STANDING.ELAPSED_MILLIS,
          STANDING.REACHED_AT);

  private static final Bulk UPSERT = Bulk.upsert(STANDING, KEYS, COLUMNS);

  private static final RenderedQuery DELETE =
      new RenderedQuery(dsl ->
          dsl.deleteFrom(STANDING)
              .where(STANDING.LEADERBOARD_ID.eq(0L))
              .and(Lookup.among(STANDING.PARTICIPANT_ID)));

  private static final int FETCHED = 2_000;

  /** H2 makes a whole result in memory before it hands out the first row. */
  private static final int H2_PAGE = 20_000;

  /** A row, the leaderboard that it is on, and the name that it shows there. */
  record Placed(long leaderboard, Ranking row, String name) {}

  /** Stores rows, in the order of their keys; each key occurs once. */
  void upsert(StatementBatch changes, SequencedCollection<Placed> rows) {
    if (!rows.isEmpty()) {
      UPSERT.addTo(changes, rows.stream().map(StandingStore::values).toList());
    }
  }

  private static Object[] values(Placed placed) {
    var row = placed.row();
    return new Object[] {
      placed.leaderboard(),
      row.participant(),
      row.branch().known().orElse(null),
      row.branch().named().orElse(null),
      placed.name(),
      row.standing().score(),
      row.standing().elapsedMillis(),
      row.standing().reachedAt()
    };
  }

  /** Removes participants from a leaderboard. */
  void delete(StatementBatch changes, long leaderboard, Collection<UUID> participants) {
    changes.add(DELETE, leaderboard, participants.toArray(new UUID[0]));
  }

  /** The rows of participants, as they are now; of some there may be none. */
  List<Ranking> find(DSLContext dsl, long leaderboard, Collection<UUID> participants) {
    return select(dsl, leaderboard)
        .and(STANDING.PARTICIPANT_ID.eq(DSL.any(participants.toArray(new UUID[0]))))
        .fetch(StandingStore::row);
  }

  /** The names of participants on a leaderboard. */
  Map<UUID, String> names(DSLContext dsl, long leaderboard, Collection<UUID> participants) {
    return dsl.select(STANDING.PARTICIPANT_ID, STANDING.NAME)
        .from(STANDING)
        .where(STANDING.LEADERBOARD_ID.eq(leaderboard))
        .and(STANDING.PARTICIPANT_ID.eq(DSL.any(participants.toArray(new UUID[0]))))
        .fetchMap(STANDING.PARTICIPANT_ID, STANDING.NAME);
  }

  /** Hands out all rows of a leaderboard, without holding them. */
  void forEach(DSLContext dsl, long leaderboard, Consumer<Ranking> action) {
    if (Dialect.of(dsl) == Dialect.H2) {
      forEachByPages(dsl, leaderboard, action);
      return;
    }
    // the driver fetches piece by piece only inside a transaction
    dsl.transaction(c -> {
      try (var rows = select(c.dsl(), leaderboard).fetchSize(FETCHED).fetchLazy()) {
        rows.forEach(r -> action.accept(row(r)));
      }
    });
  }

  private static void forEachByPages(DSLContext dsl, long leaderboard, Consumer<Ranking> action) {
    var last = Optional.<UUID>empty();
    do {
      var after = last.map(STANDING.PARTICIPANT_ID::gt).orElseGet(DSL::noCondition);
      var page =
          select(dsl, leaderboard)
              .and(after)
              .orderBy(STANDING.PARTICIPANT_ID)
              .limit(H2_PAGE)
              .fetch(StandingStore::row);
      page.forEach(action);
      last = page.size() < H2_PAGE ? Optional.empty() : Optional.of(page.getLast().participant());
    } while (last.isPresent());
  }

  private static SelectConditionStep<Record6<UUID, Long, String, BigDecimal, Long, Instant>> select(
      DSLContext dsl, long leaderboard) {
    return dsl.select(
            STANDING.PARTICIPANT_ID,
            STANDING.ORGANISATION_ID,
            STANDING.BRANCH,
            STANDING.SCORE,
            STANDING.ELAPSED_MILLIS,
            STANDING.REACHED_AT)
        .from(STANDING)
        .where(STANDING.LEADERBOARD_ID.eq(leaderboard));
  }

  private static Ranking row(Record r) {
    return new Ranking(
        Objects.requireNonNull(r.get(STANDING.PARTICIPANT_ID)),
        Branch.of(
            Optional.ofNullable(r.get(STANDING.ORGANISATION_ID)),
            Optional.ofNullable(r.get(STANDING.BRANCH))),
        new Standing(
            r.get(STANDING.SCORE), r.get(STANDING.ELAPSED_MILLIS), r.get(STANDING.REACHED_AT)));
  }
}
