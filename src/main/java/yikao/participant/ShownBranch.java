package yikao.participant;

import java.util.Optional;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;

/**
 * A branch as people read it.
 *
 * @param name with as much of the path as tells it apart from all others of the list; empty where
 *     it is none, or not known here yet
 * @param code of an organisation of the list
 * @param path of an organisation of the list: the names from the top down to it
 */
public record ShownBranch(String name, Optional<String> code, Optional<String> path) {
  /** A branch among the organisations of a tree. */
  public static ShownBranch of(Branch branch, OrganisationTree tree) {
    return switch (branch) {
      case Branch.Named(var name) -> new ShownBranch(name, Optional.empty(), Optional.empty());
      case Branch.Known(var id) -> {
        var known = tree.byId(id);
        yield new ShownBranch(
            known.map(tree::label).orElse(""),
            known.map(Organisation::code),
            known.map(tree::path));
      }
    };
  }
}
