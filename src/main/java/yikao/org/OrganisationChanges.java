package yikao.org;

import static yikao.db.jooq.Tables.ORGANISATION;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jooq.DSLContext;
import yikao.db.Leases;
import yikao.org.OrganisationStore.Loaded;
import yikao.org.OrganisationStore.Recorded;
import yikao.org.Register.Entry;
import yikao.org.Register.Held;
import yikao.web.Problem;

/**
 * What staff does to the tree: create, rename, move, merge, split, close, reopen. Each from a day
 * on, with what was before kept; one at a time on all nodes. What was earned stays with the
 * organisation it was earned in.
 */
@Singleton
final class OrganisationChanges {
  static final String LEASE = "organisations";

  private final Leases leases;
  private final Organisations organisations;
  private final Memberships memberships;
  private final Trail trail;
  private final Today today;

  OrganisationChanges(
      Leases leases,
      Organisations organisations,
      Memberships memberships,
      Trail trail,
      Today today) {
    this.leases = leases;
    this.organisations = organisations;
    this.memberships = memberships;
    this.trail = trail;
    this.today = today;
  }

  /**
   * A new organisation.
   *
   * @param parent the code of the one above it; absent: at the top
   */
  record New(String code, String name, OrganisationKind kind, Optional<String> parent) {}

  /** An organisation, and the version of it that was seen. */
  record Seen(String code, int version) {}

  /** What a transaction has come to, before it is checked and stored. */
  private record Step(Register after, List<Long> changed, String field, long about) {}

  Organisation create(Order order, New wanted) {
    return changed(
        order,
        "organisation.create",
        (dsl, loaded) -> {
          var register = loaded.register();
          var parent = wanted.parent().map(code -> open(register, "parent", code));
          var entry = inserted(dsl, order, register, wanted, parent.map(Entry::id));
          return new Step(register.with(entry), List.of(entry.id()), "name", entry.id());
        });
  }

  private static Entry inserted(
      DSLContext dsl, Order order, Register register, New wanted, Optional<Long> parent) {
    if (find(register, wanted.code()).isPresent()) {
      throw Problem.invalid("code", "organisation.code-taken", wanted.code());
    }
    var id = OrganisationStore.insert(dsl, List.of(wanted.code())).get(wanted.code());
    if (id == null) {
      throw new IllegalStateException(wanted.code());
    }
    var held = new Held(wanted.name(), wanted.kind(), parent, true);
    return new Entry(id, wanted.code(), 1, Timeline.from(order.date(), held));
  }

  /** Another name or kind. */
  Organisation edit(Order order, Seen seen, String name, OrganisationKind kind) {
    return changed(
        order,
        "organisation.edit",
        (_, loaded) -> {
          var entry = seen(loaded, seen);
          isThere(entry, order);
          var after =
              loaded
                  .register()
                  .with(
                      entry.id(),
                      held ->
                          held.change(order.date(), Held::name, h -> h.named(name))
                              .change(order.date(), Held::kind, h -> h.ofKind(kind)));
          return new Step(after, List.of(entry.id()), "name", entry.id());
        });
  }

  /** Below another, or to the top. */
  Organisation move(Order order, Seen seen, Optional<String> to) {
    return changed(
        order,
        "organisation.move",
        (_, loaded) -> {
          var entry = seen(loaded, seen);
          isThere(entry, order);
          var parent = to.map(code -> open(loaded.register(), "parent", code).id());
          var after =
              loaded
                  .register()
                  .with(
                      entry.id(),
                      held -> held.change(order.date(), Held::parentId, h -> h.below(parent)));
          return new Step(after, List.of(entry.id()), "parent", entry.id());
        });
  }

