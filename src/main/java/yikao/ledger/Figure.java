package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_ENTRY;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import yikao.web.Problem;

/** A figure that counts people, and who is behind it: see {@link Figures}. */
enum Figure {
  SHOULD,
  TOOK,
  NOT_YET,
  PASSED,
  FAILED,
  WAITING;

  /** Who is behind it, of places on rosters joined with what the people have reached. */
  Condition condition() {
    return switch (this) {
      case SHOULD -> DSL.noCondition();
      case TOOK -> LEDGER_ENTRY.PARTICIPANT_ID.isNotNull();
      case NOT_YET -> LEDGER_ENTRY.PARTICIPANT_ID.isNull();
      case PASSED -> LEDGER_ENTRY.PASSED.isTrue();
      case FAILED -> LEDGER_ENTRY.POINTS.isNotNull().and(LEDGER_ENTRY.PASSED.isFalse());
      case WAITING -> LEDGER_ENTRY.PARTICIPANT_ID.isNotNull().and(LEDGER_ENTRY.POINTS.isNull());
    };
  }

  /** How many there are. */
  int of(Figures figures) {
    return switch (this) {
      case SHOULD -> figures.should();
      case TOOK -> figures.took();
      case NOT_YET -> figures.notYet();
      case PASSED -> figures.passed();
      case FAILED -> figures.failed();
      case WAITING -> figures.waiting();
    };
  }

  /** The name in addresses and the API. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The figure of a name.
   *
   * @throws Problem where there is none
   */
  static Figure of(String code) {
    return Stream.of(values())
        .filter(figure -> figure.code().equals(code))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(
                "figure",
                "field.one-of",
                Stream.of(values()).map(Figure::code).collect(Collectors.joining(", "))));
  }
}
