package yikao.org;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a tree of whatever the database has. No import may make a circle or go too deep, but what
 * an earlier release or somebody's own statement has left there must not stop anything: those that
 * are in a circle, below an organisation that is not there, or one below the last level count as
 * standing at the top. From each the way up then ends within the limit.
 */
final class TreeRepair {
  private TreeRepair() {}

  /**
   * A tree.
   *
   * @param raised those that count as standing at the top
   */
  record Repaired(List<Organisation> all, Set<Long> raised) {}

  static Repaired repair(Collection<Organisation> stored, int levels) {
    var ids = stored.stream().map(Organisation::id).collect(Collectors.toSet());
    var parents = new HashMap<Long, Long>();
    var raised = new LinkedHashSet<Long>();
    for (var o : stored) {
      o.parentId()
          .ifPresent(parent -> {
            if (ids.contains(parent)) {
              parents.put(o.id(), parent);
            } else {
              raised.add(o.id());
            }
          });
    }
    raised.addAll(inCircles(parents));
    parents.keySet().removeAll(raised);
    var tooDeep = tooDeep(ids, parents, levels);
    raised.addAll(tooDeep);
    return new Repaired(stored.stream().map(o -> raised(o, raised)).toList(), Set.copyOf(raised));
  }

  private static Organisation raised(Organisation organisation, Set<Long> raised) {
    return raised.contains(organisation.id()) ? organisation.atTop() : organisation;
  }

  /** What is left when again and again those are taken away that have none below them. */
  private static Set<Long> inCircles(Map<Long, Long> parents) {
    var left = new HashMap<>(parents);
    var below = new HashMap<Long, Integer>();
    parents.values().forEach(parent -> below.merge(parent, 1, Integer::sum));
    var lowest = new ArrayDeque<Long>();
    parents.keySet().stream().filter(id -> !below.containsKey(id)).forEach(lowest::add);
    while (!lowest.isEmpty()) {
      var parent = left.remove(lowest.remove());
      if (parent != null && below.merge(parent, -1, Integer::sum) == 0) {
        lowest.add(parent);
      }
    }
    return left.keySet();
  }

  /** Those one below the last level, counted from the top or from the last that is raised. */
  private static Set<Long> tooDeep(Set<Long> ids, Map<Long, Long> parents, int levels) {
    Map<Long, List<Long>> children =
        parents.keySet().stream().collect(Collectors.groupingBy(parents::get, Collectors.toList()));
    var tooDeep = new HashSet<Long>();
    var level = ids.stream().filter(id -> !parents.containsKey(id)).toList();
    for (var depth = 0; !level.isEmpty(); depth++) {
      if (depth > 0 && depth % levels == 0) {
        tooDeep.addAll(level);
      }
      level =
          level.stream()
              .map(id -> children.getOrDefault(id, List.of()))
              .flatMap(List::stream)
              .toList();
    }
    return tooDeep;
  }
}
