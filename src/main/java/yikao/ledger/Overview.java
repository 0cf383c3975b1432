package yikao.ledger;

import java.util.List;
import yikao.ledger.Doings.Sittings;
import yikao.ledger.Doings.Spots;
import yikao.ledger.Exports.Known;
import yikao.org.Organisation;

/**
 * What a supervisor looks at first.
 *
 * @param total of the whole unit
 * @param children those below, by coverage, the lowest first; then those of which nobody should
 *     have taken part
 * @param quarter over which the idle are told
 * @param idle the branches below in which nobody took part in anything in that quarter, by code
 * @param exports the last of what was taken out, the newest first
 */
record Overview(
    Figures total,
    List<Rollup.Child> children,
    Period quarter,
    List<Organisation> idle,
    Sittings sittings,
    Spots spots,
    List<Known> exports) {}
