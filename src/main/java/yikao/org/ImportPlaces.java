package yikao.org;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * By what the rows of a file name organisations, and into which of them people may come by it. The
 * same names come again and again.
 */
final class ImportPlaces {
  private static final String FIELD = "organisation";

  private final OrganisationTree tree;
  private final OrganisationTree then;
  private final LocalDate date;
  private final Map<String, Optional<Organisation>> found = new HashMap<>();
  private final Set<Long> scope = new HashSet<>();
  private final boolean everywhere;

  /**
   * The places of a file.
   *
   * @param then the tree as it was on the day from which the file holds
   */
  ImportPlaces(OrganisationTree tree, OrganisationTree then, ImportStore.File file) {
    this.tree = tree;
    this.then = then;
    this.date = file.date();
    this.everywhere = file.scope().isEmpty();
    file.scope().stream()
        .flatMap(id -> tree.byId(id).stream())
        .flatMap(top -> tree.subtree(top).stream())
        .forEach(o -> scope.add(o.id()));
  }

  Optional<Organisation> find(String written) {
    return found.computeIfAbsent(written, this::search);
  }

  private Optional<Organisation> search(String written) {
    var byCode = tree.byCode(written);
    if (byCode.isPresent()) {
      return byCode;
    }
    var named = tree.finder().named(written);
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }

  /** Whether the one who brought the file keeps the members of an organisation. */
  boolean mayEdit(long id) {
    return everywhere || scope.contains(id);
  }

  /** Why nobody may come into what a row names. */
  Optional<Finding> wrong(String written) {
    var to = find(written);
    return to.isEmpty()
        ? Optional.of(Finding.refused(FIELD, "import.which-organisation", written))
        : wrong(to.get().id());
  }

  /** The same of an organisation that is known. */
  Optional<Finding> wrong(long id) {
    var code = tree.byId(id).map(Organisation::code).orElse("");
    if (!mayEdit(id)) {
      return Optional.of(Finding.refused(FIELD, "import.foreign", code));
    }
    if (tree.byId(id).filter(Organisation::open).isEmpty()) {
      return Optional.of(Finding.refused(FIELD, "organisation.parent-closed", code));
    }
    return then.byId(id).filter(Organisation::open).isPresent()
        ? Optional.empty()
        : Optional.of(Finding.refused(FIELD, "organisation.not-open-then", date.toString()));
  }
}
