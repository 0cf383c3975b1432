package yikao.web;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of something that a caller has seen, in an {@code If-Match} header (RFC 9110). */
public final class SeenVersion {
  private static final Pattern FORM = Pattern.compile("(?:W/)?\"?(\\d{1,9})\"?");

  private SeenVersion() {}

  /**
   * The version of a header; absent where there is none, or {@code *}.
   *
   * @throws Problem where it is no number
   */
  public static Optional<Integer> of(@Nullable String header) {
    if (header == null || header.isBlank() || header.strip().equals("*")) {
      return Optional.empty();
    }
    var matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      throw Problem.invalid("If-Match", "if-match");
    }
    return Optional.of(Integer.valueOf(matcher.group(1)));
  }
}
