package yikao.quiz;

import jakarta.inject.Singleton;
import java.time.Instant;
import yikao.participant.Guests;
import yikao.quiz.Policies.EntryPolicy;
import yikao.web.Problem;

/** Lets everyone in who gives a name and a branch. */
@Singleton
final class GuestAdmission implements Admission {
  private final Guests guests;

  GuestAdmission(Guests guests) {
    this.guests = guests;
  }

  @Override
  public EntryPolicy policy() {
    return EntryPolicy.EVERYONE;
  }

  @Override
  public Decision decide(Claim claim, Quiz quiz, Instant now) {
    if (!(claim instanceof Claim.Named named)) {
      return new Decision.Refused(Problem.invalid("participant", "missing"));
    }
    try {
      var guest = guests.participant(named.secret(), named.name(), named.branch());
      return new Decision.Admitted(Entrant.of(guest));
    } catch (Problem e) {
      return new Decision.Refused(e);
    }
  }
}
