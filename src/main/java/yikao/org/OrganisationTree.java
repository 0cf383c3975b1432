package yikao.org;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All organisations at one moment. Immutable. */
public final class OrganisationTree {
  private final Map<Long, Organisation> byId;
  private final Map<String, Organisation> byCode = new HashMap<>();
  private final Map<Long, List<Organisation>> children;
  private final List<Organisation> branches;

  OrganisationTree(Collection<Organisation> all) {
    byId = all.stream().collect(Collectors.toMap(Organisation::id, o -> o));
    all.forEach(o -> byCode.put(o.code(), o));
    children =
        all.stream()
            .filter(o -> o.parentId().isPresent())
            .collect(Collectors.groupingBy(o -> o.parentId().get()));
    branches =
        all.stream()
            .filter(o -> !children.containsKey(o.id()))
            .sorted(Comparator.comparing(Organisation::code))
            .toList();
  }

  /** Every organisation. */
  public List<Organisation> all() {
    return List.copyOf(byId.values());
  }

  /** Those that participants choose from: organisations with none below them, by code. */
  public List<Organisation> branches() {
    return branches;
  }

  /** An organisation by its identity. */
  public Optional<Organisation> byId(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** An organisation by its code. */
  public Optional<Organisation> byCode(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** A branch by its code, or by its name where only one has it. */
  public Optional<Organisation> branch(String codeOrName) {
    var exact = byCode(codeOrName).filter(o -> !children.containsKey(o.id()));
    if (exact.isPresent()) {
      return exact;
    }
    var named = branches().stream().filter(o -> o.name().equals(codeOrName)).toList();
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }

  Optional<String> parentCode(String code) {
    return byCode(code).flatMap(Organisation::parentId).flatMap(this::byId).map(Organisation::code);
  }

  /** The organisations directly below; of none: those at the top. */
  public List<Organisation> below(Optional<Organisation> parent) {
    return parent
        .map(o -> children.getOrDefault(o.id(), List.of()))
        .orElseGet(() -> byId.values().stream().filter(o -> o.parentId().isEmpty()).toList());
  }

  /** Which of the ancestors of an organisation, or itself, is directly below the given one. */
  public Optional<Organisation> below(Optional<Organisation> parent, long organisationId) {
    var current = byId(organisationId);
    while (current.isPresent() && !current.get().parentId().equals(parent.map(Organisation::id))) {
      current = current.get().parentId().flatMap(this::byId);
    }
    return current;
  }
}
