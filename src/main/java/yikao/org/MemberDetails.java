package yikao.org;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.web.Problem;
import yikao.web.ShownText;

/**
 * What says who somebody is.
 *
 * @param phone digits; absent: as it is; empty: none
 */
record MemberDetails(
    String name, Optional<String> number, Optional<String> phone, Optional<String> post) {
  static final int MAX_NAME = 50;
  static final int MAX_NUMBER = 32;
  static final int MAX_POST = 100;

  /**
   * As a request gives it.
   *
   * @throws Problem with what is wrong
   */
  static MemberDetails of(
      @Nullable String name,
      @Nullable String number,
      @Nullable String phone,
      @Nullable String post) {
    return new MemberDetails(
        ShownText.line("name", name, 1, MAX_NAME),
        optional("number", number, MAX_NUMBER),
        phone == null ? Optional.empty() : Optional.of(phone(phone)),
        optional("post", post, MAX_POST));
  }

  private static Optional<String> optional(String field, @Nullable String text, int most) {
    return Optional.of(ShownText.line(field, text, 0, most)).filter(t -> !t.isEmpty());
  }

  private static String phone(String written) {
    return written.isBlank()
        ? ""
        : PhoneNumber.of(written, false)
            .orElseThrow(() -> Problem.invalid("phone", "member.phone"));
  }
}
