package yikao.org;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Trees of organisations, for tests of other packages too. */
public final class Trees {
  private Trees() {}

  /** Of lines of code, name and the parent's code; numbered from 1 in their order. */
  public static OrganisationTree of(String... lines) {
    var codes = Arrays.stream(lines).map(line -> line.split(",", -1)[0]).toList();
    var all = new ArrayList<Organisation>();
    for (var line : lines) {
      var cells = line.split(",", -1);
      var parent = codes.indexOf(cells[2]) + 1L;
      all.add(
          new Organisation(
              all.size() + 1L,
              cells[0],
              cells[1],
              parent == 0 ? Optional.empty() : Optional.of(parent)));
    }
    return of(all);
  }

  public static OrganisationTree of(Collection<Organisation> all) {
    return new OrganisationTree(List.copyOf(all));
  }

  /** The organisations directly below one; of none: those at the top. */
  static List<Organisation> below(OrganisationTree tree, Optional<Organisation> parent) {
    return tree.all().stream()
        .filter(o -> o.parentId().equals(parent.map(Organisation::id)))
        .toList();
  }
}
