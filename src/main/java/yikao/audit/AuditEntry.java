package yikao.audit;

import java.time.Instant;

/**
 * What somebody did, as it stands in the log. It holds identifiers and no names or phones, so that
 * a person can be erased while the log stays.
 *
 * @param number counts from 1 without gaps
 * @param at when, in milliseconds
 * @param actor who, as of an {@code Actor}
 * @param address from where; empty where it was no request
 * @param action such as {@code organisation.rename}
 * @param subject what it was done to, such as {@code organisation:17}
 * @param before in short, what was; empty where there was nothing
 * @param after in short, what is since
 * @param link the digest by which the entry hangs on the one before it, in hexadecimal digits
 */
public record AuditEntry(
    long number,
    Instant at,
    String actor,
    String address,
    String action,
    String subject,
    String before,
    String after,
    String link) {}
