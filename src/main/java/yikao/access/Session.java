package yikao.access;

import java.time.Instant;

/**
 * A browser that is signed in.
 *
 * @param id internal
 * @param seenAt when it last asked for something, to the minute
 * @param browser what it calls itself
 */
record Session(
    long id, long accountId, Instant createdAt, Instant seenAt, String address, String browser) {}