  /**
   * One goes into another: it is closed and hangs below it, so that what was earned in it counts
   * there; what is below it and who is in it go over.
   */
  Organisation merge(Order order, Seen seen, String into) {
    return changed(
        order,
        "organisation.merge",
        (dsl, loaded) -> {
          var register = loaded.register();
          var source = seen(loaded, seen);
          isThere(source, order);
          isOpen(source);
          var target = open(register, "target", into);
          hold(dsl, List.of(source.id(), target.id()));
          if (isBelow(register, target, source.id())) {
            throw Problem.invalid("target", "organisation.below-itself", target.code());
          }
          var moved = children(register, source.id(), order, List.of());
          var after = rehung(register, moved, source.id(), target.id(), order);
          after =
              after.with(
                  source.id(),
                  held ->
                      held.mapFrom(
                          order.date(), h -> h.opened(false).below(Optional.of(target.id()))));
          memberships.moveAll(dsl, source.id(), target.id(), recorded(order), order.date());
          var concerned = new ArrayList<>(moved.stream().map(Entry::id).toList());
          concerned.add(source.id());
          return new Step(after, concerned, "target", source.id());
        });
  }

  private static boolean isBelow(Register register, Entry entry, long top) {
    var seen = new HashSet<Long>();
    for (var e = Optional.of(entry);
        e.isPresent() && seen.add(e.get().id());
        e = e.get().last().parentId().flatMap(register::find)) {
      if (e.get().id() == top) {
        return true;
      }
    }
    return false;
  }

  private static Register rehung(
      Register register, List<Entry> moved, long source, long target, Order order) {
    return register.with(
        moved.stream()
            .map(entry ->
                entry.changed(held ->
                    held.mapFrom(
                        order.date(),
                        h ->
                            h.parentId().equals(Optional.of(source))
                                ? h.below(Optional.of(target))
                                : h)))
            .toList());
  }

  /** Those below one from a day on; those named, or all where none is named. */
  private static List<Entry> children(
      Register register, long parent, Order order, Collection<String> codes) {
    var below = register.below(parent, order.date());
    for (var code : codes) {
      if (below.stream().noneMatch(e -> e.code().equals(code))) {
        throw Problem.invalid("children", "organisation.not-below", code);
      }
    }
    return codes.isEmpty() ? below : below.stream().filter(e -> codes.contains(e.code())).toList();
  }

  /** A part of one becomes a new one beside it, or elsewhere where its parent is named. */
  Organisation split(
      Order order, Seen seen, New wanted, List<String> children, List<UUID> members) {
    if (children.isEmpty() && members.isEmpty()) {
      throw Problem.invalid("children", "organisation.nothing-to-split");
    }
    return changed(
        order,
        "organisation.split",
        (dsl, loaded) -> {
          var register = loaded.register();
          var source = seen(loaded, seen);
          isThere(source, order);
          isOpen(source);
          var moved =
              children.isEmpty()
                  ? List.<Entry>of()
                  : children(register, source.id(), order, children);
          var parent =
              wanted
                  .parent()
                  .map(code -> Optional.of(open(register, "parent", code).id()))
                  .orElseGet(() -> source.last().parentId());
          var entry = inserted(dsl, order, register, wanted, parent);
          var after = rehung(register.with(entry), moved, source.id(), entry.id(), order);
          memberships.moveSome(
              dsl, members, source.id(), entry.id(), recorded(order), order.date());
          var concerned = new ArrayList<>(moved.stream().map(Entry::id).toList());
          concerned.add(entry.id());
          return new Step(after, concerned, "name", entry.id());
        });
  }

  /** Nobody joins it any more; refused while something open is below it or somebody is in it. */
  Organisation close(Order order, Seen seen) {
    return changed(
        order,
        "organisation.close",
        (dsl, loaded) -> {
          var entry = seen(loaded, seen);
          isThere(entry, order);
          isOpen(entry);
          hold(dsl, List.of(entry.id()));
          var members = memberships.countFrom(dsl, entry.id(), order.date());
          if (members > 0) {
            throw Problem.invalid("date", "organisation.has-members", members);
          }
          return new Step(
              loaded
                  .register()
                  .with(entry.id(), h -> h.mapFrom(order.date(), x -> x.opened(false))),
              List.of(entry.id()),
              "date",
              entry.id());
        });
  }

