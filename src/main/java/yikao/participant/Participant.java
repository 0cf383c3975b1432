package yikao.participant;

import java.util.UUID;

/**
 * Who takes a quiz: a guest, known by a secret of the browser, or a member.
 *
 * @param id of a guest, derived from the secret; of a member, the member's own
 * @param name as it was given, or as the list has it, 1 to 50 characters; empty of a person who was
 *     erased
 */
public record Participant(UUID id, String name, Branch branch) {}
