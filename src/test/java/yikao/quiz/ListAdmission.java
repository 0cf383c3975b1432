package yikao.quiz;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import yikao.participant.Guests;
import yikao.quiz.Policies.EntryPolicy;
import yikao.web.Problem;

/** A second way in, of the tests: only for those whose names are on its list. */
@Singleton
@Requires(property = "test.admission")
final class ListAdmission implements Admission {
  private static final Set<String> NAMES = Set.of("王小明", "李小红");
  private final Guests guests;

  ListAdmission(Guests guests) {
    this.guests = guests;
  }

  @Override
  public EntryPolicy policy() {
    return EntryPolicy.INVITATION;
  }

  @Override
  public Decision decide(Claim claim, Quiz quiz, Instant now) {
    if (!(claim instanceof Claim.Named named) || !NAMES.contains(named.name())) {
      return new Decision.Refused(Problem.of(HttpStatus.FORBIDDEN, "test.not-on-the-list"));
    }
    var guest = guests.participant(named.secret(), named.name(), named.branch());
    return new Decision.Admitted(Entrant.of(guest));
  }
}
