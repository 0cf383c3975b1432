package yikao.attempt;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What participants have reached, for those who rank them. */
@Singleton
public final class AttemptResults {

  /**
   * One fully marked attempt.
   *
   * @param number of the attempt, counted from 1
   */
  public record Outcome(int number, BigDecimal score, long elapsedMillis, Instant endedAt) {
    /** The outcome of an attempt; absent while it runs or marks are pending. */
    public static Optional<Outcome> of(Attempt attempt) {
      return attempt
          .result()
          .filter(result -> result.score().pending() == 0)
          .flatMap(result ->
              attempt
                  .ending()
                  .map(ending ->
                      new Outcome(
                          attempt.number(),
                          result.score().points(),
                          ending.elapsedMillis(),
                          ending.at())));
    }
  }

  /** The stored outcomes of participants in a quiz, by attempt number. */
  public Map<UUID, SortedMap<Integer, Outcome>> of(
      DSLContext dsl, long quizId, Collection<UUID> participantIds) {
    var outcomes = new HashMap<UUID, SortedMap<Integer, Outcome>>();
    dsl.select(
            ATTEMPT.PARTICIPANT_ID,
            ATTEMPT.NUMBER,
            RESULT.SCORE,
            RESULT.ELAPSED_MILLIS,
            RESULT.ENDED_AT)
        .from(ATTEMPT)
        .join(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID))
        .where(ATTEMPT.QUIZ_ID.eq(quizId))
        .and(ATTEMPT.PARTICIPANT_ID.eq(DSL.any(AttemptStore.sorted(participantIds))))
        .and(RESULT.PENDING.eq(0))
        .forEach(r ->
            outcomes
                .computeIfAbsent(r.value1(), _ -> new TreeMap<>())
                .put(r.value2(), new Outcome(r.value2(), r.value3(), r.value4(), r.value5())));
    return outcomes;
  }
}
