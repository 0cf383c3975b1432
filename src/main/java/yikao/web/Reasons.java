package yikao.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.text.WrittenText;

/** Why something was done: what others read of it later. */
public final class Reasons {
  /** The longest reason or comment, in characters. */
  static final int MOST = 500;

  private Reasons() {}

  /**
   * What a person may add for the participant to read.
   *
   * @throws Problem where it is too long, or cannot be shown
   */
  public static Optional<String> comment(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        WrittenText.shown(given, 1, MOST, true)
            .orElseThrow(() -> Problem.invalid("comment", "length", 0, MOST)));
  }

  /**
   * A reason that has to be given.
   *
   * @throws Problem where there is none, or none to be shown
   */
  public static String required(@Nullable String given) {
    return WrittenText.shown(given == null ? "" : given, 1, MOST, true)
        .orElseThrow(() -> Problem.invalid("reason", "length", 1, MOST));
  }
}
