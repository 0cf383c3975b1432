package yikao.leaderboard;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A leaderboard whose index this node keeps. Loading reads all standings while changes that come
 * meanwhile are put aside; these participants are read again before the index is shown. From then
 * on only the follower's thread writes to it.
 */
final class FollowedBoard {
  private static final int AT_ONCE = 500;

  private final long id;
  private final DSLContext dsl;
  private final StandingStore store;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile long lookedAt = System.nanoTime();
  private volatile @Nullable View view;

  /** Changed while the index is loaded; guarded by this. */
  private Set<UUID> aside = new LinkedHashSet<>();

  /** Up to when those put aside are complete; guarded by this. */
  private Instant asideUntil = Instant.EPOCH;

  /** Whether changes were missed while the index is loaded; guarded by this. */
  private boolean missed;

  /**
   * An index, and the moment up to which everything committed is in it.
   *
   * @param asOf later changes may be in it as well
   */
  record View(StandingIndex index, Instant asOf) {}

  FollowedBoard(long id, DSLContext dsl, StandingStore store) {
    this.id = id;
    this.dsl = dsl;
    this.store = store;
  }

  /** Notes that somebody looks. */
  FollowedBoard looked() {
    lookedAt = System.nanoTime();
    return this;
  }

  /** What is loaded. */
  Optional<View> view() {
    return Optional.ofNullable(view);
  }

  /** Whether nobody has looked for so long. */
  boolean isForgotten(long nanos) {
    return System.nanoTime() - lookedAt > nanos;
  }

  /**
   * Loads the index, unless it is; one thread does, others wait.
   *
   * @param followed waits until changes are put aside from now on, and returns since when
   */
  View load(Supplier<Instant> followed) {
    loading.lock();
    try {
      while (true) {
        var shown = view;
        if (shown != null) {
          return shown;
        }
        var asOf = followed.get();
        synchronized (this) {
          missed = false;
        }
        show(read(), asOf);
      }
    } finally {
      loading.unlock();
    }
  }

  private StandingIndex read() {
    var index = new StandingIndex();
    store.forEach(dsl, id, index::load);
    index.sort();
    return index;
  }

  /** Shows an index as soon as nothing is put aside that is not in it. */
  private void show(StandingIndex index, Instant since) {
    var asOf = since;
    while (true) {
      Set<UUID> changed;
      synchronized (this) {
        if (missed) {
          return;
        }
        asOf = asideUntil.isAfter(asOf) ? asideUntil : asOf;
        if (aside.isEmpty()) {
          view = new View(index, asOf);
          return;
        }
        changed = aside;
        aside = new LinkedHashSet<>();
      }
      apply(index, changed);
    }
  }

  /** Follows changes, all that were committed up to a moment. */
  void follow(Set<UUID> changed, Instant asOf) {
    View shown;
    synchronized (this) {
      shown = view;
      if (shown == null) {
        aside.addAll(changed);
        asideUntil = asOf;
        return;
      }
    }
    apply(shown.index(), changed);
    view = new View(shown.index(), asOf);
  }

  /** Reads everything again, since changes were missed; the old index is shown until then. */
  void reload(Instant asOf) {
    synchronized (this) {
      if (view == null) {
        missed = true;
        return;
      }
    }
    view = new View(read(), asOf);
  }

  /** Brings participants to what the database says of them now: reading them again does no harm. */
  private void apply(StandingIndex index, Collection<UUID> changed) {
    var left = new LinkedHashSet<>(changed);
    while (!left.isEmpty()) {
      var some = new LinkedHashSet<>(left.stream().limit(AT_ONCE).toList());
      left.removeAll(some);
      for (var row : store.find(dsl, id, some)) {
        index.put(row);
        some.remove(row.participant());
      }
      some.forEach(index::remove);
    }
  }
}
