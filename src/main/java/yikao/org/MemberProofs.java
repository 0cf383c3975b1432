package yikao.org;

import jakarta.inject.Singleton;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** By what people say who they are on the list of an organisation. */
@Singleton
public final class MemberProofs {
  private static final Pattern TAIL = Pattern.compile("\\d{" + PhoneNumber.TAIL + "}");

  private final Phones phones;

  MemberProofs(Phones phones) {
    this.phones = phones;
  }

  /** What a name is found by, whichever way its dots, its width and its case are written. */
  public static String nameKey(String name) {
    return NameKey.of(name);
  }

  /** The keyed digest of the last four digits of a phone; absent where these are no four digits. */
  public Optional<byte[]> tail(String digits) {
    var plain = Normalizer.normalize(digits, Normalizer.Form.NFKC).strip();
    return TAIL.matcher(plain).matches() ? Optional.of(phones.tailDigest(plain)) : Optional.empty();
  }
}
