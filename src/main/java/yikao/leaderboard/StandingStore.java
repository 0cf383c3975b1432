package yikao.leaderboard;

import static yikao.db.jooq.Tables.STANDING;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record6;
import org.jooq.SQLDialect;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.Lookup;
import yikao.db.Prepared;
import yikao.db.Together;
import yikao.leaderboard.StandingIndex.Row;

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
          STANDING.SCORE,
          STANDING.ELAPSED_MILLIS,
          STANDING.REACHED_AT);

  private static final Bulk UPSERT = Bulk.upsert(STANDING, KEYS, COLUMNS);

  private static final Prepared DELETE =
      new Prepared(dsl ->
          dsl.deleteFrom(STANDING)
              .where(STANDING.LEADERBOARD_ID.eq(0L))
              .and(Lookup.among(STANDING.PARTICIPANT_ID)));

  private static final int FETCHED = 2_000;

  /** H2 makes a whole result in memory before it hands out the first row. */
  private static final int H2_PAGE = 20_000;

  /** A row and the leaderboard that it is on. */
  record Placed(long leaderboard, Row row) {}

  /** Stores rows, in the order of their keys; each key occurs once. */
  void upsert(Together changes, SequencedCollection<Placed> rows) {
    if (!rows.isEmpty()) {
      UPSERT.addTo(changes, rows.stream().map(StandingStore::values).toList());
    }
  }

  private static Object[] values(Placed placed) {
    var row = placed.row();
    return new Object[] {
      placed.leaderboard(),
      row.participant(),
      row.branch() instanceof Branch.Known known ? known.organisationId() : null,
      row.branch() instanceof Branch.Written written ? written.name() : null,
      row.standing().score(),
      row.standing().elapsedMillis(),
      row.standing().reachedAt()
    };
  }

  /** Removes participants from a leaderboard. */
  void delete(Together changes, long leaderboard, Collection<UUID> participants) {
    changes.add(DELETE, leaderboard, participants.toArray(new UUID[0]));
  }

  /** The rows of participants, as they are now; of some there may be none. */
  List<Row> find(DSLContext dsl, long leaderboard, Collection<UUID> participants) {
    return select(dsl, leaderboard)
        .and(STANDING.PARTICIPANT_ID.eq(DSL.any(participants.toArray(new UUID[0]))))
        .fetch(StandingStore::row);
  }

  /** Hands out all rows of a leaderboard, without holding them. */
  void forEach(DSLContext dsl, long leaderboard, Consumer<Row> action) {
    if (dsl.dialect().family() == SQLDialect.H2) {
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

  private static void forEachByPages(DSLContext dsl, long leaderboard, Consumer<Row> action) {
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

  private static Row row(Record r) {
    return new Row(
        Objects.requireNonNull(r.get(STANDING.PARTICIPANT_ID)),
        Branch.of(
            Optional.ofNullable(r.get(STANDING.ORGANISATION_ID)),
            Optional.ofNullable(r.get(STANDING.BRANCH))),
        new Standing(
            r.get(STANDING.SCORE), r.get(STANDING.ELAPSED_MILLIS), r.get(STANDING.REACHED_AT)));
  }
}
