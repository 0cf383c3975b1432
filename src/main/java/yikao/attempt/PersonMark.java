package yikao.attempt;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.access.Secrets;
import yikao.question.Response;

/**
 * What a person gave an essay.
 *
 * @param comment for the participant
 * @param textDigest of the text that it was given for; absent: of whichever there is
 * @param version how often the text was marked
 */
public record PersonMark(
    BigDecimal points, Optional<String> comment, Optional<String> textDigest, int version) {

  /** Whether it was given for this response. */
  boolean isOf(@Nullable Response response) {
    return textDigest.isEmpty() || textDigest.get().equals(digest(response));
  }

  /** The digest of a response's text: SHA-256, in hexadecimal. */
  public static String digest(@Nullable Response response) {
    var text = response instanceof Response.Written(var texts) ? String.join("\n", texts) : "";
    return HexFormat.of().formatHex(Secrets.sha256(text));
  }
}
