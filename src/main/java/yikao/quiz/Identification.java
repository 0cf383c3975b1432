package yikao.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.org.MemberProofs;
import yikao.participant.Branch;
import yikao.participant.Guests;
import yikao.participant.Participant;
import yikao.web.Problem;

/**
 * Tells who of a roster somebody is: by the name, and where two have it, or it has to be proven, by
 * the last four digits of the phone. With these one is let in on a second phone as well.
 */
@Singleton
public final class Identification {
  private static final String DIGITS = "participant.digits";

  private final Rosters rosters;
  private final MemberProofs proofs;
  private final Guests guests;

  Identification(Rosters rosters, MemberProofs proofs, Guests guests) {
    this.rosters = rosters;
    this.proofs = proofs;
    this.guests = guests;
  }

  /**
   * Somebody who has chosen a name from a frozen roster.
   *
   * @return absent where the roster has no such member
   * @throws Problem where digits are needed, or wrong
   */
  public Optional<Entrant> chosen(Quiz quiz, UUID member, Claim claim) {
    var candidates = rosters.namesakes(quiz, member);
    return candidates.isEmpty() ? Optional.empty() : Optional.of(entrant(quiz, claim, candidates));
  }

  /**
   * One of several who may be meant.
   *
   * @param candidates at least one
   * @throws Problem where digits are needed, or wrong
   */
  Entrant entrant(Quiz quiz, Claim claim, List<Candidate> candidates) {
    var known = proofs.who(DIGITS, candidates, claim.digits(), quiz.entrance().asksDigits());
    return entrant(claim, known.who(), known.isProven());
  }

  private Entrant entrant(Claim claim, Candidate member, boolean isProven) {
    return new Entrant(
        new Participant(member.id(), member.name(), new Branch.Known(member.organisationId())),
        Optional.of(new Entrant.Device(guests.token(claim.secret(), member.id()), isProven)));
  }
}
