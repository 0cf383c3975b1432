package yikao.org;

import static yikao.db.jooq.Tables.MEMBERSHIP;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.audit.AuditEntry;
import yikao.audit.AuditLog;
import yikao.db.Transactions;
import yikao.db.UuidV7;
import yikao.org.MemberStore.Row;
import yikao.org.MemberStore.SealedPhone;
import yikao.org.Memberships.Change;
import yikao.org.OrganisationStore.Recorded;
import yikao.web.Problem;

/** People on the lists of organisations: what staff does about one. */
@Singleton
final class Members {
  private static final String ERASE = "member.erase";

  /** Nothing but exports comes after an erasure. */
  private static final int ENTRIES = 10;

  private final Transactions transactions;
  private final Organisations organisations;
  private final Memberships memberships;
  private final Phones phones;
  private final List<MemberTraces> traces;
  private final Trail trail;
  private final AuditLog log;
  private final Today today;

  Members(
      Transactions transactions,
      Organisations organisations,
      Memberships memberships,
      Phones phones,
      List<MemberTraces> traces,
      Trail trail,
      AuditLog log,
      Today today) {
    this.transactions = transactions;
    this.organisations = organisations;
    this.memberships = memberships;
    this.phones = phones;
    this.traces = traces;
    this.trail = trail;
    this.log = log;
    this.today = today;
  }

  /** How the audit log names a member. */
  static String subject(UUID id) {
    return "member:" + id;
  }

  /** A member. */
  Member get(UUID id) {
    return MemberStore.find(transactions.read(), id)
        .orElseThrow(() -> Problem.notFound("no-such-member"));
  }

  /**
   * Somebody who was erased.
   *
   * @param organisationId where the person was
   * @param actor who erased this one; the system where the time to keep was over
   */
  record Erased(UUID id, long organisationId, Instant at, String actor) {}

  /** What is left of somebody who was erased; absent where nobody of this identifier was. */
  Optional<Erased> erased(UUID id) {
    return MemberStore.erased(transactions.read(), id)
        .map(left ->
            new Erased(
                id,
                left.organisationId(),
                left.at(),
                log
                    .find(
                        new AuditLog.Sought(Optional.of(subject(id)), Optional.empty()),
                        Optional.empty(),
                        ENTRIES)
                    .stream()
                    .filter(entry -> entry.action().equals(ERASE))
                    .findFirst()
                    .map(AuditEntry::actor)
                    .orElse("")));
  }

  /** The phone of a member, where one is known. */
  Optional<String> phone(UUID id) {
    return MemberStore.phone(transactions.read(), id).map(phones::opened);
  }

  Map<UUID, String> phones(List<UUID> ids) {
    var opened = new HashMap<UUID, String>();
    MemberStore.phones(transactions.read(), ids)
        .forEach((id, sealed) -> opened.put(id, phones.opened(sealed)));
    return opened;
  }

  /** Somebody new. */
  Member create(Order order, MemberDetails details, Organisation in, MemberState state) {
    var id = UuidV7.at(today.now());
    transactions.write(dsl -> {
      isOpen(dsl, in.id(), order);
      isFree(dsl, details, Optional.empty());
      var at = new Membership(in.id(), state);
      var row =
          new Row(
              id,
              details.name(),
              details.number(),
              details.phone().filter(p -> !p.isEmpty()).map(this::sealed),
              details.post(),
              1);
      MemberStore.insert(dsl, List.of(row), Map.of(id, at), today.now());
      memberships.store(
          dsl,
          List.of(new Change(id, Optional.empty(), Timeline.from(order.date(), at))),
          recorded(order));
      trail.append(dsl, order.actor(), "member.create", subject(id), "", brief(at));
      return id;
    });
    return get(id);
  }

  private SealedPhone sealed(String digits) {
    return new SealedPhone(
        phones.sealed(digits), phones.digest(digits), phones.tailDigest(PhoneNumber.tail(digits)));
  }

