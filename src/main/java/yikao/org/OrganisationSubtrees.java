package yikao.org;

import jakarta.inject.Singleton;
import java.util.Optional;
import yikao.access.Subtrees;

/** What stands below what, by the tree of today. */
@Singleton
final class OrganisationSubtrees implements Subtrees {
  private final Organisations organisations;

  OrganisationSubtrees(Organisations organisations) {
    this.organisations = organisations;
  }

  @Override
  public boolean isWithin(long organisationId, long top) {
    var tree = organisations.tree();
    return tree.byId(organisationId).stream()
        .flatMap(o -> tree.way(o).stream())
        .anyMatch(o -> o.id() == top);
  }

  @Override
  public Optional<Long> byCode(String code) {
    return organisations.tree().byCode(code).map(Organisation::id);
  }

  @Override
  public String code(long organisationId) {
    return organisations
        .tree()
        .byId(organisationId)
        .map(Organisation::code)
        .orElse(Long.toString(organisationId));
  }

  @Override
  public String path(long organisationId) {
    var tree = organisations.tree();
    return tree.byId(organisationId).map(tree::path).orElse("");
  }
}
