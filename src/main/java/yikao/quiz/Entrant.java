package yikao.quiz;

import java.util.Optional;
import yikao.participant.Participant;

/**
 * Who was let in.
 *
 * @param device by what a person is known who could come by another as well; absent where the
 *     participant is the secret's own, who is nobody without it
 */
public record Entrant(Participant participant, Optional<Device> device) {
  /**
   * The phone by which somebody comes.
   *
   * @param token that opens what is begun with it, the same each time
   * @param proven whether the person has proven to be who it is, so that what was begun with
   *     another phone may go on here
   */
  public record Device(String token, boolean proven) {}

  /** The participant of a secret. */
  public static Entrant of(Participant participant) {
    return new Entrant(participant, Optional.empty());
  }
}
