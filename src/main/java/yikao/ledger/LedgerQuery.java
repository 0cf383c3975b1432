package yikao.ledger;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
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
    @QueryValue(defaultValue = "") String quiz,
    @QueryValue(defaultValue = "false") boolean sittings,
    @QueryValue(defaultValue = "") String period,
    @QueryValue(defaultValue = "") String date,
    @QueryValue(defaultValue = "") String tree) {

  Asked asked() {
    return new Asked(quiz.strip(), sittings, period.strip(), date.strip(), tree.strip());
  }
}
