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
import org.jooq.Record;
import org.jooq.impl.DSL;
import yikao.participant.Participant;
import yikao.quiz.Quiz;
import yikao.scoring.Score;

/** What participants have reached, for those who rank them. */
@Singleton
public final class AttemptResults {

  /**
   * One fully marked attempt that counts.
   *
   * @param number of the attempt, counted from 1
   * @param takenBy with the name and branch it was earned with
   * @param score scaled to the whole paper, so that papers of which a question was voided compare
   */
  public record Outcome(
      int number, Participant takenBy, BigDecimal score, long elapsedMillis, Instant endedAt) {
    /** The outcome of an attempt; absent while it runs or marks are pending, or if set aside. */
    public static Optional<Outcome> of(Attempt attempt, Quiz quiz) {
      if (attempt.annulled()) {
        return Optional.empty();
      }
      return attempt
          .result()
          .filter(result -> result.score().pending() == 0)
          .flatMap(result ->
              attempt
                  .ending()
                  .map(ending ->
                      new Outcome(
                          attempt.number(),
                          attempt.takenBy(),
                          result.score().scaled(quiz.blueprint().points()),
                          ending.elapsedMillis(),
                          ending.at())));
    }
  }

  /** The stored outcomes of participants in a quiz, by attempt number. */
  public Map<UUID, SortedMap<Integer, Outcome>> of(
      DSLContext dsl, Quiz quiz, Collection<UUID> participantIds) {
    var outcomes = new HashMap<UUID, SortedMap<Integer, Outcome>>();
    dsl.select(
            ATTEMPT.PARTICIPANT_ID,
            ATTEMPT.NUMBER,
            ATTEMPT.NAME,
            ATTEMPT.ORGANISATION_ID,
            ATTEMPT.BRANCH,
            RESULT.SCORE,
            RESULT.MAX_SCORE,
            RESULT.ELAPSED_MILLIS,
            RESULT.ENDED_AT)
        .from(ATTEMPT)
        .join(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID))
        .where(ATTEMPT.QUIZ_ID.eq(quiz.id()))
        .and(ATTEMPT.PARTICIPANT_ID.eq(DSL.any(AttemptStore.sorted(participantIds))))
        .and(ATTEMPT.ANNULLED.isFalse())
        .and(RESULT.PENDING.eq(0))
        .forEach(r ->
            outcomes
                .computeIfAbsent(r.value1(), _ -> new TreeMap<>())
                .put(r.value2(), outcome(r, quiz)));
    return outcomes;
  }

  private static Outcome outcome(Record r, Quiz quiz) {
    var score = new Score(r.get(RESULT.SCORE), r.get(RESULT.MAX_SCORE), 0);
    return new Outcome(
        r.get(ATTEMPT.NUMBER),
        AttemptStore.takenBy(r),
        score.scaled(quiz.blueprint().points()),
        r.get(RESULT.ELAPSED_MILLIS),
        r.get(RESULT.ENDED_AT));
  }
}