  /** Opens one that was closed. */
  Organisation reopen(Order order, Seen seen) {
    return changed(
        order,
        "organisation.reopen",
        (_, loaded) -> {
          var entry = seen(loaded, seen);
          isThere(entry, order);
          if (entry.last().open()) {
            throw Problem.invalid("version", "organisation.is-open");
          }
          return new Step(
              loaded.register().with(entry.id(), h -> h.mapFrom(order.date(), x -> x.opened(true))),
              List.of(entry.id()),
              "name",
              entry.id());
        });
  }

  private Organisation changed(
      Order order, String action, BiFunction<DSLContext, Loaded, Step> work) {
    var id =
        leases.exclusively(
            LEASE,
            dsl -> {
              var loaded = OrganisationStore.load(dsl, today.date());
              var step = work.apply(dsl, loaded);
              TreeRules.check(step.after(), step.changed(), order.date(), step.field());
              var before = loaded.register().find(step.about()).map(OrganisationChanges::brief);
              OrganisationStore.store(dsl, loaded, step.after(), recorded(order));
              trail.append(
                  dsl,
                  order.actor(),
                  action,
                  "organisation:" + step.about(),
                  before.orElse(""),
                  brief(step.after().get(step.about())));
              return step.about();
            });
    organisations.refresh();
    return organisations.tree().byId(id).orElseThrow();
  }

  /** In short, for the audit log. */
  static String brief(Entry entry) {
    var held = entry.last();
    return "%s %s %s below %s, %s"
        .formatted(
            entry.code(),
            held.name(),
            held.kind().code(),
            held.parentId().map(String::valueOf).orElse("-"),
            held.open() ? OrganisationStore.OPEN : OrganisationStore.CLOSED);
  }

  private Recorded recorded(Order order) {
    return new Recorded(order.actor().code(), order.reason(), today.now());
  }

  private static Optional<Entry> find(Register register, String code) {
    return register.all().stream().filter(e -> e.code().equals(code)).findFirst();
  }

  private static Entry open(Register register, String field, String code) {
    var entry =
        find(register, code)
            .orElseThrow(() -> Problem.invalid(field, "organisation.no-such", code));
    if (!entry.last().open()) {
      throw Problem.invalid(field, "organisation.parent-closed", code);
    }
    return entry;
  }

  private static Entry seen(Loaded loaded, Seen seen) {
    var entry =
        find(loaded.register(), seen.code())
            .orElseThrow(() -> Problem.notFound("no-such-organisation"));
    if (entry.version() != seen.version()) {
      throw Problem.of(HttpStatus.PRECONDITION_FAILED, "organisation.stale", entry.version());
    }
    return entry;
  }

  private static void isOpen(Entry entry) {
    if (!entry.last().open()) {
      throw Problem.invalid("version", "organisation.is-closed");
    }
  }

  private static void isThere(Entry entry, Order order) {
    if (order.date().isBefore(entry.timeline().begin())) {
      throw Problem.invalid(
          "date", "organisation.date-before", entry.timeline().begin().toString());
    }
  }

  /** Which are closed; whoever holds the lease knows that the others stay open meanwhile. */
  static Set<Long> closed(DSLContext dsl) {
    return dsl.select(ORGANISATION.ID)
        .from(ORGANISATION)
        .where(ORGANISATION.STATE.eq(OrganisationStore.CLOSED))
        .fetchSet(ORGANISATION.ID);
  }

  /** Held so that nobody joins it meanwhile. */
  static void hold(DSLContext dsl, Collection<Long> ids) {
    dsl.select(ORGANISATION.ID)
        .from(ORGANISATION)
        .where(ORGANISATION.ID.in(ids))
        .orderBy(ORGANISATION.ID)
        .forUpdate()
        .fetch();
  }
}
