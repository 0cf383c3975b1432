package yikao.org;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All organisations at one moment. Whatever the database has, the way up from each ends at the top
 * after at most {@value #LEVELS} levels. Immutable.
 */
public final class OrganisationTree {
  /** Levels from the top. */
  static final int LEVELS = 21;

  private static final Comparator<Organisation> BY_CODE = Comparator.comparing(Organisation::code);

  private static final String BETWEEN = " / ";

  private final Map<Long, Organisation> byId;
  private final Map<String, Organisation> byCode = new HashMap<>();
  private final Map<Long, List<Organisation>> children;
  private final List<Organisation> branches;
  private final Set<Long> raised;
  private final Map<Long, String> labels;
  private final BranchFinder finder;
  private final List<Organisation> open;
  private volatile Optional<BranchFinder> openFinder = Optional.empty();

  OrganisationTree(Collection<Organisation> stored) {
    var repaired = TreeRepair.repair(stored, LEVELS);
    var all = repaired.all();
    raised = repaired.raised();
    byId = all.stream().collect(Collectors.toMap(Organisation::id, Function.identity()));
    all.forEach(o -> byCode.put(o.code(), o));
    children =
        all.stream()
            .filter(o -> o.parentId().isPresent())
            .collect(Collectors.groupingBy(o -> o.parentId().get()));
    branches = all.stream().filter(o -> o.open() && !hasOpenBelow(o)).sorted(BY_CODE).toList();
    open = all.stream().filter(Organisation::open).sorted(BY_CODE).toList();
    labels = Labels.of(all, this);
    finder = new BranchFinder(this);
  }

  /** Every organisation. */
  public List<Organisation> all() {
    return List.copyOf(byId.values());
  }

  /**
   * Those that only count as standing at the top, since what the database has of them is no tree.
   */
  List<Organisation> raised() {
    return raised.stream().flatMap(id -> byId(id).stream()).sorted(BY_CODE).toList();
  }

  private boolean hasOpenBelow(Organisation of) {
    return children.getOrDefault(of.id(), List.of()).stream().anyMatch(Organisation::open);
  }

  /** Those that participants choose from: open organisations with none open below them, by code. */
  public List<Organisation> branches() {
    return branches;
  }

  /** Finds branches by what people write. */
  public BranchFinder finder() {
    return finder;
  }

  /** Those that members may be in: open organisations, whatever is below them, by code. */
  public List<Organisation> open() {
    return open;
  }

  /** Finds those that members may be in by what people write. */
  public BranchFinder openFinder() {
    var known = openFinder.orElseGet(() -> new BranchFinder(this, open));
    openFinder = Optional.of(known);
    return known;
  }

  /** An organisation by its identity. */
  public Optional<Organisation> byId(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** An organisation by its code. */
  public Optional<Organisation> byCode(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  Optional<String> parentCode(String code) {
    return byCode(code).flatMap(Organisation::parentId).flatMap(this::byId).map(Organisation::code);
  }

  /** The organisations from the top down to one, and that one. */
  public List<Organisation> way(Organisation to) {
    var way = new ArrayDeque<Organisation>();
    for (var o = Optional.of(to); o.isPresent(); o = o.get().parentId().flatMap(this::byId)) {
      way.addFirst(o.get());
    }
    return List.copyOf(way);
  }

  /** The names from the top down to one, as {@code 市委 / 城东街道党工委 / 第一党支部}. */
  public String path(Organisation to) {
    return path(way(to));
  }

  static String path(List<Organisation> way) {
    return way.stream().map(Organisation::name).collect(Collectors.joining(BETWEEN));
  }

  /**
   * What tells an organisation apart from all others: its name; where several have it, with as much
   * of the path above as is needed.
   */
  public String label(Organisation of) {
    return labels.getOrDefault(of.id(), of.name());
  }

  /** What tells organisations apart from each other, by identity. */
  public Map<Long, String> labels(Collection<Organisation> among) {
    return Labels.of(among, this);
  }

  /** An organisation and all below it, as far as the limit of levels. */
  public List<Organisation> subtree(Organisation top) {
    var found = new ArrayList<Organisation>(List.of(top));
    for (var i = 0; i < found.size(); i++) {
      found.addAll(children.getOrDefault(found.get(i).id(), List.of()));
    }
    return found;
  }

  /** Those directly below one, by code. */
  public List<Organisation> below(Organisation parent) {
    return children.getOrDefault(parent.id(), List.of()).stream().sorted(BY_CODE).toList();
  }

  /** Whether others are below. */
  public boolean hasBelow(Organisation parent) {
    return children.containsKey(parent.id());
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
