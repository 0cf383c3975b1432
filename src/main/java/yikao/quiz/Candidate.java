package yikao.quiz;

import java.util.Optional;
import java.util.UUID;
import yikao.org.MemberProofs;
import yikao.org.MemberState;

/**
 * Somebody who may be the one who claims to be.
 *
 * @param organisationId where the person counts: on the roster, where there is one, or is now
 * @param isOnRoster whether the frozen roster has the person
 * @param tail keyed digest of the last four digits of the phone; absent: no phone is known
 */
@SuppressWarnings("ArrayRecordComponent")
record Candidate(
    UUID id,
    String name,
    long organisationId,
    MemberState state,
    boolean isOnRoster,
    Optional<byte[]> tail)
    implements MemberProofs.Claimed {}
