package yikao.quiz;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import yikao.org.MemberProofs;
import yikao.participant.Branches;
import yikao.quiz.Policies.EntryPolicy;
import yikao.web.Problem;
import yikao.web.ShownText;

/** Lets in who is on a quiz's roster, by name and branch. */
@Singleton
final class MemberAdmission implements Admission {
  private static final int MAX_NAME = 50;

  private final Rosters rosters;
  private final Branches branches;
  private final Identification identification;

  MemberAdmission(Rosters rosters, Branches branches, Identification identification) {
    this.rosters = rosters;
    this.branches = branches;
    this.identification = identification;
  }

  @Override
  public EntryPolicy policy() {
    return EntryPolicy.MEMBERS;
  }

  @Override
  public Decision decide(Claim claim, Quiz quiz, Instant now) {
    if (!(claim instanceof Claim.Named named)) {
      return new Decision.Refused(Problem.invalid("participant", "missing"));
    }
    try {
      return new Decision.Admitted(entrant(named, quiz));
    } catch (Problem e) {
      return new Decision.Refused(e);
    }
  }

  private Entrant entrant(Claim.Named claim, Quiz quiz) {
    var name = ShownText.line("participant.name", claim.name(), 1, MAX_NAME);
    var in = branches.readMembers("participant.branch", claim.branch());
    var candidates = rosters.candidates(quiz, in.organisationId(), MemberProofs.nameKey(name));
    if (candidates.isEmpty()) {
      throw Problem.of(HttpStatus.FORBIDDEN, "member.not-listed");
    }
    return identification.entrant(quiz, claim, candidates);
  }
}
