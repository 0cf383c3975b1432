package yikao.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.text.WrittenText;
import yikao.web.Problem.FieldError;

/** Texts of a request that other people will see, by the rule of {@link WrittenText#shown}. */
public final class ShownText {
  private ShownText() {}

  /**
   * A text of one line, tidied.
   *
   * @param least characters, as most (UTF-16)
   * @throws Problem {@code invalid} where it may not be shown
   */
  public static String line(String field, @Nullable String text, int least, int most) {
    var given = text == null ? "" : text;
    wrong(field, given, least, most, false)
        .ifPresent(error -> {
          throw Problem.invalid(error.field(), error.code(), error.arguments().toArray());
        });
    return WrittenText.tidy(given);
  }

  /** What is wrong with a text; absent where it may be shown, which is as it is when tidied. */
  public static Optional<FieldError> wrong(
      String field, String text, int least, int most, boolean lines) {
    if (WrittenText.shown(text, least, most, lines).isPresent()) {
      return Optional.empty();
    }
    var length = WrittenText.tidy(text).length();
    return Optional.of(
        length < least || length > most
            ? FieldError.of(field, "length", least, most)
            : FieldError.of(field, "text.not-shown"));
  }
}
