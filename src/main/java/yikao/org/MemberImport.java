package yikao.org;

import static yikao.db.jooq.Tables.MEMBER;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import yikao.db.Leases;
import yikao.db.Lookup;
import yikao.db.jooq.tables.records.MemberRecord;
import yikao.org.Finding.Verdict;
import yikao.org.MemberStore.Row;
import yikao.org.MemberStore.SealedPhone;
import yikao.org.Memberships.Change;
import yikao.org.OrganisationStore.Recorded;

/** Members from a file: what each row would do, and doing it; some hundred rows at a time. */
@Singleton
final class MemberImport {
  private static final Lookup<Record> BY_ID =
      new Lookup<>(dsl -> dsl.select(MEMBER.fields()).from(MEMBER).where(Lookup.among(MEMBER.ID)));

  private static final Lookup<Record> BY_NUMBER =
      new Lookup<>(
          dsl -> dsl.select(MEMBER.fields()).from(MEMBER).where(Lookup.among(MEMBER.NUMBER)));

  private static final Lookup<Record> BY_PHONE =
      new Lookup<>(
          dsl -> dsl.select(MEMBER.fields()).from(MEMBER).where(Lookup.among(MEMBER.PHONE_DIGEST)));

  private final Leases leases;
  private final Organisations organisations;
  private final Memberships memberships;
  private final Phones phones;
  private final PeopleWords words;
  private final Today today;

  MemberImport(
      Leases leases,
      Organisations organisations,
      Memberships memberships,
      Phones phones,
      PeopleWords words,
      Today today) {
    this.leases = leases;
    this.organisations = organisations;
    this.memberships = memberships;
    this.phones = phones;
    this.words = words;
    this.today = today;
  }

  /**
   * What becomes of a row.
   *
   * @param found the member it is about; absent: a new one
   * @param at where the member is to be
   */
  private record Plan(
      Finding finding, MemberRow row, Optional<MemberRecord> found, Optional<Membership> at) {
    /** Whether somebody comes into an organisation. */
    boolean joins() {
      return finding.verdict() == Verdict.NEW || finding.verdict() == Verdict.MOVED;
    }

    Plan unless(Set<Long> closed) {
      return joins() && at.filter(a -> closed.contains(a.organisationId())).isPresent()
          ? refused(row, Finding.refused("organisation", "organisation.is-closed"))
          : this;
    }
  }

  /** Members that the rows may be about, and who has their digests. */
  private record Known(
      Map<UUID, MemberRecord> byId,
      Map<String, MemberRecord> byNumber,
      Map<ByteBuffer, List<MemberRecord>> byPhone,
      Map<String, ByteBuffer> digests) {
    ByteBuffer digest(String phone) {
      return digests.getOrDefault(phone, ByteBuffer.allocate(0));
    }

    List<MemberRecord> ofPhone(String phone) {
      return byPhone.getOrDefault(digest(phone), List.of());
    }
  }

  /** By what rows name organisations; the same names come again and again. */
  private final class Places {
    private final OrganisationTree tree = organisations.tree();
    private final Map<String, Optional<Organisation>> found = new HashMap<>();
    private final Set<Long> scope = new HashSet<>();
    private final boolean everywhere;

    Places(List<Long> tops) {
      everywhere = tops.isEmpty();
      tops.stream()
          .flatMap(id -> tree.byId(id).stream())
          .flatMap(top -> tree.subtree(top).stream())
          .forEach(o -> scope.add(o.id()));
    }

    Optional<Organisation> find(String written) {
      return found.computeIfAbsent(written, this::search);
    }

    private Optional<Organisation> search(String written) {
      var byCode = tree.byCode(written);
      if (byCode.isPresent()) {
        return byCode;
      }
      var named = tree.finder().named(written);
      return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    boolean mayEdit(long id) {
      return everywhere || scope.contains(id);
    }
  }

  /** What rows would do. */
  List<Finding> preview(DSLContext dsl, ImportStore.File file, List<Cells> rows) {
    return plans(dsl, file, rows).stream().map(Plan::finding).toList();
  }

  private List<Plan> plans(DSLContext dsl, ImportStore.File file, List<Cells> cells) {
    var rows = cells.stream().map(c -> MemberRow.of(c, words)).toList();
    var known = known(dsl, rows);
    var places = new Places(file.scope());
    var taken = new HashSet<UUID>();
    var plans = new ArrayList<Plan>();
    for (var row : rows) {
      var plan = plan(row, known, places);
      // two rows may come to the same member by different keys
      var isTwice =
          !plan.finding().isRefused()
              && plan.found().isPresent()
              && !taken.add(plan.found().get().getId());
      plans.add(isTwice ? refused(row, Finding.refused("line", "import.twice-member")) : plan);
    }
    return plans;
  }

  private static Plan refused(MemberRow row, Finding why) {
    return new Plan(why, row, Optional.empty(), Optional.empty());
  }

