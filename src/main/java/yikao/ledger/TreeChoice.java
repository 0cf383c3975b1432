package yikao.ledger;

import java.util.Locale;
import java.util.stream.Stream;
import yikao.web.Problem;

/** By which tree figures are added up. */
enum TreeChoice {
  /** As it is today. */
  TODAY,
  /** As it was on the day that the figures are of. */
  THEN;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of a name.
   *
   * @throws Problem where there is none
   */
  static TreeChoice of(String code) {
    return Stream.of(values())
        .filter(choice -> choice.code().equals(code))
        .findFirst()
        .orElseThrow(() -> Problem.invalid("tree", "field.one-of", "today, then"));
  }
}
