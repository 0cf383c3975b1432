package yikao.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;

/**
 * Figures of a unit and of the rows below it: one for each child with all below it, and one for
 * what counts in the unit itself. The rows always add up to the unit.
 *
 * @param own what counts in the unit itself
 * @param children by code; those that are closed only where they have figures
 */
record Rollup(Figures total, Figures own, List<Child> children) {
  /** A child with all below it. */
  record Child(Organisation organisation, Figures figures) {}

  /**
   * Adds up.
   *
   * @param byOrganisation figures of organisations by themselves; such as are not below the unit
   *     are left out
   */
  static Rollup of(OrganisationTree tree, Organisation unit, Map<Long, Figures> byOrganisation) {
    var sums = new HashMap<Long, Figures>();
    var own = byOrganisation.getOrDefault(unit.id(), Figures.NONE);
    byOrganisation.forEach((id, figures) -> {
      if (id != unit.id()) {
        tree.below(Optional.of(unit), id)
            .ifPresent(child -> sums.merge(child.id(), figures, Figures::plus));
      }
    });
    var children = new ArrayList<Child>();
    for (var child : tree.below(unit)) {
      var figures = sums.getOrDefault(child.id(), Figures.NONE);
      if (child.open() || !figures.equals(Figures.NONE)) {
        children.add(new Child(child, figures));
      }
    }
    var total = sums.values().stream().reduce(own, Figures::plus);
    return new Rollup(total, own, children);
  }

  /** The figures of every organisation below a unit, and of it, each with all below it. */
  static Map<Long, Figures> all(
      OrganisationTree tree, Organisation unit, Map<Long, Figures> byOrganisation) {
    var sums = new HashMap<Long, Figures>();
    for (var organisation : tree.subtree(unit)) {
      var figures = byOrganisation.get(organisation.id());
      if (figures != null) {
        var way = tree.way(organisation);
        way.subList(way.indexOf(unit), way.size())
            .forEach(above -> sums.merge(above.id(), figures, Figures::plus));
      }
    }
    return sums;
  }
}
