package yikao.taking;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import yikao.access.StartLimit;
import yikao.attempt.Attempts;
import yikao.attempt.Attempts.Begun;
import yikao.db.NodeClock;
import yikao.participant.Guests;
import yikao.quiz.Admissions;
import yikao.quiz.Claim;
import yikao.quiz.Entrant;
import yikao.quiz.Quiz;
import yikao.web.Problem;

/** A start, from the claim to the running attempt. */
@Singleton
public final class Starts {
  private final Admissions admissions;
  private final Attempts attempts;
  private final Guests guests;
  private final StartLimit limit;
  private final NodeClock clock;

  Starts(
      Admissions admissions, Attempts attempts, Guests guests, StartLimit limit, NodeClock clock) {
    this.admissions = admissions;
    this.attempts = attempts;
    this.guests = guests;
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * Lets the claim pass and starts, or resumes.
   *
   * @throws Problem where a field is wrong, the claim or the start is refused, or it is to come
   *     again
   */
  public Begun start(HttpRequest<?> request, Quiz quiz, Claim claim) {
    var entrant = admit(request, quiz, claim);
    return limit.counted(request, entrant.participant().id(), () -> attempts.start(quiz, entrant));
  }

  /** Wrong fields are said at once, and as often as it takes. */
  private Entrant admit(HttpRequest<?> request, Quiz quiz, Claim claim) {
    try {
      return admissions.admit(claim, quiz, clock.instant());
    } catch (Problem e) {
      if (e.status() != HttpStatus.UNPROCESSABLE_ENTITY) {
        limit.refused(request, guests.id(claim.secret()));
      }
      throw e;
    }
  }
}
