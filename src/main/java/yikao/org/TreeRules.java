package yikao.org;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;

/**
 * What must be so of the tree on every day from the one on which a change begins to hold: no
 * circle, not too deep, nothing open below what is closed, no two open ones of one name below one.
 * Pure.
 */
final class TreeRules {
  private final Map<Long, Organisation> byId;
  private final Map<Long, List<Organisation>> below;
  private final String field;

  /** Those at the top, of which there may be as many as there are. */
  private final List<Organisation> tops;

  /** The keys of names: each is compared with those of all beside it. */
  private final Map<Long, String> keys = new HashMap<>();

  private TreeRules(Collection<Organisation> all, String field) {
    this.byId = all.stream().collect(Collectors.toMap(Organisation::id, Function.identity()));
    this.below =
        all.stream()
            .filter(o -> o.parentId().isPresent())
            .collect(Collectors.groupingBy(o -> o.parentId().get()));
    this.field = field;
    this.tops = all.stream().filter(o -> o.parentId().isEmpty()).toList();
  }

  private String key(Organisation of) {
    return keys.computeIfAbsent(of.id(), _ -> NameKey.of(of.name()));
  }

  /**
   * Checks those that were changed, on each day from the first.
   *
   * @param field of the request, to which a name or a place that cannot be belongs
   * @throws Problem with the first reason
   */
  static void check(Register after, Collection<Long> changed, LocalDate from, String field) {
    for (var date : after.changesFrom(from)) {
      var rules = new TreeRules(after.organisations(date), field);
      for (var id : changed) {
        var organisation = rules.byId.get(id);
        if (organisation != null) {
          rules.wrong(organisation).ifPresent(TreeRules::refuse);
        }
      }
    }
  }

  private static void refuse(FieldError error) {
    throw Problem.invalid(List.of(error));
  }

  /** What is wrong with those that were changed, by identity, as all is on one day. */
  static Map<Long, FieldError> wrong(
      Collection<Organisation> all, Collection<Long> changed, String field) {
    var rules = new TreeRules(all, field);
    var wrong = new HashMap<Long, FieldError>();
    for (var id : changed) {
      rules
          .wrong(Objects.requireNonNull(rules.byId.get(id)))
          .ifPresent(error -> wrong.put(id, error));
    }
    return wrong;
  }

  private Optional<FieldError> wrong(Organisation of) {
    return wrongAbove(of).or(() -> of.open() ? sameName(of) : openBelow(of));
  }

  private Optional<FieldError> wrongAbove(Organisation of) {
    if (of.parentId().isEmpty()) {
      return tooDeep(of, 1);
    }
    var parent = byId.get(of.parentId().get());
    if (parent == null) {
      return Optional.of(FieldError.of(field, "organisation.parent-later"));
    }
    var seen = new HashSet<Long>();
    for (var o = Optional.of(of); o.isPresent(); o = above(o.get())) {
      if (!seen.add(o.get().id())) {
        return Optional.of(FieldError.of(field, "organisation.cycle", parent.code()));
      }
    }
    if (of.open() && !parent.open()) {
      return Optional.of(FieldError.of(field, "organisation.parent-closed", parent.code()));
    }
    return tooDeep(of, seen.size());
  }

  private Optional<Organisation> above(Organisation of) {
    return of.parentId().map(byId::get);
  }

  private Optional<FieldError> tooDeep(Organisation of, int level) {
    return level - 1 + height(of, new HashSet<>()) > OrganisationTree.LEVELS
        ? Optional.of(FieldError.of(field, "organisation.too-deep", OrganisationTree.LEVELS))
        : Optional.empty();
  }

  /** How many levels one has, itself counted. */
  private int height(Organisation of, Set<Long> seen) {
    if (!seen.add(of.id())) {
      return 0;
    }
    return 1
        + below.getOrDefault(of.id(), List.of()).stream()
            .mapToInt(o -> height(o, seen))
            .max()
            .orElse(0);
  }

  private Optional<FieldError> sameName(Organisation of) {
    var key = key(of);
    return siblings(of).stream()
        .filter(o -> o.open() && o.id() != of.id() && key(o).equals(key))
        .findFirst()
        .map(o -> FieldError.of(field, "organisation.same-name", o.name(), o.code()));
  }

  private List<Organisation> siblings(Organisation of) {
    return of.parentId().map(parent -> below.getOrDefault(parent, List.of())).orElse(tops);
  }

  private Optional<FieldError> openBelow(Organisation of) {
    return below.getOrDefault(of.id(), List.of()).stream()
        .filter(Organisation::open)
        .findFirst()
        .map(o -> FieldError.of(field, "organisation.has-below", o.name(), o.code()));
  }
}