  /** In short, for the audit log. */
  private static String brief(Membership at) {
    return "organisation:%d %s".formatted(at.organisationId(), at.state().code());
  }

  private Recorded recorded(Order order) {
    return new Recorded(order.actor().code(), order.reason(), today.now());
  }

  /** Held until the end of the transaction, so that it is not closed meanwhile. */
  private void isOpen(DSLContext dsl, long organisationId, Order order) {
    OrganisationChanges.hold(dsl, List.of(organisationId));
    var isOpen =
        OrganisationStore.asOf(dsl, today.date(), Optional.empty(), organisationId)
            .filter(Organisation::open)
            .isPresent();
    if (!isOpen) {
      throw Problem.invalid("organisation", "organisation.is-closed");
    }
    var then = OrganisationStore.asOf(dsl, order.date(), Optional.empty(), organisationId);
    if (then.filter(Organisation::open).isEmpty()) {
      throw Problem.invalid("date", "organisation.not-open-then", order.date().toString());
    }
  }

  private static void isFree(DSLContext dsl, MemberDetails details, Optional<UUID> but) {
    details
        .number()
        .filter(number -> MemberStore.hasNumber(dsl, number, but))
        .ifPresent(number -> {
          throw Problem.invalid("number", "member.number-taken");
        });
  }

  /** What says who somebody is, anew. */
  Member edit(Actor actor, UUID id, int version, MemberDetails details) {
    return changed(
        id,
        version,
        (dsl, member) -> {
          isFree(dsl, details, Optional.of(id));
          var phone =
              details.phone().isEmpty()
                  ? MemberStore.sealedPhone(dsl, id)
                  : details.phone().filter(p -> !p.isEmpty()).map(this::sealed);
          MemberStore.update(
              dsl,
              List.of(
                  new Row(
                      id, details.name(), details.number(), phone, details.post(), version + 1)));
          return audit ->
              trail.append(audit, actor, "member.edit", subject(id), "", fields(member, details));
        });
  }

  /** Which of what is kept about a person became another, without saying what it is. */
  private static String fields(Member before, MemberDetails after) {
    var changed = new ArrayList<String>();
    if (!before.name().equals(after.name())) {
      changed.add("name");
    }
    if (!before.number().equals(after.number())) {
      changed.add("number");
    }
    if (after.phone().isPresent()) {
      changed.add("phone");
    }
    if (!before.post().equals(after.post())) {
      changed.add("post");
    }
    return String.join(" ", changed);
  }

  /**
   * To another organisation.
   *
   * @param mayEdit refuses where the members of an organisation are not kept by whoever orders
   *     this; it is asked of each where something else held from that day on
   */
  Member move(Order order, UUID id, int version, Organisation to, LongConsumer mayEdit) {
    return changed(
        id,
        version,
        (dsl, _) -> {
          isOpen(dsl, to.id(), order);
          return over(
              dsl,
              order,
              id,
              "member.move",
              mayEdit,
              t -> t.change(order.date(), Membership::organisationId, m -> m.in(to.id())));
        });
  }

  /**
   * Into another state.
   *
   * @param mayEdit as for {@link #move}
   */
  Member state(Order order, UUID id, int version, MemberState state, LongConsumer mayEdit) {
    return changed(
        id,
        version,
        (dsl, member) -> {
          if (state.belongs() && !member.state().belongs()) {
            isOpen(dsl, member.organisationId(), order);
          }
          return over(
              dsl,
              order,
              id,
              "member.state",
              mayEdit,
              t -> t.change(order.date(), Membership::state, m -> m.as(state)));
        });
  }

