package yikao.attempt;

import java.util.Optional;
import java.util.UUID;

/**
 * Who takes a quiz: so far a guest, known by a secret of the browser.
 *
 * @param id derived from the secret
 * @param organisationId the branch, where it was chosen from the list
 * @param branch the branch, where it was written by hand
 */
record Participant(UUID id, String name, Optional<Long> organisationId, Optional<String> branch) {}
