package yikao.org;

import java.util.Optional;

/**
 * A node of the tree of organisations.
 *
 * @param id internal
 * @param code given by those who keep the list
 * @param parentId the organisation above it
 * @param open whether anybody may still join it or take part from it; one that was closed is shown
 *     with what was earned in it
 * @param version counts what was changed of it
 */
public record Organisation(
    long id,
    String code,
    String name,
    Optional<Long> parentId,
    OrganisationKind kind,
    boolean open,
    int version) {

  /** An open one of no particular kind. */
  public Organisation(long id, String code, String name, Optional<Long> parentId) {
    this(id, code, name, parentId, OrganisationKind.OTHER, true, 1);
  }

  Organisation atTop() {
    return new Organisation(id, code, name, Optional.empty(), kind, open, version);
  }
}
