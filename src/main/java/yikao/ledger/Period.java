package yikao.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import yikao.web.Problem;

/**
 * A month, a quarter or a year. A quiz belongs to the month in which its roster was frozen, that is
 * in which it opened; so months add up to quarters and years.
 *
 * @param text {@code 2026-07}, {@code 2026-Q3} or {@code 2026}
 * @param first its first month
 * @param count of its months: 1, 3 or 12
 */
record Period(String text, YearMonth first, int count) {
  private static final Pattern FORM =
      Pattern.compile("(20\\d\\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?");
  private static final int OF_A_QUARTER = 3;
  private static final int OF_A_YEAR = 12;

  /**
   * The period that a text names.
   *
   * @throws Problem where it names none
   */
  static Period of(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw Problem.invalid("period", "ledger.period-form");
    }
    var year = Integer.parseInt(parts.group(1));
    if (parts.group(2) != null) {
      return quarter(year, Integer.parseInt(parts.group(2)));
    }
    return parts.group(3) == null
        ? new Period(text, YearMonth.of(year, 1), OF_A_YEAR)
        : month(YearMonth.of(year, Integer.parseInt(parts.group(3))));
  }

  static Period month(YearMonth month) {
    return new Period(month.toString(), month, 1);
  }

  static Period year(int year) {
    return new Period(Integer.toString(year), YearMonth.of(year, 1), OF_A_YEAR);
  }

  static Period quarter(int year, int number) {
    return new Period(
        "%d-Q%d".formatted(year, number),
        YearMonth.of(year, (number - 1) * OF_A_QUARTER + 1),
        OF_A_QUARTER);
  }

  /** The quarter that a day is in. */
  static Period quarterOf(LocalDate day) {
    return quarter(day.getYear(), (day.getMonthValue() - 1) / OF_A_QUARTER + 1);
  }

  /** Its months. */
  List<YearMonth> months() {
    var months = new ArrayList<YearMonth>();
    for (var i = 0; i < count; i++) {
      months.add(first.plusMonths(i));
    }
    return months;
  }

  /** When each of its months begins, and when the last one ends. */
  List<Instant> bounds(ZoneId zone) {
    var bounds = new ArrayList<Instant>();
    for (var i = 0; i <= count; i++) {
      bounds.add(first.plusMonths(i).atDay(1).atStartOfDay(zone).toInstant());
    }
    return bounds;
  }

  boolean isYear() {
    return count == OF_A_YEAR;
  }

  boolean isMonth() {
    return count == 1;
  }

  boolean isQuarter() {
    return count == OF_A_QUARTER;
  }

  /** The number of the quarter, or of the month in its year. */
  int number() {
    return isQuarter() ? (first.getMonthValue() - 1) / OF_A_QUARTER + 1 : first.getMonthValue();
  }
}
