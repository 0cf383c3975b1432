package yikao.org;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import yikao.access.Guesses;
import yikao.web.Problem;

/** By what people say who they are on the list of an organisation. */
@Singleton
public final class MemberProofs {
  private static final Pattern TAIL = Pattern.compile("\\d{" + PhoneNumber.TAIL + "}");

  private final Phones phones;
  private final Guesses guesses;

  MemberProofs(Phones phones, Guesses guesses) {
    this.phones = phones;
    this.guesses = guesses;
  }

  /** Somebody who may be the one who claims to be. */
  public interface Claimed {
    UUID id();

    /** Keyed digest of the last four digits of the phone; absent: no phone is known. */
    Optional<byte[]> tail();
  }

  /**
   * Who it is.
   *
   * @param isProven by the digits, and not by the name alone
   */
  public record Known<C>(C who, boolean isProven) {}

  /**
   * Tells who of several of one name somebody is: without digits where there is one alone and no
   * proof is asked for.
   *
   * @param field that has the digits, for problems
   * @param candidates at least one
   * @param digits the last four of the phone; blank: none were given
   * @throws Problem where digits are needed, wrong, or the same for two
   */
  public <C extends Claimed> Known<C> who(
      String field, List<C> candidates, String digits, boolean asksDigits) {
    if (!digits.isBlank()) {
      return new Known<>(proven(field, candidates, digits), true);
    }
    if (candidates.size() > 1 || asksDigits) {
      throw Problem.invalid(
          field, hasPhone(candidates) ? "member.digits-needed" : "member.no-phone");
    }
    return new Known<>(candidates.getFirst(), false);
  }

  private static boolean hasPhone(List<? extends Claimed> candidates) {
    return candidates.stream().anyMatch(c -> c.tail().isPresent());
  }

  private <C extends Claimed> C proven(String field, List<C> candidates, String digits) {
    if (!hasPhone(candidates)) {
      throw Problem.invalid(field, "member.no-phone");
    }
    var tail = tail(digits).orElseThrow(() -> Problem.invalid(field, "member.digits-form"));
    var right =
        guesses.of(
            candidates.stream().map(c -> c.id().toString()).toList(),
            () ->
                Optional.of(candidates.stream().filter(c -> has(c, tail)).toList())
                    .filter(found -> !found.isEmpty()));
    var found = right.orElseThrow(() -> Problem.invalid(field, "member.digits-wrong"));
    if (found.size() > 1) {
      throw Problem.invalid(field, "member.digits-same");
    }
    return found.getFirst();
  }

  private static boolean has(Claimed candidate, byte[] tail) {
    return candidate.tail().filter(own -> MessageDigest.isEqual(own, tail)).isPresent();
  }

  /** What a name is found by, whichever way its dots, its width and its case are written. */
  public static String nameKey(String name) {
    return NameKey.of(name);
  }

  /** The keyed digest of the last four digits of a phone; absent where these are no four digits. */
  private Optional<byte[]> tail(String digits) {
    var plain = Normalizer.normalize(digits, Normalizer.Form.NFKC).strip();
    return TAIL.matcher(plain).matches() ? Optional.of(phones.tailDigest(plain)) : Optional.empty();
  }
}