  private Known known(DSLContext dsl, List<MemberRow> rows) {
    var digests = new HashMap<String, ByteBuffer>();
    rows.stream()
        .flatMap(r -> r.phone().stream())
        .forEach(p -> digests.computeIfAbsent(p, x -> ByteBuffer.wrap(phones.digest(x))));
    var byId = new HashMap<UUID, MemberRecord>();
    var byNumber = new HashMap<String, MemberRecord>();
    var byPhone = new HashMap<ByteBuffer, List<MemberRecord>>();
    var ids = rows.stream().flatMap(r -> r.id().stream()).toArray(UUID[]::new);
    var numbers = rows.stream().flatMap(r -> r.number().stream()).toArray(String[]::new);
    BY_ID.fetch(dsl, m -> byId.put(m.get(MEMBER.ID), m.into(MEMBER)), ids);
    BY_NUMBER.fetch(dsl, m -> byNumber.put(m.get(MEMBER.NUMBER), m.into(MEMBER)), numbers);
    BY_PHONE.fetch(
        dsl,
        m ->
            byPhone
                .computeIfAbsent(
                    ByteBuffer.wrap(m.get(MEMBER.PHONE_DIGEST)), _ -> new ArrayList<>())
                .add(m.into(MEMBER)),
        digests.values().stream().map(ByteBuffer::array).toArray(byte[][]::new));
    return new Known(byId, byNumber, byPhone, digests);
  }

  private static Plan plan(MemberRow row, Known known, Places places) {
    if (row.wrong().isPresent()) {
      return refused(row, row.wrong().get());
    }
    return match(row, known)
        .map(found -> existing(row, found, known, places))
        .orElseGet(() ->
            unmatched(row, known).map(f -> refused(row, f)).orElseGet(() -> fresh(row, places)));
  }

  /** The member that a row is about: by identifier, number, or phone and name together. */
  private static Optional<MemberRecord> match(MemberRow row, Known known) {
    if (row.id().isPresent()) {
      return Optional.ofNullable(known.byId().get(row.id().get()))
          .filter(m -> m.getErasedAt() == null);
    }
    var byNumber = row.number().map(known.byNumber()::get);
    if (byNumber.isPresent()) {
      return byNumber;
    }
    var alike = alike(row, known);
    return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
  }

  /** Of the phone and the name of a row; with a number of its own it is somebody who had none. */
  private static List<MemberRecord> alike(MemberRow row, Known known) {
    var key = NameKey.of(row.name().orElse(""));
    return row.phone().map(known::ofPhone).orElse(List.of()).stream()
        .filter(m -> m.getNameKey().equals(key))
        .filter(m -> row.number().isEmpty() || m.getNumber() == null)
        .toList();
  }

  /** Why a row that is about nobody known cannot be somebody new. */
  private static Optional<Finding> unmatched(MemberRow row, Known known) {
    if (row.id().isPresent()) {
      return Optional.of(Finding.refused("id", "import.no-such-member"));
    }
    if (alike(row, known).size() > 1) {
      return Optional.of(Finding.refused("phone", "import.ambiguous"));
    }
    if (row.number().isEmpty()
        && row.phone().filter(p -> !known.ofPhone(p).isEmpty()).isPresent()) {
      return Optional.of(Finding.refused("phone", "import.phone-of-another"));
    }
    return Optional.empty();
  }

  private static Plan fresh(MemberRow row, Places places) {
    if (row.name().isEmpty()) {
      return refused(row, Finding.refused("name", "missing"));
    }
    if (row.organisation().isEmpty()) {
      return refused(row, Finding.refused("organisation", "missing"));
    }
    var to = places.find(row.organisation().get());
    return wrongPlace(row, to, places)
        .map(finding -> refused(row, finding))
        .orElseGet(() ->
            new Plan(
                Finding.of(Verdict.NEW),
                row,
                Optional.empty(),
                Optional.of(
                    new Membership(
                        to.orElseThrow().id(), row.state().orElse(MemberState.ENROLLED)))));
  }

  private static Optional<Finding> wrongPlace(
      MemberRow row, Optional<Organisation> to, Places places) {
    if (to.isEmpty()) {
      return Optional.of(
          Finding.refused("organisation", "import.which-organisation", row.organisation().get()));
    }
    if (!to.get().open()) {
      return Optional.of(
          Finding.refused("organisation", "organisation.parent-closed", to.get().code()));
    }
    return places.mayEdit(to.get().id())
        ? Optional.empty()
        : Optional.of(Finding.refused("organisation", "import.foreign", to.get().code()));
  }

