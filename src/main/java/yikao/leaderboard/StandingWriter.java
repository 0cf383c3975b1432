package yikao.leaderboard;

import static yikao.db.jooq.Tables.LEADERBOARD;
import static yikao.db.jooq.Tables.STANDING;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.attempt.ResultListener;

/** Keeps standings in the transaction that stores the results. */
@Singleton
final class StandingWriter implements ResultListener {

  @Override
  public void stored(DSLContext dsl, List<ParticipantResults> changed) {
    var boards = boards(dsl, changed.stream().map(c -> c.quiz().id()).distinct().toList());
    var upserts = new ArrayList<Object[]>();
    var gone = new HashMap<Long, List<UUID>>();
    changed.stream()
        .sorted(Comparator.comparing(ParticipantResults::participantId))
        .forEach(c -> {
          var board = java.util.Objects.requireNonNull(boards.get(c.quiz().id()));
          Standing.of(c.results(), c.quiz().tries().counting())
              .ifPresentOrElse(
                  s -> upserts.add(values(board, c, s)),
                  () -> gone.computeIfAbsent(board, _ -> new ArrayList<>()).add(c.participantId()));
        });
    upsert(dsl, upserts);
    gone.forEach((board, ids) ->
        dsl.deleteFrom(STANDING)
            .where(STANDING.LEADERBOARD_ID.eq(board))
            .and(STANDING.PARTICIPANT_ID.eq(DSL.any(ids.toArray(new UUID[0]))))
            .execute());
  }

  private static Object[] values(long board, ParticipantResults c, Standing s) {
    var branch = c.organisationId().orElse(null);
    var written = c.branch().orElse(null);
    return new Object[] {
      board,
      c.participantId(),
      branch,
      written,
      s.score(),
      s.elapsedMillis(),
      s.reachedAt(),
      branch,
      written,
      s.score(),
      s.elapsedMillis(),
      s.reachedAt()
    };
  }

  private static void upsert(DSLContext dsl, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    dsl.batch(
            dsl.insertInto(
                    STANDING,
                    STANDING.LEADERBOARD_ID,
                    STANDING.PARTICIPANT_ID,
                    STANDING.ORGANISATION_ID,
                    STANDING.BRANCH,
                    STANDING.SCORE,
                    STANDING.ELAPSED_MILLIS,
                    STANDING.REACHED_AT)
                .values((Long) null, null, null, null, null, null, null)
                .onConflict(STANDING.LEADERBOARD_ID, STANDING.PARTICIPANT_ID)
                .doUpdate()
                .set(STANDING.ORGANISATION_ID, (Long) null)
                .set(STANDING.BRANCH, (String) null)
                .set(STANDING.SCORE, (BigDecimal) null)
                .set(STANDING.ELAPSED_MILLIS, (Long) null)
                .set(STANDING.REACHED_AT, (Instant) null))
        .bind(rows.toArray(Object[][]::new))
        .execute();
  }

  /** The leaderboards of quizzes; one that is missing is made. */
  private static Map<Long, Long> boards(DSLContext dsl, List<Long> quizIds) {
    var boards =
        new HashMap<>(
            dsl.select(LEADERBOARD.QUIZ_ID, LEADERBOARD.ID)
                .from(LEADERBOARD)
                .where(LEADERBOARD.QUIZ_ID.eq(DSL.any(quizIds.toArray(new Long[0]))))
                .fetchMap(LEADERBOARD.QUIZ_ID, LEADERBOARD.ID));
    for (var quizId : quizIds) {
      boards.computeIfAbsent(
          quizId,
          id ->
              dsl.insertInto(LEADERBOARD)
                  .set(LEADERBOARD.QUIZ_ID, id)
                  .returningResult(LEADERBOARD.ID)
                  .fetchSingle()
                  .value1());
    }
    return boards;
  }
}
