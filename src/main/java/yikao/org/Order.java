package yikao.org;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.text.WrittenText;
import yikao.web.Problem;

/**
 * What staff orders: who, why, and from which day it holds.
 *
 * @param reason 1 to 500 characters
 * @param date not after today
 */
record Order(Actor actor, String reason, LocalDate date) {
  private static final int MOST = 500;

  /**
   * An order as a request gives it.
   *
   * @param date as {@code 2026-11-30}; absent: today
   * @throws Problem where there is no reason, or no such day
   */
  static Order of(Actor actor, @Nullable String reason, @Nullable String date, Today today) {
    return new Order(actor, reason(reason), today.orGiven(date("date", date)));
  }

  private static String reason(@Nullable String given) {
    return WrittenText.shown(given == null ? "" : given, 1, MOST, true)
        .orElseThrow(() -> Problem.invalid("reason", "length", 1, MOST));
  }

  /**
   * A day that a request names.
   *
   * @throws Problem where it is none
   */
  static Optional<LocalDate> date(String field, @Nullable String given) {
    if (given == null || given.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(given));
    } catch (DateTimeParseException e) {
      throw Problem.invalid(field, "date.form");
    }
  }
}
