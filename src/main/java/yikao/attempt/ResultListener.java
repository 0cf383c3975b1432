package yikao.attempt;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.db.Together;
import yikao.quiz.Quiz;

/** What else must happen, in the same transaction, when results are stored. */
public interface ResultListener {

  /** Called for all or some of what changed in a transaction; adds what is to be written. */
  void stored(Together changes, List<ParticipantResults> changed);

  /**
   * All results that a participant has in a quiz, after the change.
   *
   * @param results fully marked, by attempt number; empty where none is left
   */
  record ParticipantResults(
      Quiz quiz,
      UUID participantId,
      Optional<Long> organisationId,
      Optional<String> branch,
      List<Outcome> results) {
    public ParticipantResults {
      results = List.copyOf(results);
    }
  }

  /**
   * One fully marked attempt.
   *
   * @param number of the attempt, counted from 1
   */
  record Outcome(int number, BigDecimal score, long elapsedMillis, Instant endedAt) {}
}
