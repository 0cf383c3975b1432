package yikao.quiz;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Guesses;
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
  private final Guesses guesses;

  Identification(Rosters rosters, MemberProofs proofs, Guests guests, Guesses guesses) {
    this.rosters = rosters;
    this.proofs = proofs;
    this.guests = guests;
    this.guesses = guesses;
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
