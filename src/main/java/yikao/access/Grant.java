package yikao.access;

import java.util.Optional;

/**
 * A role, and over what.
 *
 * @param organisationId the organisation over which it holds, with all below; absent: everything
 */
public record Grant(Role role, Optional<Long> organisationId) {}
