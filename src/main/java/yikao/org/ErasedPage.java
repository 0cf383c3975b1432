package yikao.org;

import java.util.List;
import yikao.access.AuditHistory;
import yikao.access.Console;

/**
 * The model of the page of somebody who was erased: nothing of the person is in it.
 *
 * @param about when, and by whom
 */
public record ErasedPage(Console console, String about, List<AuditHistory.DoneLine> log) {}
