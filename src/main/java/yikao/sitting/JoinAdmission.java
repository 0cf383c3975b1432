package yikao.sitting;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import yikao.quiz.Admission;
import yikao.quiz.Claim;
import yikao.quiz.Identification;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Quiz;
import yikao.web.Problem;

/** Lets in who has the code of an open session, and has chosen a name from its list. */
@Singleton
final class JoinAdmission implements Admission {
  private final OpenSittings sittings;
  private final Identification identification;

  JoinAdmission(OpenSittings sittings, Identification identification) {
    this.sittings = sittings;
    this.identification = identification;
  }

  @Override
  public EntryPolicy policy() {
    return EntryPolicy.JOIN_CODE;
  }

  @Override
  public Decision decide(Claim claim, Quiz quiz, Instant now) {
    if (!(claim instanceof Claim.Joined joined)) {
      return new Decision.Refused(Problem.invalid("join", "missing"));
    }
    if (sittings.find(joined.code()).filter(s -> s.quiz().equals(quiz.code())).isEmpty()) {
      return new Decision.Refused(Problem.of(HttpStatus.FORBIDDEN, "sitting.wrong-code"));
    }
    try {
      return identification
          .chosen(quiz, joined.member(), joined)
          .<Decision>map(Decision.Admitted::new)
          .orElseGet(
              () -> new Decision.Refused(Problem.of(HttpStatus.FORBIDDEN, "member.not-listed")));
    } catch (Problem e) {
      return new Decision.Refused(e);
    }
  }
}
