package yikao.participant;

import java.util.UUID;

/**
 * Who takes a quiz: so far a guest, known by a secret of the browser.
 *
 * @param id of a guest, derived from the secret
 * @param name as it was given, 1 to 50 characters
 */
public record Participant(UUID id, String name, Branch branch) {}
