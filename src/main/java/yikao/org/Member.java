package yikao.org;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody on the list of an organisation.
 *
 * @param organisationId where, at last
 * @param number by which the organisation knows the person; no two have the same
 * @param hasPhone whether a phone is known; what it is has to be asked for by itself
 * @param version counts what was changed of it
 */
record Member(
    UUID id,
    String name,
    long organisationId,
    MemberState state,
    Optional<String> number,
    boolean hasPhone,
    Optional<String> post,
    int version,
    Instant createdAt) {}
