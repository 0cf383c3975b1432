package yikao.org;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** All organisations with all that held of them, as it is known now. Immutable. */
final class Register {
  private final Map<Long, Entry> entries;

  /**
   * What held of an organisation.
   *
   * @param parentId the organisation above it
   */
  record Held(String name, OrganisationKind kind, Optional<Long> parentId, boolean open) {
    Held named(String other) {
      return new Held(other, kind, parentId, open);
    }

    Held ofKind(OrganisationKind other) {
      return new Held(name, other, parentId, open);
    }

    Held below(Optional<Long> other) {
      return new Held(name, kind, other, open);
    }

    Held opened(boolean now) {
      return new Held(name, kind, parentId, now);
    }
  }

  /** An organisation. */
  record Entry(long id, String code, int version, Timeline<Held> timeline) {
    Held last() {
      return timeline.last();
    }

    Entry changed(UnaryOperator<Timeline<Held>> change) {
      return new Entry(id, code, version, change.apply(timeline));
    }

    Organisation organisation(Held held) {
      return new Organisation(
          id, code, held.name(), held.parentId(), held.kind(), held.open(), version);
    }
  }

  private Register(Map<Long, Entry> entries) {
    this.entries = entries;
  }

  static Register of(Collection<Entry> all) {
    return new Register(all.stream().collect(Collectors.toMap(Entry::id, e -> e)));
  }

  Collection<Entry> all() {
    return entries.values();
  }

  Optional<Entry> find(long id) {
    return Optional.ofNullable(entries.get(id));
  }

  Entry get(long id) {
    return Objects.requireNonNull(entries.get(id));
  }

  /** The same with more, or others in place of some. */
  Register with(Collection<Entry> others) {
    var all = new HashMap<>(entries);
    others.forEach(entry -> all.put(entry.id(), entry));
    return new Register(all);
  }

  Register with(Entry entry) {
    return with(List.of(entry));
  }

  /** The same with another history of one. */
  Register with(long id, UnaryOperator<Timeline<Held>> change) {
    return with(get(id).changed(change));
  }

  /** What holds at last. */
  List<Organisation> organisations() {
    return entries.values().stream().map(e -> e.organisation(e.last())).toList();
  }

  /** What held on a day; those that were there. */
  List<Organisation> organisations(LocalDate date) {
    return entries.values().stream()
        .flatMap(e -> e.timeline().at(date).map(e::organisation).stream())
        .toList();
  }

  /** A day, and each later one on which something changes. */
  Collection<LocalDate> changesFrom(LocalDate date) {
    return entries.values().stream()
        .flatMap(e -> e.timeline().spans().stream())
        .map(Timeline.Span::from)
        .filter(d -> d.isAfter(date))
        .collect(Collectors.toCollection(() -> new TreeSet<>(List.of(date))));
  }

  /** Those that are directly below one on a day or later. */
  List<Entry> below(long parentId, LocalDate from) {
    return entries.values().stream().filter(e -> isBelow(e, parentId, from)).toList();
  }

  private static boolean isBelow(Entry entry, long parentId, LocalDate from) {
    return entry
        .timeline()
        .anyFrom(from, held -> held.parentId().filter(p -> p == parentId).isPresent());
  }

  /**
   * Where each hangs at last: the identities from the top down to it, each of ten digits. Of digits
   * alone, so that those below one are a range of an index whatever the order of letters is.
   */
  Map<Long, String> paths() {
    var paths = new HashMap<Long, String>();
    for (var id : entries.keySet()) {
      path(id, paths);
    }
    return paths;
  }

  private String path(long id, Map<Long, String> paths) {
    var known = paths.get(id);
    if (known != null) {
      return known;
    }
    var above = get(id).last().parentId().filter(entries::containsKey);
    var path = above.map(p -> path(p, paths)).orElse("") + "%010d".formatted(id);
    paths.put(id, path);
    return path;
  }
}
