package yikao.org;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What held of something, from when until when, as it is known now: spans in their order, each
 * beginning where the one before ends, the last without an end. Pure.
 *
 * @param <V> what held
 */
record Timeline<V>(List<Span<V>> spans) {
  /**
   * From a day on, until the day before another.
   *
   * @param until absent where it still holds
   */
  record Span<V>(LocalDate from, Optional<LocalDate> until, V value) {
    boolean holds(LocalDate date) {
      return !date.isBefore(from) && until.map(date::isBefore).orElse(true);
    }

    private boolean endsAfter(LocalDate date) {
      return until.map(date::isBefore).orElse(true);
    }
  }

  Timeline {
    spans = List.copyOf(spans);
  }

  /** What holds from a day on. */
  static <V> Timeline<V> from(LocalDate date, V value) {
    return new Timeline<>(List.of(new Span<>(date, Optional.empty(), value)));
  }

  LocalDate begin() {
    return spans.getFirst().from();
  }

  /** What holds at last. */
  V last() {
    return spans.getLast().value();
  }

  /** What held on a day; absent before the first. */
  Optional<V> at(LocalDate date) {
    return spans.stream().filter(s -> s.holds(date)).map(Span::value).findFirst();
  }

  /** Whether anything that holds on a day or later is so. */
  boolean anyFrom(LocalDate date, Function<V, Boolean> what) {
    return spans.stream().anyMatch(s -> s.endsAfter(date) && what.apply(s.value()));
  }

  /** Changes everything that holds from a day on. */
  Timeline<V> mapFrom(LocalDate date, UnaryOperator<V> change) {
    var result = new ArrayList<Span<V>>();
    for (var span : spans) {
      if (!span.endsAfter(date)) {
        result.add(span);
      } else if (span.from().isBefore(date)) {
        result.add(new Span<>(span.from(), Optional.of(date), span.value()));
        result.add(new Span<>(date, span.until(), change.apply(span.value())));
      } else {
        result.add(new Span<>(span.from(), span.until(), change.apply(span.value())));
      }
    }
    return new Timeline<>(joined(result));
  }

  /**
   * Changes what holds from a day on, as far as nobody has said otherwise for a later day: where
   * the field was already changed after that day, the later change stays.
   */
  Timeline<V> change(LocalDate date, Function<V, ?> field, UnaryOperator<V> change) {
    var before = at(date).map(v -> (Object) field.apply(v));
    var end =
        spans.stream()
            .filter(s -> s.from().isAfter(date))
            .filter(s -> !before.equals(Optional.of((Object) field.apply(s.value()))))
            .map(Span::from)
            .findFirst();
    var changed = mapFrom(date, change);
    return end.isEmpty() ? changed : before(changed, end.get(), this);
  }

  /** What held on a day or later, and does so no more where another timeline is in the place. */
  List<V> replacedBy(Timeline<V> after, LocalDate date) {
    return spans.stream()
        .filter(s -> s.endsAfter(date) && !after.spans().contains(s))
        .map(Span::value)
        .toList();
  }

  /** The first until a day, then the second. */
  private static <V> Timeline<V> before(Timeline<V> first, LocalDate end, Timeline<V> second) {
    var result = new ArrayList<Span<V>>();
    for (var span : first.spans()) {
      if (span.from().isBefore(end)) {
        var until = span.endsAfter(end) ? Optional.of(end) : span.until();
        result.add(new Span<>(span.from(), until, span.value()));
      }
    }
    second.spans().stream().filter(s -> !s.from().isBefore(end)).forEach(result::add);
    return new Timeline<>(joined(result));
  }

  /** Neighbours that are the same are one. */
  private static <V> List<Span<V>> joined(List<Span<V>> spans) {
    var result = new ArrayList<Span<V>>();
    for (var span : spans) {
      if (!result.isEmpty() && result.getLast().value().equals(span.value())) {
        var last = result.removeLast();
        result.add(new Span<>(last.from(), span.until(), last.value()));
      } else {
        result.add(span);
      }
    }
    return result;
  }
}
