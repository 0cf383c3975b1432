package yikao.quiz;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import yikao.access.Guesses;
import yikao.org.MemberProofs;
import yikao.participant.Branch;
import yikao.participant.Branches;
import yikao.participant.Guests;
import yikao.participant.Participant;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.RosterStore.Candidate;
import yikao.web.Problem;
import yikao.web.ShownText;

/**
 * Lets in who is on a quiz's roster, by name and branch. Where two of a branch have one name, or
 * the quiz asks for it, also by the last four digits of the phone; with these one is let in on a
 * second phone as well.
 */
@Singleton
final class MemberAdmission implements Admission {
  private static final int MAX_NAME = 50;
  private static final String DIGITS = "participant.digits";

  private final Rosters rosters;
  private final Branches branches;
  private final MemberProofs proofs;
  private final Guests guests;
  private final Guesses guesses;

  MemberAdmission(
      Rosters rosters, Branches branches, MemberProofs proofs, Guests guests, Guesses guesses) {
    this.rosters = rosters;
    this.branches = branches;
    this.proofs = proofs;
    this.guests = guests;
    this.guesses = guesses;
  }

  @Override
  public EntryPolicy policy() {
    return EntryPolicy.MEMBERS;
  }

  @Override
  public Decision decide(Claim claim, Quiz quiz, Instant now) {
    try {
      return new Decision.Admitted(entrant(claim, quiz));
    } catch (Problem e) {
      return new Decision.Refused(e);
    }
  }

  private Entrant entrant(Claim claim, Quiz quiz) {
    var name = ShownText.line("participant.name", claim.name(), 1, MAX_NAME);
    var in = branches.readMembers("participant.branch", claim.branch());
    var candidates = rosters.candidates(quiz, in.organisationId(), MemberProofs.nameKey(name));
    if (candidates.isEmpty()) {
      throw Problem.of(HttpStatus.FORBIDDEN, "member.not-listed");
    }
    if (!claim.digits().isBlank()) {
      return entrant(claim, proven(candidates, claim.digits()), true);
    }
    if (candidates.size() > 1 || quiz.entrance().asksDigits()) {
      throw Problem.invalid(
          DIGITS, hasPhone(candidates) ? "member.digits-needed" : "member.no-phone");
    }
    return entrant(claim, candidates.getFirst(), false);
  }

  private static boolean hasPhone(List<Candidate> candidates) {
    return candidates.stream().anyMatch(c -> c.tail().isPresent());
  }

  private Candidate proven(List<Candidate> candidates, String digits) {
    if (!hasPhone(candidates)) {
      throw Problem.invalid(DIGITS, "member.no-phone");
    }
    var tail = proofs.tail(digits).orElseThrow(() -> Problem.invalid(DIGITS, "member.digits-form"));
    var right =
        guesses.of(
            candidates.stream().map(c -> c.id().toString()).toList(),
            () ->
                Optional.of(candidates.stream().filter(c -> has(c, tail)).toList())
                    .filter(found -> !found.isEmpty()));
    var found = right.orElseThrow(() -> Problem.invalid(DIGITS, "member.digits-wrong"));
    if (found.size() > 1) {
      throw Problem.invalid(DIGITS, "member.digits-same");
    }
    return found.getFirst();
  }

  private static boolean has(Candidate candidate, byte[] tail) {
    return candidate.tail().filter(own -> MessageDigest.isEqual(own, tail)).isPresent();
  }

  private Entrant entrant(Claim claim, Candidate member, boolean isProven) {
    return new Entrant(
        new Participant(member.id(), member.name(), new Branch.Known(member.organisationId())),
        Optional.of(new Entrant.Device(guests.token(claim.secret(), member.id()), isProven)));
  }
}
