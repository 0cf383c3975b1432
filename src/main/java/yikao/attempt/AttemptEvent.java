package yikao.attempt;

import yikao.participant.Participant;
import yikao.quiz.Quiz;

/** What has happened to an attempt, in the transaction that is about to store it. */
public sealed interface AttemptEvent {
  /** The attempt as it is after that. */
  Attempt attempt();

  /** Whose it is, with the name and branch of this attempt. */
  default Participant participant() {
    return attempt().takenBy();
  }

  /**
   * Its quiz: in the newest revision where it was marked again or reopened, otherwise in the one
   * that the attempt started with.
   */
  Quiz quiz();

  /** It has started. */
  record Started(Attempt attempt, Quiz quiz) implements AttemptEvent {}

  /** It has ended, and is marked. */
  record Ended(Attempt attempt, Quiz quiz) implements AttemptEvent {}

  /** It was marked again; what came before may have had other marks. */
  record Remarked(Attempt before, Attempt attempt, Quiz quiz) implements AttemptEvent {}

  /** It had ended, and runs again; its result is gone. */
  record Reopened(Attempt before, Attempt attempt, Quiz quiz) implements AttemptEvent {}

  /** Its name or branch was corrected, while it runs or afterwards. */
  record Corrected(Attempt before, Attempt attempt, Quiz quiz) implements AttemptEvent {}

  /** It was set aside after its end: its result stays on record and counts for nothing. */
  record Annulled(Attempt before, Attempt attempt, Quiz quiz) implements AttemptEvent {}
}
