package yikao.leaderboard;

import static yikao.db.jooq.Tables.LEADERBOARD;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The leaderboards of quizzes. Which one a quiz has never changes, so it is kept once it has been
 * found by a transaction other than the one that made it: that one may be rolled back.
 */
@Singleton
final class LeaderboardIds {
  private static final int MOST = 100_000;

  private final Cache<Long, Long> known = Caffeine.newBuilder().maximumSize(MOST).build();

  /** Transactions that made a leaderboard, by quiz. */
  private final Cache<Long, DSLContext> makers =
      Caffeine.newBuilder().weakValues().maximumSize(MOST).build();

  /** The leaderboard of a quiz; absent where nobody has a result. */
  Optional<Long> find(DSLContext dsl, long quizId) {
    return Optional.ofNullable(find(dsl, java.util.Set.of(quizId)).get(quizId));
  }

  /** The leaderboards of quizzes; one that is missing is made. */
  Map<Long, Long> findOrMake(DSLContext transaction, Collection<Long> quizIds) {
    var found = find(transaction, quizIds);
    for (var quizId : quizIds) {
      found.computeIfAbsent(quizId, id -> make(transaction, id));
    }
    return found;
  }

  @SuppressWarnings("ReferenceEquality") // the very same transaction
  private Map<Long, Long> find(DSLContext dsl, Collection<Long> quizIds) {
    var found = new HashMap<>(known.getAllPresent(quizIds));
    var missing = quizIds.stream().filter(id -> !found.containsKey(id)).toArray(Long[]::new);
    if (missing.length > 0) {
      dsl.select(LEADERBOARD.QUIZ_ID, LEADERBOARD.ID)
          .from(LEADERBOARD)
          .where(LEADERBOARD.QUIZ_ID.eq(DSL.any(missing)))
          .forEach(r -> {
            found.put(r.value1(), r.value2());
            if (makers.getIfPresent(r.value1()) != dsl) {
              known.put(r.value1(), r.value2());
            }
          });
    }
    return found;
  }

  private long make(DSLContext transaction, long quizId) {
    makers.put(quizId, transaction);
    return transaction
        .insertInto(LEADERBOARD)
        .set(LEADERBOARD.QUIZ_ID, quizId)
        .returningResult(LEADERBOARD.ID)
        .fetchSingle()
        .value1();
  }
}
