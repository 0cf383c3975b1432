package yikao.org;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What organisations are called where they are shown together: by their name; where others have the
 * same, with as much of the path above it as tells them apart; where the whole path is the same,
 * with the code. Pure.
 */
final class Labels {
  private Labels() {}

  /** Labels by identity, each another. */
  static Map<Long, String> of(Collection<Organisation> shown, OrganisationTree tree) {
    var labels = new HashMap<Long, String>();
    var alike = List.copyOf(shown);
    for (var names = 1; names <= OrganisationTree.LEVELS && !alike.isEmpty(); names++) {
      var length = names;
      var byEnd =
          alike.stream()
              .collect(Collectors.groupingBy(o -> OrganisationTree.path(end(tree, o, length))));
      var left = new ArrayList<Organisation>();
      byEnd.forEach((end, same) -> {
        same.forEach(o -> labels.put(o.id(), end));
        if (same.size() > 1) {
          left.addAll(same);
        }
      });
      alike = left;
    }
    return distinct(shown, labels);
  }

  /** The last names of a path. */
  private static List<Organisation> end(OrganisationTree tree, Organisation of, int names) {
    var path = tree.way(of);
    return path.subList(Math.max(0, path.size() - names), path.size());
  }

  /** A name may also be written as others' paths are. */
  private static Map<Long, String> distinct(
      Collection<Organisation> shown, Map<Long, String> labels) {
    var times =
        labels.values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return shown.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Organisation::id,
                o -> {
                  var label = labels.getOrDefault(o.id(), o.name());
                  return times.getOrDefault(label, 0L) > 1
                      ? "%s (%s)".formatted(label, o.code())
                      : label;
                }));
  }
}
