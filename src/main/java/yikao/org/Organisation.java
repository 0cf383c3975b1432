package yikao.org;

import java.util.Optional;

/**
 * A node of the tree of organisations.
 *
 * @param id internal
 * @param code given by those who keep the list
 * @param parentId the organisation above it
 */
public record Organisation(long id, String code, String name, Optional<Long> parentId) {}