  private Consumer<DSLContext> over(
      DSLContext dsl,
      Order order,
      UUID id,
      String action,
      LongConsumer mayEdit,
      UnaryOperator<Timeline<Membership>> change) {
    var before = Optional.ofNullable(memberships.histories(dsl, List.of(id)).get(id)).orElseThrow();
    if (order.date().isBefore(before.begin())) {
      throw Problem.invalid("date", "member.date-before", before.begin().toString());
    }
    var after = change.apply(before);
    before.replacedBy(after, order.date()).forEach(m -> mayEdit.accept(m.organisationId()));
    memberships.store(dsl, List.of(new Change(id, Optional.of(before), after)), recorded(order));
    MemberStore.count(dsl, id);
    return audit ->
        trail.append(
            audit, order.actor(), action, subject(id), brief(before.last()), brief(after.last()));
  }

  /** What others keep about a member, the oldest first. */
  List<MemberTraces.Trace> traces(UUID id) {
    return traces.stream()
        .flatMap(kept -> kept.of(transactions.read(), id).stream())
        .sorted(Comparator.comparing(MemberTraces.Trace::since))
        .toList();
  }

  /** Nothing is left that says who it was; where the person was, without a reason, stays. */
  void erase(Order order, UUID id, int version) {
    transactions.write(dsl -> {
      seen(dsl, id, version);
      MemberStore.erase(dsl, id, today.now());
      dsl.update(MEMBERSHIP)
          .set(MEMBERSHIP.REASON, "")
          .where(MEMBERSHIP.MEMBER_ID.eq(id))
          .execute();
      traces.forEach(kept -> kept.erase(dsl, id, today.now()));
      trail.append(dsl, order.actor(), ERASE, subject(id), "", "");
      return id;
    });
  }

  private Member changed(
      UUID id, int version, BiFunction<DSLContext, Member, Consumer<DSLContext>> work) {
    transactions.write(dsl -> {
      work.apply(dsl, seen(dsl, id, version)).accept(dsl);
      return id;
    });
    return get(id);
  }

  private static Member seen(DSLContext dsl, UUID id, int version) {
    var member = MemberStore.held(dsl, id).orElseThrow(() -> Problem.notFound("no-such-member"));
    if (member.version() != version) {
      throw Problem.of(HttpStatus.PRECONDITION_FAILED, "member.stale", member.version());
    }
    return member;
  }

  /**
   * Where the page after a member begins.
   *
   * @throws Problem where there is no such member any more
   */
  MemberStore.After after(UUID id) {
    return MemberStore.find(transactions.read(), id)
        .map(MemberStore.After::of)
        .orElseThrow(() -> Problem.invalid("after", "member.page-gone"));
  }

  /** Those who are in an organisation itself, by name. */
  List<Member> in(Organisation organisation, int most) {
    return MemberStore.find(
        transactions.read(),
        new MemberStore.Sought(
            Optional.of(List.of(organisation.id())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        most);
  }

  /** How many belong to some organisations. */
  int belonging(List<Organisation> organisations) {
    return MemberStore.belonging(
        transactions.read(), organisations.stream().map(Organisation::id).toList());
  }

  /** Members of an organisation and of those below it, by name. */
  List<Member> find(Find find, int most) {
    var tree = organisations.tree();
    var subtree =
        find.organisation()
            .map(o -> tree.subtree(o).stream().map(Organisation::id).toList())
            // all of them are no condition
            .filter(ids -> ids.size() < tree.all().size());
    var key = find.name().map(NameKey::of);
    if (key.filter(String::isEmpty).isPresent()) {
      return List.of();
    }
    return MemberStore.find(
        transactions.read(),
        new MemberStore.Sought(subtree, find.state(), key, find.after()),
        most);
  }

  /**
   * Who is looked for.
   *
   * @param organisation absent: anywhere
   * @param name a part of it, or one character that it begins with
   * @param after the member after whom the page begins
   */
  record Find(
      Optional<Organisation> organisation,
      Optional<MemberState> state,
      Optional<String> name,
      Optional<MemberStore.After> after) {
    /** The next page, whatever becomes of the last member meanwhile. */
    Find after(Member last) {
      return new Find(organisation, state, name, Optional.of(MemberStore.After.of(last)));
    }
  }
}
