package yikao.sitting;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A question that somebody was asked on the spot.
 *
 * @param organisationId where the person was then
 * @param name of the person; empty where erased
 * @param question the version that was asked
 * @param isRight absent until it is marked
 * @param version counts its marks
 * @param actor who asked
 */
record SpotQuestion(
    UUID id,
    long organisationId,
    UUID member,
    String name,
    int question,
    Instant askedAt,
    Optional<Boolean> isRight,
    int version,
    String actor) {}