  private static Plan existing(MemberRow row, MemberRecord found, Known known, Places places) {
    var now = new Membership(found.getOrganisationId(), MemberState.stored(found.getState()));
    var at = row.state().map(now::as).orElse(now);
    if (row.organisation().isPresent()) {
      var to = places.find(row.organisation().get());
      if (to.isEmpty() || to.get().id() != now.organisationId()) {
        var wrong = wrongPlace(row, to, places);
        if (wrong.isPresent()) {
          return refused(row, wrong.get());
        }
        at = at.in(to.orElseThrow().id());
      }
    }
    var owner = row.number().map(known.byNumber()::get);
    if (owner.isPresent() && !owner.get().getId().equals(found.getId())) {
      return refused(row, Finding.refused("number", "member.number-taken"));
    }
    var verdict = verdict(row, found, known, now, at);
    if (verdict != Verdict.UNTOUCHED && !places.mayEdit(now.organisationId())) {
      return refused(row, Finding.refused("organisation", "import.foreign", ""));
    }
    return new Plan(Finding.of(verdict), row, Optional.of(found), Optional.of(at));
  }

  private static Verdict verdict(
      MemberRow row, MemberRecord found, Known known, Membership now, Membership at) {
    if (at.organisationId() != now.organisationId()) {
      return Verdict.MOVED;
    }
    return at.equals(now) && isSame(row, found, known) ? Verdict.UNTOUCHED : Verdict.CHANGED;
  }

  private static boolean isSame(MemberRow row, MemberRecord found, Known known) {
    var digest = found.getPhoneDigest();
    return row.name().map(found.getName()::equals).orElse(true)
        && row.number().map(n -> n.equals(found.getNumber())).orElse(true)
        && row.post().map(p -> p.equals(found.getPost())).orElse(true)
        && row.phone()
            .map(p -> digest != null && known.digest(p).equals(ByteBuffer.wrap(digest)))
            .orElse(true);
  }

  /** Does what rows want that can be done; says what became of each. */
  List<Finding> apply(DSLContext dsl, ImportStore.File file, List<Cells> rows, Recorded by) {
    var planned = plans(dsl, file, rows);
    // a row for each organisation would have to be locked otherwise
    leases.hold(dsl, OrganisationChanges.LEASE);
    var closed = OrganisationChanges.closed(dsl);
    var plans = planned.stream().map(p -> p.unless(closed)).toList();
    var done =
        plans.stream()
            .filter(p -> !p.finding().isRefused() && p.finding().verdict() != Verdict.UNTOUCHED)
            .toList();
    insert(dsl, done.stream().filter(p -> p.found().isEmpty()).toList(), file.date(), by);
    update(dsl, done.stream().filter(p -> p.found().isPresent()).toList(), file.date(), by);
    return plans.stream().map(Plan::finding).toList();
  }

  private void insert(DSLContext dsl, List<Plan> plans, LocalDate date, Recorded by) {
    var rows = new ArrayList<Row>();
    var where = new HashMap<UUID, Membership>();
    var changes = new ArrayList<Change>();
    var now = today.now();
    for (var plan : plans) {
      var id = UuidV7.at(now);
      var row = plan.row();
      rows.add(
          new Row(
              id,
              row.name().orElseThrow(),
              row.number(),
              row.phone().map(this::sealed),
              row.post(),
              1));
      where.put(id, plan.at().orElseThrow());
      changes.add(new Change(id, Optional.empty(), Timeline.from(date, plan.at().orElseThrow())));
    }
    MemberStore.insert(dsl, rows, where, now);
    memberships.store(dsl, changes, by);
  }

  private SealedPhone sealed(String digits) {
    return new SealedPhone(
        phones.sealed(digits), phones.digest(digits), phones.tailDigest(PhoneNumber.tail(digits)));
  }

  private void update(DSLContext dsl, List<Plan> plans, LocalDate date, Recorded by) {
    var ids = plans.stream().map(p -> p.found().orElseThrow().getId()).toList();
    var histories = memberships.histories(dsl, ids);
    var rows = new ArrayList<Row>();
    var changes = new ArrayList<Change>();
    for (var plan : plans) {
      var found = plan.found().orElseThrow();
      rows.add(row(found, plan.row()));
      var before = Optional.ofNullable(histories.get(found.getId())).orElseThrow();
      var at = plan.at().orElseThrow();
      var from = date.isBefore(before.begin()) ? before.begin() : date;
      var after =
          before
              .change(from, Membership::organisationId, m -> m.in(at.organisationId()))
              .change(from, Membership::state, m -> m.as(at.state()));
      changes.add(new Change(found.getId(), Optional.of(before), after));
    }
    MemberStore.update(dsl, rows);
    memberships.store(dsl, changes, by);
  }

  private Row row(MemberRecord found, MemberRow wanted) {
    var phone =
        wanted
            .phone()
            .map(this::sealed)
            .or(() ->
                Optional.ofNullable(found.getPhone())
                    .map(p -> new SealedPhone(p, found.getPhoneDigest(), found.getPhoneTail())));
    return new Row(
        found.getId(),
        wanted.name().orElse(found.getName()),
        wanted.number().or(() -> Optional.ofNullable(found.getNumber())),
        phone,
        wanted.post().or(() -> Optional.ofNullable(found.getPost())),
        found.getVersion() + 1);
  }
}
