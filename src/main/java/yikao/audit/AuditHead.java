package yikao.audit;

/**
 * The end of the chain at some moment. Kept apart from the database, it shows later that entries
 * are gone.
 *
 * @param number of the last entry; 0 where there is none
 * @param link of that entry
 */
public record AuditHead(long number, String link) {}
