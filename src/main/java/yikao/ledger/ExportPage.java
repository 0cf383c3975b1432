package yikao.ledger;

import java.util.List;
import yikao.access.Console;

/**
 * The model of the page where exports are recognised.
 *
 * @param typed the code as it was typed
 * @param problem what is said where there is none of this code; empty: nothing
 * @param lines what it was of; empty where nothing was asked for
 * @param genuine whether its record is as it was written down
 */
public record ExportPage(
    Console console, String typed, String problem, List<LedgerWords.Said> lines, boolean genuine) {}
