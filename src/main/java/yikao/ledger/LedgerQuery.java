package yikao.ledger;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import org.jspecify.annotations.Nullable;
import yikao.ledger.Ledgers.Asked;

/**
 * What a ledger is asked for, in the query of an address.
 *
 * @param quiz code of a quiz
 * @param sittings whether what was made from it for sittings counts under it
 * @param period 2026-07, 2026-Q3 or 2026; the present quarter where neither quiz nor period is
 *     given
 * @param date as of the end of that day; now where it is not given
 * @param tree by the tree of today, or then: of that day
 */
@Introspected
record LedgerQuery(
    @QueryValue @Nullable String quiz,
    @QueryValue @Nullable Boolean sittings,
    @QueryValue @Nullable String period,
    @QueryValue @Nullable String date,
    @QueryValue @Nullable String tree) {

  Asked asked() {
    return new Asked(or(quiz), Boolean.TRUE.equals(sittings), or(period), or(date), or(tree));
  }

  private static String or(@Nullable String written) {
    return written == null ? "" : written.strip();
  }
}
