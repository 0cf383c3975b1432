package yikao.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A right to call the API as an account.
 *
 * @param id internal; names it to its owner
 * @param name by which its owner knows it
 * @param usedAt when it was last used, to the minute
 */
record ApiToken(
    long id,
    long accountId,
    String name,
    Scope scope,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> usedAt) {}
