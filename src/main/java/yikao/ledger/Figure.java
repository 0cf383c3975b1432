package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_ENTRY;

import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import yikao.web.Problem;

/** A figure that counts people, and who is behind it: see {@link Figures}. */
enum Figure {
  SHOULD(DSL.noCondition(), Figures::should),
  TOOK(LEDGER_ENTRY.PARTICIPANT_ID.isNotNull(), Figures::took),
  NOT_YET(LEDGER_ENTRY.PARTICIPANT_ID.isNull(), Figures::notYet),
  PASSED(LEDGER_ENTRY.PASSED.isTrue(), Figures::passed),
  FAILED(LEDGER_ENTRY.POINTS.isNotNull().and(LEDGER_ENTRY.PASSED.isFalse()), Figures::failed),
  WAITING(
      LEDGER_ENTRY.PARTICIPANT_ID.isNotNull().and(LEDGER_ENTRY.POINTS.isNull()), Figures::waiting);

  private final Condition condition;
  private final ToIntFunction<Figures> count;

  Figure(Condition condition, ToIntFunction<Figures> count) {
    this.condition = condition;
    this.count = count;
  }

  /** Who is behind it, of places on rosters joined with what the people have reached. */
  Condition condition() {
    return condition;
  }

  /** How many there are. */
  int of(Figures figures) {
    return count.applyAsInt(figures);
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
